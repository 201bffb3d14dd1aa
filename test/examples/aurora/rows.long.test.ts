import { readdir, readFile, rm } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { startProgram } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { freshAurora, revisions } from "./fresh-aurora.ts";

let checkout: Checkout;

beforeAll(async () => {
  checkout = await checkOutExample("aurora");
  await linkKeelson(checkout);
  await rm(checkout.path("aurora.db"), { force: true });
});

describe.each(["postgres", "sqlite"] as const)("rows on %s", (engine) => {
  test("users get their status on 100,000 rows, and lose it on the way down", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate(`upgrade-to ${revisions.preferences}`);
    await aurora.rows(hundredThousandUsers);
    await aurora.migrate(`upgrade-to ${revisions.userStatus}`);
    const counted = "SELECT status, is_active, count(*) AS users FROM users GROUP BY 1, 2 ORDER BY users";
    const active = engine === "sqlite" ? [null, 0, 1] : [null, false, true];
    expect(countsOf(await aurora.rows(counted))).toEqual([
      [null, active[0], 10_000],
      [null, active[1], 20_000],
      ["active", active[2], 70_000],
    ]);
    await aurora.migrate("downgrade --yes");
    expect((await aurora.columns())["users"]).not.toContainEqual(expect.stringContaining("status"));
    expect(Number((await aurora.rows("SELECT count(*) AS users FROM users"))[0]?.["users"])).toBe(100_000);
  });

  test("a task's status is one of a list, which the last revision makes longer", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate(`upgrade-to ${revisions.preferences}`);
    await aurora.rows("INSERT INTO synthesis_tasks (prompt, status) VALUES ('a', 'running'), ('b', NULL)");
    await aurora.migrate(`upgrade-to ${revisions.foreignKeys}`);
    const statuses = "SELECT prompt, status FROM synthesis_tasks ORDER BY prompt";
    const kept = [
      { prompt: "a", status: "running" },
      { prompt: "b", status: "pending" },
    ];
    expect(await aurora.rows(statuses)).toEqual(kept);
    const cancel = "UPDATE synthesis_tasks SET status = 'cancelled' WHERE prompt = 'a'";
    await expect(aurora.rows(cancel)).rejects.toThrow(/enum|CHECK/);
    await aurora.migrate("upgrade");
    await aurora.rows(cancel);
    await expect(aurora.rows("UPDATE synthesis_tasks SET status = 'lost'")).rejects.toThrow(/enum|CHECK/);
    // A value that the revision takes away must not be in use.
    const refused = await aurora.migrate("downgrade --yes", 6);
    expect(refused.stderr).toMatch(/cancelled|CHECK|constraint/);
    await aurora.rows("UPDATE synthesis_tasks SET status = 'running' WHERE prompt = 'a'");
    await aurora.migrate("downgrade --yes");
    expect(await aurora.rows(statuses)).toEqual(kept);
  });

  test("what the guide lists is all that is allowed", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate("upgrade");
    for (const [allowed, refused] of listed) {
      await aurora.rows(allowed);
      await expect(aurora.rows(refused), refused).rejects.toThrow(/check|CHECK/);
    }
    const branch = await freshAurora(checkout, engine);
    await branch.migrate(`upgrade-to ${revisions.listedValues}`);
    await expect(branch.rows(listed[0]?.[1] ?? ""), "on its branch alone").rejects.toThrow(/check|CHECK/);
    expect((await branch.columns())["users"]).not.toContainEqual(expect.stringContaining("status"));
  });

  test("rows of nobody stop the foreign keys, and nothing of that revision remains", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate(`upgrade-to ${revisions.foreignKeys}-1`);
    const before = await aurora.dump();
    await aurora.rows("INSERT INTO audit_logs (user_id, action) VALUES (7, 'sign-in')");
    const failed = await aurora.migrate("upgrade", 6);
    expect(failed.stderr).toMatch(/audit_logs/);
    expect(await aurora.dump()).toEqual(before);
    await aurora.rows("INSERT INTO users (id, username, email, hashed_password) VALUES (7, 'g', 'g@b.c', 'x')");
    await aurora.migrate("upgrade");
    // Where foreign keys are on, as they are for PostgreSQL and for this connection.
    await aurora.rows("DELETE FROM users");
    expect(await aurora.rows("SELECT user_id FROM audit_logs")).toEqual([{ user_id: null }]);
  });
});

const hundredThousandUsers = `
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
  INSERT INTO users (username, email, hashed_password, is_active)
  SELECT 'user' || n, 'user' || n || '@example.com', 'x',
         CASE WHEN n % 10 = 0 THEN NULL WHEN n % 10 < 3 THEN false ELSE true END
  FROM numbers`;

function countsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly (readonly unknown[])[] {
  return rows.map((row) => [row["status"], row["is_active"], Number(row["users"])]);
}

/** For each column whose values the guide lists: a statement that is allowed, and one that is not. */
const listed: readonly (readonly [string, string])[] = (
  [
    ["conversation_history (content, role)", "('hello', 'assistant')", "('hello', 'robot')"],
    ["synthesis_tasks (prompt, framework)", "('a page', 'flask')", "('a page', 'cobol')"],
    ["system_metrics (metric_type)", "('disk')", "('mood')"],
    ["system_metrics (unit)", "('%')", "('stone')"],
    ["system_metrics (status)", "('warning')", "('fine')"],
    ["alerts (title, message, severity)", "('a', 'b', 'critical')", "('a', 'b', 'terrible')"],
    ["audit_logs (action, status)", "('sign-in', 'failure')", "('sign-in', 'perhaps')"],
  ] as const
).map(([into, allowed, refused]) => [`INSERT INTO ${into} VALUES ${allowed}`, `INSERT INTO ${into} VALUES ${refused}`]);

describe("the history", () => {
  test("makes what the models declare, on both engines alike, and is proven", async () => {
    const env = { DATABASE_URL: "sqlite:./checked.db" };
    const keelson = (command: string) =>
      startProgram("npx", ["keelson", ...command.split(" ")], { cwd: checkout.folder, env, timeout: 240_000 }).done;
    const compared = await keelson("create --check");
    expect(compared, compared.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("No changes detected"),
    });
    expect(compared.stdout + compared.stderr).not.toMatch(/lack what|Neither compared/);
    expect(await keelson("upgrade")).toMatchObject({ code: 0 });
    const checked = await keelson("check");
    expect(checked, checked.stdout).toMatchObject({ code: 0, stdout: expect.stringContaining("No problems") });
    const before = await migrationTexts();
    const proven = await keelson("prove --all");
    expect(proven, proven.stderr).toMatchObject({ code: 0 });
    expect(proven.stdout.match(/up and down, PostgreSQL/g)).toHaveLength(7);
    expect(proven.stdout.match(/up and down, SQLite/g)).toHaveLength(7);
    expect(await migrationTexts()).toEqual(before);
  });
});

async function migrationTexts(): Promise<readonly string[]> {
  const files = (await readdir(checkout.path("migrations"))).sort();
  return await Promise.all(files.map((file) => readFile(checkout.path("migrations", file), "utf8")));
}
