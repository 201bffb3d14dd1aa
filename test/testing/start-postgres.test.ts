import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type PostgresServer, sharedServer, startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/project.ts";

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("startPostgres", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ major: 15, fsync: true, auth: "scram-sha-256", settings: { work_mem: "5MB" } });
  });
  afterAll(() => server.stop());

  test("runs the wanted major with the wanted settings", async () => {
    const [row] = await ask(
      server.url(),
      "SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('fsync') AS fsync, current_setting('work_mem') AS memory",
    );
    expect(row).toEqual({ major: 15, fsync: "on", memory: "5MB" });
  });

  test("refuses a wrong password where passwords are asked for", async () => {
    const wrong = new URL(server.url());
    wrong.password = "wrong";
    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("keeps committed rows over a crash, on the same port", async () => {
    const url = await server.createDatabase();
    await ask(url, "CREATE TABLE kept AS SELECT 7 AS value");
    await server.restart("immediate");
    expect(await ask(url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
    expect(await server.log()).toMatch(/not properly shut down/);
  });

  test("is away between shutDown and startUp", async () => {
    await server.shutDown();
    await expect(ask(server.url(), "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
    await server.startUp();
    expect(await ask(server.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("drops a database that is in use", async () => {
    const url = await server.createDatabase("in use");
    const client = new Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    await server.dropDatabase("in use");
    await expect(ask(url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });
});

test("a server and its data are gone after the process that started it was killed", async () => {
  const program = fileURLToPath(new URL("./start-and-wait.ts", import.meta.url));
  const parent = spawn(process.execPath, [await jiti(), program], { cwd: await temporaryFolder() });
  let output = "";
  for await (const chunk of parent.stdout.setEncoding("utf8")) {
    output += chunk;
    if (output.includes("\n")) break;
  }
  const { url, dataDirectory } = JSON.parse(output) as { url: string; dataDirectory: string };
  expect(await ask(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  parent.kill("SIGKILL");
  if (parent.exitCode === null && parent.signalCode === null) await once(parent, "exit");
  await expect.poll(() => existsSync(dataDirectory), { timeout: 15_000 }).toBe(false);
  await expect(ask(url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
});

async function jiti(): Promise<string> {
  return fileURLToPath(new URL("../../node_modules/jiti/lib/jiti-cli.mjs", import.meta.url));
}

test("fresh databases of the shared server are empty and apart", async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  await ask(one, "CREATE TABLE mine (id int)");
  expect(await ask(two, "SELECT 1 FROM pg_class WHERE relname = 'mine'")).toEqual([]);
  expect(await ask(sharedServer().url(), "SELECT current_database() AS name")).toEqual([{ name: "postgres" }]);
});
