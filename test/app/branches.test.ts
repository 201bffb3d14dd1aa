import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { merge } from "../../src/app/merge.ts";
import { isKeelsonError } from "../../src/errors.ts";
import { makeProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 60_000 });

const revision = (id: string, parent: string, up: string): string =>
  `-- keelson\n-- id: ${id}\n-- parents: ${parent}\n-- message: ${id}\n\n-- keelson:up\n${up}\n\n-- keelson:down\nSELECT 1;\n`;

const base =
  "CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT 'a');\nCREATE TABLE settings (key text PRIMARY KEY, value text);\nINSERT INTO settings VALUES ('theme', 'light');";

/** A history of one revision and two branches on top of it. */
async function branches(engine: "sqlite" | "pglite", left: string, right: string) {
  const url = engine === "sqlite" ? "sqlite:app.db" : "pglite::memory:";
  const project = await makeProject({
    config: `export default { url: "${url}" };\n`,
    files: {
      "migrations/20260101000000_base.sql": revision("b0", "", base),
      "migrations/20260102000000_left.sql": revision("l1", "b0", left),
      "migrations/20260103000000_right.sql": revision("r1", "b0", right),
    },
  });
  return project.root;
}

async function conflictOf(cwd: string): Promise<string> {
  const found = await check({ cwd, offline: true });
  expect(found.problems.map(({ code }) => code)).toEqual(["history.several-heads", "history.conflict"]);
  try {
    await merge({ cwd });
  } catch (error) {
    if (!isKeelsonError(error, "history.conflict")) throw error;
    expect(error.message).toContain(found.problems[1]?.message);
    return error.message;
  }
  throw new Error("The branches were merged.");
}

describe.each(["sqlite", "pglite"] as const)("two branches on %s", (engine) => {
  test("that change different things are joined by themselves", async () => {
    const cwd = await branches(
      engine,
      "ALTER TABLE users ADD COLUMN age integer;\nINSERT INTO settings VALUES ('left', 'x');",
      "ALTER TABLE users ADD COLUMN mail text;\nCREATE INDEX by_name ON users (name);\nINSERT INTO settings VALUES ('right', 'y');",
    );
    expect((await check({ cwd, offline: true })).problems.map(({ code }) => code)).toEqual(["history.several-heads"]);
    const merged = await merge({ cwd });
    expect(merged).toMatchObject({ parents: ["l1", "r1"], provenOn: [expect.any(String)] });
    expect(await readFile(merged.files[0] ?? "", "utf8")).toContain("-- parents: l1, r1");
    expect((await check({ cwd, offline: true })).problems).toEqual([]);
  });

  test("of which one needs what the other renames are not", async () => {
    const cwd = await branches(
      engine,
      "ALTER TABLE users RENAME COLUMN name TO full_name;",
      "CREATE INDEX by_name ON users (name);",
    );
    expect(await conflictOf(cwd)).toMatch(/r1 \(r1\) does not run after the branch of l1 .*name/);
    expect((await merge({ cwd, unproven: true })).provenOn).toEqual([]);
  });

  test("that write the same row are not", async () => {
    const cwd = await branches(
      engine,
      "UPDATE settings SET value = 'dark' WHERE key = 'theme';",
      "UPDATE settings SET value = 'blue' WHERE key = 'theme';",
    );
    expect(await conflictOf(cwd)).toMatch(/l1 .* then r1 .* rows of .*settings/);
  });
});

test("what a clock or chance writes is no conflict", async () => {
  const cwd = await branches(
    "pglite",
    "INSERT INTO settings VALUES ('made', clock_timestamp()::text);",
    "INSERT INTO settings VALUES ('id', gen_random_uuid()::text);",
  );
  expect((await merge({ cwd })).provenOn).toEqual(["PostgreSQL 18 (PGlite)"]);
});

test("a table that is made again without the other branch's column is a conflict on SQLite", async () => {
  const cwd = await branches(
    "sqlite",
    "ALTER TABLE users ADD COLUMN age integer;",
    "CREATE TABLE users_new (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'a');\nINSERT INTO users_new (id, name) SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE users_new RENAME TO users;",
  );
  expect(await conflictOf(cwd)).toContain("column users.age");
});
