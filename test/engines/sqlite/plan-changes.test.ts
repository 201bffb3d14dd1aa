import { afterEach, describe, expect, test } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { resolveRenames } from "../../../src/diff/resolve-renames.ts";
import { planChanges } from "../../../src/engines/sqlite/plan/plan-changes.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { catalogOf, changeTo, databaseWith, type PlannedDatabase } from "./planned-databases.ts";

const open: PlannedDatabase[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

async function made(script: string): Promise<PlannedDatabase> {
  const database = await databaseWith(script);
  open.push(database);
  return database;
}

async function planned(from: string, to: string, renames: readonly string[] = []): Promise<Plan> {
  const [before, after] = [await catalogOf(from), await catalogOf(to)];
  return await planChanges(before, after, { renames: resolveRenames(renames, before, after) });
}

const sqlOf = (plan: Plan): readonly string[] => plan.statements.map((statement) => statement.sql);
const lossesOf = (plan: Plan): readonly string[] => plan.statements.flatMap((statement) => statement.losses);
const rebuilds = (plan: Plan): boolean => sqlOf(plan).some((sql) => sql.startsWith("ALTER TABLE new_"));

describe("in place where SQLite can", () => {
  test.each([
    ["a column", "", ", b TEXT", "ALTER TABLE t ADD COLUMN b TEXT"],
    [
      "a column with a default",
      "",
      ", b TEXT NOT NULL DEFAULT 'x'",
      "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x'",
    ],
    ["a computed column", "", ", b AS (a || 'x')", "ALTER TABLE t ADD COLUMN b AS (a || 'x')"],
    ["a checked column", "", ", b INT CHECK (b > 0)", "ALTER TABLE t ADD COLUMN b INT CHECK (b > 0)"],
    [
      "a foreign key of a new column",
      "",
      ", b INT, CONSTRAINT f FOREIGN KEY (b) REFERENCES t (a) ON DELETE SET NULL",
      "ALTER TABLE t ADD COLUMN b INT CONSTRAINT f REFERENCES t (a) ON DELETE SET NULL",
    ],
    [
      "less by a column with its own check",
      ", b INT CHECK (b > 0) REFERENCES t (a)",
      "",
      "ALTER TABLE t DROP COLUMN b",
    ],
    ["a named check less", ", CONSTRAINT c CHECK (a > 0)", "", "ALTER TABLE t DROP CONSTRAINT c"],
    ["a check", "", ", CHECK (a > 0)", "ALTER TABLE t ADD CHECK (a > 0)"],
  ])("%s", async (_what, before, after, sql) => {
    expect(
      sqlOf(
        await planned(
          `CREATE TABLE t (a INTEGER PRIMARY KEY${before})`,
          `CREATE TABLE t (a INTEGER PRIMARY KEY${after})`,
        ),
      ),
    ).toEqual([sql]);
  });

  test.each([
    ["a key", ", b TEXT UNIQUE"],
    ["a stored column", ", b AS (a) STORED"],
    ["a default that varies", ", b TEXT DEFAULT CURRENT_TIMESTAMP"],
    ["a column that must have a value", ", b TEXT NOT NULL"],
    ["a foreign key with a default", ", b INT DEFAULT 1 REFERENCES t (a)"],
    ["a foreign key of an old column", ", FOREIGN KEY (a) REFERENCES t (a)"],
  ])("but %s needs a rebuild", async (_what, after) => {
    const plan = await planned(
      "CREATE TABLE t (a INTEGER PRIMARY KEY)",
      `CREATE TABLE t (a INTEGER PRIMARY KEY${after})`,
    );
    expect(rebuilds(plan)).toBe(true);
    expect(sqlOf(plan)[0]).toBe("PRAGMA foreign_keys = OFF");
  });

  test("what a version can't do is a rebuild there", async () => {
    const at = (catalog: Catalog, serverVersion: string): Catalog => ({ ...catalog, serverVersion });
    const wide = await catalogOf("CREATE TABLE t (a INTEGER, b TEXT, c TEXT)");
    const narrow = await catalogOf("CREATE TABLE t (a INTEGER, b TEXT)");
    const filled = await catalogOf("CREATE TABLE t (a INTEGER NOT NULL, b TEXT)");
    const rebuildsAt = async (from: Catalog, to: Catalog, version: string): Promise<boolean> =>
      rebuilds(await planChanges(at(from, version), to));
    expect(await rebuildsAt(wide, narrow, "3.34.1")).toBe(true);
    expect(await rebuildsAt(wide, narrow, "3.35.0")).toBe(false);
    expect(await rebuildsAt(narrow, filled, "3.52.9")).toBe(true);
    expect(await rebuildsAt(narrow, filled, "3.53.0")).toBe(false);
    const renames = [{ kind: "column", from: "column:main.t.b", to: "column:main.t.c" }] as const;
    const renamed = await catalogOf("CREATE TABLE t (a INTEGER, c TEXT)");
    await expect(planChanges(at(narrow, "3.24.0"), renamed, { renames })).rejects.toMatchObject({
      code: "plan.impossible",
    });
  });

  test("nothing to do is no statement", async () => {
    const plan = await planned("CREATE TABLE t (a INT, b INT)", "create table t (a int,\n b int)");
    expect(plan).toMatchObject({ statements: [], differences: [], ambiguities: [], left: [] });
  });

  test("columns that would stand elsewhere are told", async () => {
    const plan = await planned("CREATE TABLE t (a INT, c INT)", "CREATE TABLE t (a INT, b INT, c INT)");
    expect(sqlOf(plan)).toEqual(["ALTER TABLE t ADD COLUMN b INT"]);
    expect(plan.left).toEqual(["order of the columns of t: new ones come last"]);
  });

  test("columns that stood elsewhere before are not told again, nor new ones that are declared last", async () => {
    const old = "CREATE TABLE t (a INT, b INT)";
    expect((await planned(old, "CREATE TABLE t (b INT, a INT)")).left).toEqual([]);
    expect((await planned(old, "CREATE TABLE t (b INT, a INT, c INT)")).left).toEqual([]);
  });
});

describe("losses", () => {
  test("tables and columns that go", async () => {
    const plan = await planned(
      "CREATE TABLE t (a INT, b INT); CREATE TABLE u (x); CREATE VIRTUAL TABLE f USING fts5(x);",
      "CREATE TABLE t (a INT)",
    );
    expect([...lossesOf(plan)].sort()).toEqual([
      "the column t.b with all its values",
      "the table f with all its rows",
      "the table u with all its rows",
    ]);
    expect(
      lossesOf(await planned("CREATE TABLE t (a INT, b INT UNIQUE, c AS (a) STORED)", "CREATE TABLE t (a INT)")),
    ).toEqual(["the column t.b with all its values"]);
  });

  test.each([
    ["TEXT", "INTEGER", 1],
    ["INTEGER", "TEXT", 0],
    ["INTEGER", "REAL", 1],
    ["VARCHAR(20)", "VARCHAR(10)", 0],
    ["INTEGER", "INTEGER AS (1) STORED", 1],
  ])("from %s to %s", async (before, after, count) => {
    expect(
      lossesOf(await planned(`CREATE TABLE t (i INT, a ${before})`, `CREATE TABLE t (i INT, a ${after})`)),
    ).toHaveLength(count);
  });

  test("a rebuild alone loses nothing", async () => {
    expect(lossesOf(await planned("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT) STRICT"))).toEqual([]);
  });
});

describe("rows", () => {
  test("a new column that must have a value stops a filled table, not an empty one", async () => {
    const filled = await made("CREATE TABLE t (a INT); INSERT INTO t VALUES (1);");
    const wanted = "CREATE TABLE t (a INT, b TEXT NOT NULL);";
    await expect(changeTo(filled, wanted)).rejects.toThrow(/NOT NULL constraint failed: new_t\.b/);
    expect(await filled.rows("SELECT * FROM t")).toEqual([[1]]);
    const { plan, left } = await changeTo(await made("CREATE TABLE t (a INT);"), wanted);
    expect(left).toEqual([]);
    expect(plan.requirements).toEqual([
      {
        title: "rows of t, which have no value for the new column b (NOT NULL, and without a default)",
        sql: "SELECT rowid FROM t",
      },
    ]);
  });

  test("bytes keep under another type of a strict table", async () => {
    const database = await made(
      "CREATE TABLE t (a BLOB, b TEXT, c INTEGER) STRICT; INSERT INTO t VALUES (x'616263', 'def', 5);",
    );
    expect((await changeTo(database, "CREATE TABLE t (a TEXT, b BLOB, c TEXT) STRICT")).left).toEqual([]);
    expect(await database.rows("SELECT a, hex(b), c FROM t")).toEqual([["abc", "646566", "5"]]);
  });

  test("options of a table change with its rows in it", async () => {
    const database = await made("CREATE TABLE t (a TEXT PRIMARY KEY, b INT); INSERT INTO t VALUES ('x', 1), ('y', 2);");
    const wanted =
      "CREATE TABLE t (a TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, b INTEGER CHECK (b > 0)) STRICT, WITHOUT ROWID";
    expect((await changeTo(database, wanted)).left).toEqual([]);
    expect((await changeTo(database, "CREATE TABLE t (a TEXT PRIMARY KEY, b INT)")).left).toEqual([]);
    expect(await database.rows("SELECT * FROM t ORDER BY 1")).toEqual([
      ["x", 1],
      ["y", 2],
    ]);
  });

  test("a rebuilt table whose check and foreign key name it", async () => {
    const database = await made(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, up INT); INSERT INTO t VALUES (1, NULL), (2, 1);",
    );
    const wanted = `CREATE TABLE "t" (id INTEGER PRIMARY KEY, up INT REFERENCES t (id), CHECK (t.up <> "t".id))`;
    expect((await changeTo(database, wanted)).left).toEqual([]);
    expect(await database.rows("SELECT * FROM t")).toEqual([
      [1, null],
      [2, 1],
    ]);
  });

  test("a conflict clause of the new table does not swallow rows", async () => {
    const database = await made("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (1);");
    const wanted = "CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE)";
    await expect(changeTo(database, wanted)).rejects.toThrow(/UNIQUE constraint failed/);
    expect(await database.rows("SELECT * FROM t")).toEqual([[1], [1]]);
  });

  test("a name with a line break does not break out of a comment", async () => {
    const database = await made("CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 2); DELETE FROM t;");
    const wanted = 'CREATE TABLE t (a INT, "b\nDROP TABLE t; --" INT NOT NULL)';
    expect((await changeTo(database, wanted)).left).toEqual([]);
  });

  test("a table moves away from under its index for full-text search", async () => {
    const script = (table: string): string =>
      `CREATE TABLE ${table} (body TEXT); CREATE VIRTUAL TABLE a_search USING fts5(body, content = '${table}');`;
    const database = await made(`${script("docs")} INSERT INTO docs VALUES ('red');`);
    const renames = resolveRenames(["docs:texts"], await database.catalog(), await catalogOf(script("texts")));
    expect((await changeTo(database, script("texts"), { renames })).left).toEqual([]);
    expect(await database.rows("SELECT rowid FROM a_search WHERE a_search MATCH 'red'")).toEqual([[1]]);
  });

  test("virtual tables get other arguments with their rows in them", async () => {
    const database = await made(`CREATE VIRTUAL TABLE f USING fts5(title, body);
INSERT INTO f (rowid, title, body) VALUES (9, 'a', 'running');`);
    const { plan, left } = await changeTo(
      database,
      "CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize = porter)",
    );
    expect(left).toEqual([]);
    expect(lossesOf(plan)).toEqual([]);
    expect(await database.rows("SELECT rowid, title FROM f WHERE f MATCH 'run'")).toEqual([[9, "a"]]);
  });

  test("an index over a table is filled from it", async () => {
    const database = await made("CREATE TABLE d (body TEXT); INSERT INTO d VALUES ('green'), ('red');");
    const search = (arguments_: string): string =>
      `CREATE TABLE d (body TEXT); CREATE VIRTUAL TABLE f USING fts5(body, content = 'd'${arguments_});`;
    expect((await changeTo(database, search(""))).left).toEqual([]);
    expect(await database.rows("SELECT rowid FROM f WHERE f MATCH 'red'")).toEqual([[2]]);
    const { plan, left } = await changeTo(database, search(", tokenize = porter"));
    expect(left).toEqual([]);
    expect(lossesOf(plan)).toEqual([]);
    expect(await database.rows("SELECT rowid FROM f WHERE f MATCH 'reds'")).toEqual([[2]]);
  });
});
