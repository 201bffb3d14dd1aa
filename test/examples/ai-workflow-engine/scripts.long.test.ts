import { rename, rm, writeFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { type Example, openExample, rows } from "./example.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let example: Example;

beforeAll(async () => {
  example = await openExample();
});

test.each([
  "run.sh",
  "scripts/_generate_migration.sh",
  "scripts/_generate_migration_with_password.sh",
  "scripts/run_migrations",
  "scripts/migrate_check",
])("%s explains itself from any folder", async (script) => {
  const run = await example.line(`cd / && "${example.path(script)}" --help`);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toMatch(/^Usage: /);
  expect(run.stdout).toContain(script);
});

test("what no script knows is an error that names the help", async () => {
  for (const line of [
    "./run.sh everything",
    "./run.sh --reset --soft-reset",
    "./scripts/run_migrations --everything",
  ]) {
    expect(await example.line(line)).toMatchObject({ code: 1, stderr: expect.stringContaining("--help") });
  }
  expect(await example.line("./run.sh start redis")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("redis"),
  });
  expect(await example.line("./scripts/run_migrations head base")).toMatchObject({ code: 1 });
});

test("migrate_check prints where the database is, what is pending and the history", async () => {
  const url = await freshDatabase();
  const merge = await example.revision("join conversations and security");
  expect(await example.line(`./scripts/run_migrations ${merge}`, { DATABASE_URL: url })).toMatchObject({ code: 0 });
  const { code, stdout } = await example.line("./scripts/migrate_check", { DATABASE_URL: url });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Current database revision: [0-9a-f]{12}\nPending migrations: 6$/m);
  expect(stdout).toMatch(/^- [0-9a-f]{12}: Add user preferences table\n- [0-9a-f]{12}: Update user roles enum$/m);
  expect(stdout).toMatch(/^Migration history:\n✅ initial migration \(\d{4}-\d\d-\d\d\)\n✅ add user table \(/m);
  expect(stdout).toMatch(/^⏳ Add user preferences table \(pending\)\n⏳ Update user roles enum \(pending\)$/m);
});

test("run_migrations logs each step, rolls back what fails, and ends with the code that says which", async () => {
  const url = await freshDatabase();
  const env = { DATABASE_URL: url };
  const dry = await example.line("./scripts/run_migrations +1 --dry-run", env);
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("CREATE TABLE public.system_settings") });
  const failing = example.path("migrations", "29990101000000_failing.sql");
  const head = await example.revision("tie the password scheme to its hash");
  const header = `-- keelson\n-- id: fa11ed000000\n-- parents: ${head}\n-- message: failing\n\n-- keelson:up\n`;
  await writeFile(failing, `${header}CREATE TABLE half (id int);\nINSERT INTO nowhere VALUES (1);\n`);
  const failed = await example.line("./scripts/run_migrations", env);
  await rm(failing);
  expect(failed.code, failed.stderr).toBe(6);
  expect(failed.stdout).toMatch(/Z {2}INFO {5}1\/13 [0-9a-f]{12}: initial migration\n/);
  expect(failed.stderr).toMatch(/Z {2}ERROR {4}.*29990101000000_failing\.sql/);
  expect(await rows(url, "SELECT count(*)::int FROM keelson.ledger")).toEqual([[12]]);
  expect(await rows(url, "SELECT to_regclass('half')")).toEqual([[null]]);
  const again = await example.line("./scripts/run_migrations --json", env);
  expect(again.code).toBe(0);
  const records = again.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.at(-1)).toMatchObject({ event: "result", steps: [] });
  const nowhere = await example.line("./scripts/run_migrations --json", { DATABASE_URL: "postgres://127.0.0.1:1/x" });
  expect(nowhere.code).toBe(1);
  expect(JSON.parse(nowhere.stdout)).toMatchObject({ event: "error", code: "connection.refused", exitCode: 1 });
});

test("without npm install, a script says so", async () => {
  const program = example.path("node_modules", ".bin", "keelson");
  await rename(program, `${program}.away`);
  const run = await example.line("./run.sh start");
  await rename(`${program}.away`, program);
  expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("npm install") });
});
