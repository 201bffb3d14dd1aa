import { chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { isKeelsonError } from "../../../src/errors.ts";
import { serverUser } from "../../../src/platform/local-postgres/server-user.ts";
import { selfSigned } from "../../platform/self-signed.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { temporaryFolder } from "../../support/project.ts";

let server: PostgresServer;
let home: string;
let root: string;
let otherRoot: string;

beforeAll(async () => {
  const folder = await temporaryFolder("tls");
  const files = { cert: join(folder, "server.crt"), key: join(folder, "server.key") };
  await writeFile(files.cert, selfSigned.cert);
  await writeFile(files.key, selfSigned.key, { mode: 0o600 });
  const user = serverUser();
  if (user !== null) for (const path of [folder, files.cert, files.key]) await chown(path, user.uid, user.gid);
  await chmod(folder, 0o755);
  server = await startPostgres({
    auth: "scram-sha-256",
    settings: { ssl: "on", ssl_cert_file: files.cert, ssl_key_file: files.key },
  });
  home = await temporaryFolder("home");
  root = join(home, "root.pem");
  otherRoot = join(home, "other.pem");
  await writeFile(root, selfSigned.cert);
  // A valid authority that signed nothing here.
  const { rootCertificates } = await import("node:tls");
  await writeFile(otherRoot, rootCertificates[0] ?? "");
});
afterAll(() => server.stop());

/** What a connection with these parameters is: encrypted, plain, or the code of its refusal. */
async function outcome(
  query: string,
  options: { readonly host?: string; readonly homeDirectory?: string } = {},
): Promise<string> {
  const { host = "localhost", homeDirectory = home } = options;
  const url = `postgres://${server.user}:${server.password}@${host}:${server.port}/postgres?${query}`;
  const engine = postgresEngine({ url, ledger: { schema: "keelson", prefix: "" }, homeDirectory });
  try {
    const session = await engine.open("read");
    const { rows } = await session.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    const facts = await engine.describe(session);
    expect(facts.tls !== null).toBe(rows[0]?.["ssl"]);
    if (facts.tls !== null) expect(facts.tls).toMatch(/^TLSv1\.[23] \(/);
    await session.close();
    return rows[0]?.["ssl"] === true ? "encrypted" : "plain";
  } catch (error) {
    return isKeelsonError(error) ? error.code : String(error);
  }
}

test.each([
  ["sslmode=disable", "plain"],
  ["sslmode=allow", "plain"],
  ["sslmode=prefer", "encrypted"],
  ["", "encrypted"],
  ["sslmode=require", "encrypted"],
  ["sslmode=verify-ca", "connection.tls"],
  ["sslmode=verify-full", "connection.tls"],
  ["sslmode=require&sslrootcert=ROOT", "encrypted"],
  ["sslmode=verify-ca&sslrootcert=ROOT", "encrypted"],
  ["sslmode=verify-full&sslrootcert=ROOT", "encrypted"],
  ["sslmode=require&sslrootcert=OTHER", "connection.tls"],
  ["sslmode=verify-full&sslrootcert=OTHER", "connection.tls"],
  ["sslmode=verify-full&sslrootcert=MISSING", "connection.tls"],
  ["sslmode=prefer&sslrootcert=OTHER", "plain"],
  ["sslrootcert=system", "connection.tls"],
  ["sslmode=require&channel_binding=require", "encrypted"],
  ["sslmode=disable&channel_binding=require", "connection.tls"],
  ["sslmode=require&ssl_min_protocol_version=TLSv1.3", "encrypted"],
])("%s is %s", async (query, expected) => {
  const written = query.replace("ROOT", root).replace("OTHER", otherRoot).replace("MISSING", join(home, "none"));
  expect(await outcome(written)).toBe(expected);
});

test("the host's name is checked by verify-full alone", async () => {
  const byAddress = { host: "127.0.0.1" };
  expect(await outcome(`sslmode=verify-full&sslrootcert=${root}`, byAddress)).toBe("connection.tls");
  expect(await outcome(`sslmode=verify-ca&sslrootcert=${root}`, byAddress)).toBe("encrypted");
  expect(await outcome(`sslmode=verify-full&sslrootcert=${root}&hostaddr=127.0.0.1`)).toBe("encrypted");
});

test("files in the home directory count as libpq's do", async () => {
  const homeDirectory = await temporaryFolder("home");
  const folder = join(homeDirectory, ".postgresql");
  await mkdir(folder);
  await writeFile(join(folder, "root.crt"), selfSigned.cert);
  expect(await outcome("sslmode=verify-full", { homeDirectory })).toBe("encrypted");
  await writeFile(join(folder, "postgresql.crt"), selfSigned.cert);
  expect(await outcome("sslmode=require", { homeDirectory })).toBe("connection.tls");
  const key = join(folder, "postgresql.key");
  await writeFile(key, selfSigned.key, { mode: 0o644 });
  expect(await outcome("sslmode=require", { homeDirectory })).toBe("connection.tls");
  await chmod(key, 0o600);
  expect(await outcome("sslmode=require", { homeDirectory })).toBe("encrypted");
});

test("a running statement is cancelled over an encrypted connection", async () => {
  const url = `${server.url()}?sslmode=require`;
  const session = await postgresEngine({ url, ledger: { schema: "keelson", prefix: "" } }).open("write");
  const running = session.query("SELECT pg_sleep(20)");
  setTimeout(() => void session.cancel(), 150);
  await expect(running).rejects.toMatchObject({ details: { sqlstate: "57014" } });
  await session.close();
});
