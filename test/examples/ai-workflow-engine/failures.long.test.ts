import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cacheDirectory } from "../../../src/config/cache-directory.ts";
import { startLineOnTerminal, terminalMissing } from "../../cli/terminal.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type RunResult, startProgram } from "../../support/run-keelson.ts";
import type { ShellVariables } from "../shell.ts";
import { type Example, openExample, rows } from "./example.ts";

vi.setConfig({ testTimeout: 120_000 });

const password = "correct-Horse7battery";
const waiting = `INFO: Ensuring api and database services are running...
INFO: Waiting for the 'api' service to be healthy...
`;
const healthy = `${waiting}SUCCESS: ✅ Service 'api' is healthy.\n`;
const settings = "app/database/models/settings.ts";

let example: Example;
let server: PostgresServer;
/** A program that answers every request with 503. */
let unwell: Server;
let written: readonly string[];

/** A server that asks for passwords, and an account of the application. */
beforeAll(async () => {
  server = await startPostgres({ auth: "scram-sha-256" });
  await rows(server.url(), `CREATE ROLE engine SUPERUSER LOGIN PASSWORD '${password}'`);
  await server.createDatabase("workflows");
  example = await openExample();
  written = await readdir(example.path("migrations"));
  unwell = createServer((_request, response) => void response.writeHead(503).end("{}"));
  await new Promise<void>((listening) => void unwell.listen(0, "127.0.0.1", listening));
});

afterEach(async () => {
  await example.line("./run.sh stop api", database());
});

afterAll(async () => {
  unwell?.close();
  await server?.stop();
});

describe("_generate_migration.sh says by the name of the troubleshooting list", () => {
  test("Service unhealthy, of one that answers badly until the time is up", async () => {
    const run = await generate({ API_HEALTH_URL: `http://127.0.0.1:${port(unwell)}/health`, API_HEALTH_TIMEOUT: "2" });
    expect(run).toMatchObject({ code: 5, stdout: waiting });
    expect(run.stderr).toMatch(/ERROR: Service unhealthy: .*did not become healthy within 2 s; last seen: HTTP 503/);
    expect(run.stderr).toContain("./run.sh logs api");
    await nothingWritten();
  });

  test("Service unhealthy, of one that ends at its start since another program has its port", async () => {
    const run = await generate({ API_PORT: String(port(unwell)) });
    expect(run).toMatchObject({ code: 1, stdout: waiting });
    expect(run.stderr).toMatch(/ERROR: Service unhealthy: The service 'api' ended at its start:[\s\S]*EADDRINUSE/);
    await nothingWritten();
  });

  test("Database connection failed, without a server and with a wrong password", async () => {
    const nowhere = await generate({ DATABASE_URL: "postgres://engine@127.0.0.1:1/workflows" });
    expect(nowhere).toMatchObject({ code: 1, stdout: `${waiting.split("\n", 1)[0]}\n` });
    expect(nowhere.stderr).toContain("ERROR: Database connection failed: Nothing accepts connections at 127.0.0.1:1.");
    expect(nowhere.stderr).toContain("secrets/postgres_password.txt");
    const refused = await generate({ PGPASSWORD: "another-Horse7battery" });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/ERROR: Database connection failed: .*refused user "engine"/);
    expect(refused.stdout + refused.stderr).not.toContain("another-Horse7battery");
    await nothingWritten();
  });

  test("No changes detected, with what was read", async () => {
    const run = await generate();
    expect(run).toMatchObject({ code: 1, stdout: `${healthy}INFO: Generating Alembic migration: "Add new feature"\n` });
    expect(run.stderr).toMatch(/No changes detected[\s\S]*users\.ts[\s\S]*ERROR: No changes detected: /);
    expect(run.stderr).toContain("Ensure that every table is exported");
    await nothingWritten();
  });

  test("Migration failed, with the file and the line of a mistake, and with a loss that nobody confirmed", async () => {
    const text = await readFile(example.path(settings), "utf8");
    await writeFile(example.path(settings), `${text}\nexport const broken = pgTable(;\n`);
    const broken = await generate();
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/settings\.ts:\d+[\s\S]*ERROR: Migration failed: /);
    await writeFile(example.path(settings), text.replace(/ {4}description: .*\n/, ""));
    const losing = await generate();
    expect(losing.code).toBe(7);
    expect(losing.stderr).toMatch(/plan\.loses-data[\s\S]*description[\s\S]*ERROR: Migration failed: /);
    await writeFile(example.path(settings), text);
    await nothingWritten();
  });

  test("that the message is missing", async () => {
    const run = await example.line("./scripts/_generate_migration.sh", database());
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("The message is missing") });
  });
});

