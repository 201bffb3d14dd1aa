import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startProgram } from "../../support/run-keelson.ts";
import { type Example, openExample, rows } from "./example.ts";

vi.setConfig({ testTimeout: 120_000 });

let example: Example;

beforeAll(async () => {
  example = await openExample();
});

afterAll(async () => {
  await example?.line("./run.sh stop");
});

test("several starts at once start each service once, and write the configuration once", async () => {
  const starts = await Promise.all(
    [1, 2, 3].map(() => startProgram("./run.sh", ["start"], { cwd: example.folder }).done),
  );
  expect(starts.map(({ code }) => code)).toEqual([0, 0, 0]);
  const { stdout } = await startProgram("ps", ["-ww", "-eo", "args"]).done;
  const running = stdout.split("\n").filter((line) => line.includes(example.path("api", "server.js")));
  expect(running).toHaveLength(1);
  expect((await readFile(example.path(".env"), "utf8")).match(/^DATABASE_PORT=/gm)).toHaveLength(1);
});

test("what was stored outlives a power cut of both services", async () => {
  await rows(await localUrl(), "INSERT INTO system_settings (key, value) VALUES ('kept', 'true')");
  const [postmaster] = (await readFile(example.path(".local/postgres/data/postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(postmaster), "SIGKILL");
  process.kill(Number(await readFile(example.path(".local/api.pid"), "utf8")), "SIGKILL");
  await vi.waitFor(async () => {
    expect((await example.line("./run.sh status")).stdout).toMatch(/postgres +stopped\napi +stopped/);
  }, 10_000);
  const start = await example.line("./run.sh start");
  expect(start.code, start.stderr).toBe(0);
  expect(start.stdout).toMatch(/api +running .*healthy/);
  expect(await rows(await localUrl(), "SELECT key FROM system_settings")).toEqual([["kept"]]);
});

test("a restart does not apply what destroys data, and says how to", async () => {
  const models = example.path("app/database/models/settings.ts");
  const text = await readFile(models, "utf8");
  await writeFile(models, text.replace(/ {4}description: .*\n/, ""));
  const written = await example.line('./scripts/_generate_migration.sh "drop descriptions" --yes');
  expect(written.code, written.stderr).toBe(0);
  const refused = await example.line("./run.sh --soft-reset");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("./scripts/run_migrations --yes") });
  expect(await rows(await localUrl(), "SELECT description FROM system_settings")).toEqual([[""]]);
  expect(await example.line("./scripts/run_migrations --yes")).toMatchObject({ code: 0 });
  expect(await example.line("./run.sh start")).toMatchObject({ code: 0 });
});

test("a wrong or missing secret is told, and nothing is changed", async () => {
  const file = example.path("secrets", "postgres_password.txt");
  const secret = await readFile(file, "utf8");
  await writeFile(file, "another-Horse7battery\n");
  const wrong = await example.line('./scripts/_generate_migration.sh "Add new feature"');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/ERROR: Database connection failed: .*password authentication failed/);
  expect(wrong.stderr).not.toContain("another-Horse7battery");
  await rm(file);
  const missing = await example.line("./run.sh start");
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("postgres_password.txt") });
  await writeFile(file, secret, { mode: 0o600 });
});

test("a reset asks first", async () => {
  expect(await example.line("./run.sh --reset")).toMatchObject({ code: 7 });
  expect(await rows(await localUrl(), "SELECT key FROM system_settings")).toEqual([["kept"]]);
});

async function localUrl(): Promise<string> {
  const [, port] = /^DATABASE_PORT=(\d+)$/m.exec(await readFile(example.path(".env"), "utf8")) ?? [];
  const password = (await readFile(example.path("secrets", "postgres_password.txt"), "utf8")).trim();
  return `postgres://ai_workflow:${password}@127.0.0.1:${port}/ai_workflow_engine`;
}
