import { type AddressInfo, createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { isKeelsonError, type KeelsonError } from "../../../src/errors.ts";
import { pgBouncerMissing, startPgBouncer } from "../../support/pgbouncer.ts";
import { freshDatabase, type PostgresServer, sharedServer, startPostgres } from "../../support/postgres.ts";
import { startTcpProxy } from "../../support/tcp-proxy.ts";

const ledger = { schema: "keelson", prefix: "" };
const engineAt = (url: string, environment: Record<string, string> = {}) =>
  postgresEngine({ url, ledger, environment, homeDirectory: "/nowhere", connectTimeoutMs: 2000 });

async function refusal(url: string, environment: Record<string, string> = {}): Promise<KeelsonError> {
  try {
    const session = await engineAt(url, environment).open("write");
    await session.close();
  } catch (error) {
    if (isKeelsonError(error)) return error;
    throw error;
  }
  throw new Error("it connected");
}

/** A server that answers whoever connects with these bytes, or never. */
async function fakeServer(answer: Buffer | null): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      if (answer !== null) socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from("E"), length, fields]);
}

describe("a server that asks for passwords", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ auth: "scram-sha-256" });
  });
  afterAll(() => server.stop());

  test("a wrong password, and none", async () => {
    const url = new URL(server.url());
    url.password = "wr0ng-canary";
    const wrong = await refusal(url.href);
    expect(wrong).toMatchObject({ code: "connection.auth", message: expect.stringContaining(`user "${server.user}"`) });
    expect(`${wrong.message} ${wrong.hint}`).not.toContain("wr0ng-canary");
    url.password = "";
    expect(await refusal(url.href)).toMatchObject({
      code: "connection.auth",
      message: expect.stringContaining("none was given"),
    });
    const session = await engineAt(url.href, { PGPASSWORD: server.password }).open("read");
    await session.close();
  });

  test("a missing database", async () => {
    expect(await refusal(server.url("nowhere"))).toMatchObject({
      code: "database.missing",
      message: expect.stringContaining('"nowhere"'),
      hint: expect.stringContaining("keelson db create"),
    });
  });

  test("a server that is down", async () => {
    await server.shutDown();
    expect(await refusal(server.url())).toMatchObject({ code: "connection.refused" });
    await server.startUp();
    await (await engineAt(server.url()).open("read")).close();
  });

  test("encryption that the server does not offer", async () => {
    expect(await refusal(`${server.url()}?sslmode=require`)).toMatchObject({
      code: "connection.tls",
      message: expect.stringContaining("offers no encryption"),
    });
    expect(await refusal(`${server.url()}?sslmode=verify-full`)).toMatchObject({
      code: "connection.tls",
      hint: expect.stringContaining("sslrootcert"),
    });
    for (const mode of ["disable", "allow", "prefer"]) {
      await (await engineAt(`${server.url()}?sslmode=${mode}`).open("read")).close();
    }
  });
});

describe("what a server answers", () => {
  test.each([
    ["57P03", "the database system is starting up", "connection.starting", /--wait/],
    ["53300", "sorry, too many clients already", "connection.refused", /max_connections/],
    [
      "28000",
      'no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", no encryption',
      "connection.auth",
      /sslmode=require/,
    ],
    ["42501", 'permission denied for database "d"', "privilege.missing", /GRANT CONNECT, CREATE ON DATABASE d TO u/],
    ["08P01", "unsupported startup parameter: options", "connection.url", /directUrl/],
    ["08P01", "no such database: d", "database.missing", /db create/],
  ])("%s %s", async (sqlstate, message, code, hint) => {
    const { port, server } = await fakeServer(errorResponse(sqlstate, message));
    const error = await refusal(`postgres://u:p@127.0.0.1:${port}/d?sslmode=disable`);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(hint), message: expect.stringMatching(/./) });
    server.close();
  });

  test("nothing, within the time it has", async () => {
    const { port, server } = await fakeServer(null);
    expect(await refusal(`postgres://u:p@127.0.0.1:${port}/d`)).toMatchObject({
      code: "connection.timeout",
      message: expect.stringContaining("within 2 s"),
    });
    server.close();
  });

  test("something else than PostgreSQL", async () => {
    const { port, server } = await fakeServer(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(await refusal(`postgres://u:p@127.0.0.1:${port}/d?sslmode=require`)).toMatchObject({
      code: "connection.tls",
    });
    server.close();
  });

  test("hosts that do not exist, and sockets that are not there", async () => {
    expect(await refusal("postgres://u@no-such-host.invalid/d")).toMatchObject({
      code: "connection.refused",
      message: expect.stringContaining("no-such-host.invalid"),
    });
    expect(await refusal("postgres:///d?host=/no/such/folder&user=u")).toMatchObject({
      code: "connection.refused",
      message: expect.stringContaining("/no/such/folder"),
    });
  });
});