describe("_generate_migration_with_password.sh", () => {
  const withPassword = (options: string, env: ShellVariables = {}): Promise<RunResult> =>
    example.line(`./scripts/_generate_migration_with_password.sh "Add new feature" ${options}`, {
      DATABASE_URL: addressOf("engine"),
      API_PORT: apiPort(),
      ...env,
    });

  test.each([
    ["a short one", "aB3-x", "fewer than 12 characters"],
    ["one of two kinds", "horsebatterystaple1", "three kinds"],
    ["a common one in disguise", "P@ssw0rd!2024", "common password"],
    ["one with the name of the account", "My-Engine-4711x", "contains the name engine"],
    ["one with the name of the database", "My-Workflows-47", "contains the name workflows"],
  ])("refuses %s before anything runs, and does not print it", async (_what, weak, why) => {
    const run = await withPassword("", { POSTGRES_PASSWORD: weak });
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(why) });
    expect(run.stderr).not.toContain(weak);
    await nothingWritten();
  });

  test("refuses a file that others can read, a password in the command, and to go on without one", async () => {
    const file = example.path("password");
    await writeFile(file, `${password}\n`, { mode: 0o644 });
    const open = await withPassword(`--password-file ${file}`);
    expect(open).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("chmod 600") });
    await chmod(file, 0o600);
    const wrongPlace = await withPassword("--password secret");
    expect(wrongPlace).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("command line") });
    const none = await withPassword("");
    expect(none).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("no terminal") });
    const clear = { DATABASE_URL: "postgres://engine@db.example.com/workflows", POSTGRES_PASSWORD: password };
    const network = await withPassword("", clear);
    expect(network).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("sslmode=verify-full") });
  });

  test("takes it from a file or a variable, and neither prints it nor shows it to ps", async () => {
    const file = example.path("password");
    await writeFile(file, `${password}\n`, { mode: 0o600 });
    const seen: string[] = [];
    const watch = setInterval(async () => {
      seen.push((await startProgram("ps", ["-ww", "-eo", "args"]).done).stdout);
    }, 300);
    const fromFile = await withPassword(`--password-file ${file}`);
    clearInterval(watch);
    expect(fromFile.stdout).toContain(healthy);
    expect(fromFile.stderr).toContain("ERROR: No changes detected");
    expect(seen.some((listing) => listing.includes("_generate_migration"))).toBe(true);
    expect(`${seen.join("")}${fromFile.stdout}${fromFile.stderr}`).not.toContain(password);
    const fromVariable = await withPassword("--password-env ENGINE_PASSWORD", { ENGINE_PASSWORD: password });
    expect(fromVariable.stderr).toContain("ERROR: No changes detected");
  });

  test.skipIf(terminalMissing())("asks for it on a terminal, and does not show what is typed", async () => {
    const env = { DATABASE_URL: addressOf("engine"), API_PORT: apiPort(), KEELSON_CACHE: cacheDirectory() };
    const line = './scripts/_generate_migration_with_password.sh "Add new feature"';
    const run = startLineOnTerminal(line, { cwd: example.folder, env });
    await run.shows(/Password of the database:/);
    run.type(`${password}\n`);
    const { code, screen } = await run.done;
    expect(code, screen).toBe(1);
    expect(screen).toMatch(/No changes detected/);
    expect(screen).not.toContain(password);
  });
});

function addressOf(user: string): string {
  return `postgres://${user}@127.0.0.1:${server.port}/workflows`;
}

function database(): ShellVariables {
  return { DATABASE_URL: addressOf("engine"), PGPASSWORD: password, API_PORT: apiPort() };
}

/** Below the ports that systems give to whoever asks for any: another test's server may get each of those at any time. */
function apiPort(): string {
  return String(10_000 + (process.pid % 20_000));
}

function generate(env: ShellVariables = {}): Promise<RunResult> {
  return example.line('./scripts/_generate_migration.sh "Add new feature"', { ...database(), ...env });
}

function port(program: Server): number {
  const address = program.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function nothingWritten(): Promise<void> {
  expect(await readdir(example.path("migrations"))).toEqual(written);
}
