import { readdir, readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { type RunResult, runKeelson } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";

let checkout: Checkout;
let database: string;

beforeAll(async () => {
  checkout = await checkOutExample("aiwebengine");
  await linkKeelson(checkout);
  database = await freshDatabase();
});

test("the history is what schema/ declares, and every revision is proven", async () => {
  for (const line of ["create --check", "prove --all"]) {
    const done = await runKeelson(line.split(" "), { cwd: checkout.folder, timeout: 240_000 });
    expect(done, done.stderr).toMatchObject({ code: 0 });
  }
  // A proof that no longer held would have been written anew.
  for (const name of await headedRevisions()) {
    const committed = await readFile(new URL(name, migrations), "utf8");
    expect(await readFile(checkout.path("migrations", name), "utf8"), name).toBe(committed);
  }
}, 300_000);

test("the levels of 100,000 lines are read, and set back", async () => {
  expect(await run("npx keelson upgrade 5492587fa1c8")).toMatchObject({ code: 0 });
  await onServer(
    database,
    `INSERT INTO logs (script_uri, message)
     SELECT 'script:' || n % 10, (ARRAY['[ERROR] no memory', '[FATAL] no disk', '[debug] x', 'see [WARN] above', '[WARN] slow'])[n % 5 + 1]
     FROM generate_series(1, 100000) AS n`,
  );
  expect(await levels()).toEqual({ info: 100_000 });
  expect(await run("npx keelson upgrade")).toMatchObject({ code: 0 });
  expect(await levels()).toEqual({ error: 20_000, fatal: 20_000, info: 40_000, warn: 20_000 });
  expect(await run("npx keelson check")).toMatchObject({ code: 0 });
  expect(await run("npx keelson downgrade 5492587fa1c8 --yes")).toMatchObject({ code: 0 });
  expect(await levels()).toEqual({ info: 100_000 });
}, 120_000);

test("a level that lines have is not taken away from under them", async () => {
  await onServer(database, "UPDATE logs SET level = 'fatal' WHERE message LIKE '[FATAL]%'");
  const refused = await run("npx keelson downgrade 0fec764e119b --yes");
  expect(refused).toMatchObject({ code: 6, stderr: expect.stringContaining("fatal") });
  expect(await levels()).toEqual({ fatal: 20_000, info: 80_000 });
  await onServer(database, "UPDATE logs SET level = 'info'");
  expect(await run("npx keelson downgrade 20241024000005 --yes")).toMatchObject({ code: 0 });
  expect(await onServer(database, "SELECT 1 FROM logs")).toHaveLength(100_000);
}, 120_000);

const migrations = new URL("../../../examples/aiwebengine/migrations/", import.meta.url);

async function headedRevisions(): Promise<readonly string[]> {
  const names = (await readdir(migrations)).filter((name) => name.startsWith("2026"));
  expect(names).toHaveLength(6);
  return names;
}

async function run(line: string): Promise<RunResult> {
  return await checkout.shell.run(line, { env: { DATABASE_URL: database } });
}

async function levels(): Promise<Readonly<Record<string, unknown>>> {
  const rows = await onServer(
    database,
    "SELECT level, count(*)::integer AS lines FROM logs GROUP BY level ORDER BY level::text",
  );
  return Object.fromEntries(rows.map((row) => [String(row["level"]), row["lines"]]));
}