describe("several hosts", () => {
  test("the first that answers and may write is taken", async () => {
    const { port, server } = await fakeServer(errorResponse("57P03", "starting up"));
    const shared = new URL(sharedServer().url());
    const url = (hosts: string, query = "") =>
      `postgres://${shared.username}:${shared.password}@${hosts}/postgres?sslmode=disable${query}`;
    const session = await engineAt(url(`127.0.0.1:1,127.0.0.1:${port},${shared.host}`)).open("write");
    expect((await session.query("SELECT inet_server_port() AS port")).rows).toEqual([{ port: Number(shared.port) }]);
    await session.close();
    const none = await refusal(url(`127.0.0.1:1,127.0.0.1:${port}`));
    expect(none).toMatchObject({
      code: "connection.starting",
      message: expect.stringContaining("None of the 2 servers"),
    });
    expect(await refusal(url(shared.host, "&target_session_attrs=standby"))).toMatchObject({
      code: "connection.read-only",
    });
    server.close();
  });
});

describe("a session", () => {
  test("names the privilege that is missing and the GRANT that gives it", async () => {
    const url = new URL(await freshDatabase());
    const owner = await engineAt(url.href).open("write");
    const role = `reader_${Date.now().toString(36)}`;
    await owner.script([
      `CREATE ROLE ${role} LOGIN PASSWORD 'x'`,
      "CREATE TABLE secret (x integer)",
      "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    ]);
    url.username = role;
    url.password = "x";
    const session = await engineAt(url.href).open("write");
    await expect(session.query("SELECT * FROM secret")).rejects.toMatchObject({
      code: "privilege.missing",
      hint: expect.stringContaining(`GRANT SELECT, INSERT, UPDATE, DELETE ON secret TO ${role};`),
    });
    await expect(session.query("CREATE TABLE mine (x integer)")).rejects.toMatchObject({
      code: "privilege.missing",
      hint: expect.stringContaining(`GRANT USAGE, CREATE ON SCHEMA public TO ${role};`),
    });
    await session.close();
    await owner.script([`DROP OWNED BY ${role}`, `DROP ROLE ${role}`]);
    await owner.close();
  });

  test("whose network breaks says so once and for all, and raises nothing else", async () => {
    const url = await freshDatabase();
    const proxy = await startTcpProxy({ port: Number(new URL(url).port) });
    const session = await engineAt(proxy.through(url)).open("write");
    const running = session.query("SELECT pg_sleep(10)");
    setTimeout(() => proxy.cut(), 100);
    await expect(running).rejects.toMatchObject({ code: "connection.lost", details: { connectionLost: true } });
    expect(session.closed).toBe(true);
    await expect(session.query("SELECT 1")).rejects.toMatchObject({ code: "connection.lost" });
    await session.rollback();
    await session.close();
    const idle = await engineAt(proxy.through(url)).open("write");
    proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(idle.closed).toBe(true);
    await idle.close();
    await proxy.stop();
  });

  test("is cancelled, directly and through a pooler", async () => {
    const url = await freshDatabase();
    const pooler = pgBouncerMissing() ? null : await startPgBouncer({ url, poolSize: 2 });
    for (const place of [url, ...(pooler === null ? [] : [pooler.url()])]) {
      const session = await engineAt(place).open("write");
      const running = session.query("SELECT pg_sleep(20)");
      const cancelled = sleep(150).then(async () => await session.cancel());
      await expect(running).rejects.toMatchObject({ code: "statement.failed", details: { sqlstate: "57014" } });
      // The statement may end before the request is told so: the next one must not begin in between.
      await cancelled;
      expect((await session.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
      await session.cancel();
      await session.close();
    }
    await pooler?.stop();
  });

  test("that reads works through a pooler, and writes nothing there either", async () => {
    if (pgBouncerMissing()) return;
    const url = await freshDatabase();
    const pooler = await startPgBouncer({ url, poolSize: 2 });
    const owner = await engineAt(url).open("write");
    await owner.query("CREATE SEQUENCE t_seq");
    await owner.close();
    const session = await engineAt(pooler.url()).open("read");
    expect((await session.query("SELECT $1::int AS one", [1])).rows).toEqual([{ one: 1 }]);
    expect((await session.script(["SELECT 1 AS a", "SELECT 2 AS b"])).map((result) => result.rows)).toEqual([
      [{ a: 1 }],
      [{ b: 2 }],
    ]);
    for (const write of [
      () => session.query("CREATE TABLE t (x integer)"),
      () => session.query("SELECT nextval('t_seq') WHERE $1", [true]),
      () => session.script(["SELECT 1", "COMMIT", "CREATE TABLE t (x integer)"]),
    ]) {
      await expect(write()).rejects.toMatchObject({ code: "connection.read-only" });
    }
    const direct = await engineAt(url).open("read");
    expect((await direct.query("SELECT to_regclass('t') IS NULL AS nothing")).rows).toEqual([{ nothing: true }]);
    await direct.close();
    const startup = await refusal(`${pooler.url()}?options=-cwork_mem%3D1MB`);
    expect(startup).toMatchObject({ code: "connection.url", message: expect.stringContaining("options") });
    await session.close();
    await pooler.stop();
  });
});
