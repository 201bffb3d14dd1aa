import { afterEach, describe, expect, test } from "vitest";
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

describe("renames", () => {
  test("a table and its column, with all that names them", async () => {
    const script = (
      table: string,
      column: string,
    ): string => `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${column} TEXT);
CREATE TABLE posts (author INT REFERENCES ${table} (id));
CREATE INDEX i ON ${table} (${column});
CREATE VIEW v AS SELECT ${column} AS x FROM ${table};`;
    const database = await made(
      `${script("users", "mail")} INSERT INTO users VALUES (1, 'x'); INSERT INTO posts VALUES (1);`,
    );
    const wanted = script("people", "email");
    const renames = resolveRenames(
      ["users:people", "users.mail:people.email"],
      await database.catalog(),
      await catalogOf(wanted),
    );
    const { plan, left } = await changeTo(database, wanted, { renames });
    expect(left).toEqual([]);
    expect(sqlOf(plan)).toEqual([
      "ALTER TABLE users RENAME TO people",
      "ALTER TABLE people RENAME COLUMN mail TO email",
    ]);
    expect(plan.ambiguities).toEqual([]);
    expect(await database.rows("SELECT * FROM people")).toEqual([[1, "x"]]);
  });

  test("what differs besides is planned on the new names", async () => {
    const plan = await planned("CREATE TABLE a (x INT)", "CREATE TABLE b (x INT, y INT)", ["a:b"]);
    expect(sqlOf(plan)).toEqual(["ALTER TABLE a RENAME TO b", "ALTER TABLE b ADD COLUMN y INT"]);
    expect(plan.differences.map((difference) => difference.id)).toEqual(["column:main.b.y"]);
  });

  test("what SQLite refuses to rename is said before anything runs", async () => {
    const script = (table: string): string =>
      `CREATE TABLE ${table} (x INT); CREATE VIEW broken AS SELECT x FROM nowhere;`;
    await expect(planned(script("a"), script("b"), ["a:b"])).rejects.toMatchObject({
      code: "plan.impossible",
      message: expect.stringContaining("broken"),
    });
  });

  test("names are exchanged", async () => {
    const database = await made(
      "CREATE TABLE a (x INT, y TEXT); CREATE TABLE b (z INT); INSERT INTO a VALUES (1, 'y'); INSERT INTO b VALUES (2);",
    );
    const wanted = "CREATE TABLE b (y INT, x TEXT); CREATE TABLE a (z INT);";
    const renames = resolveRenames(
      ["a:b", "b:a", "a.x:b.y", "a.y:b.x"],
      await database.catalog(),
      await catalogOf(wanted),
    );
    expect((await changeTo(database, wanted, { renames })).left).toEqual([]);
    expect(await database.rows("SELECT y, x FROM b")).toEqual([[1, "y"]]);
    expect(await database.rows("SELECT z FROM a")).toEqual([[2]]);
  });

  test("another spelling of the same name needs no telling", async () => {
    const database = await made("CREATE TABLE Users (Id INT, mail TEXT); INSERT INTO Users VALUES (1, 'x');");
    const { plan, left } = await changeTo(database, "CREATE TABLE users (id INT, Mail TEXT)");
    expect(left).toEqual([]);
    expect(lossesOf(plan)).toEqual([]);
    expect(await database.rows("SELECT * FROM users")).toEqual([[1, "x"]]);
  });

  test("what may be a rename is asked", async () => {
    const plan = await planned(
      "CREATE TABLE a (x INT, y INT); CREATE TABLE t (m TEXT, n INT)",
      "CREATE TABLE b (x INT, y INT); CREATE TABLE t (n INT, e TEXT)",
    );
    expect(plan.ambiguities).toEqual([
      { kind: "table", from: "a", to: ["b"] },
      { kind: "column", from: "t.m", to: ["t.e"] },
    ]);
  });
});

describe("order and surroundings", () => {
  test("tables are made before what points to them, and dropped after it", async () => {
    const script =
      "CREATE TABLE a (b INT REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, c INT REFERENCES c (id)); CREATE TABLE c (id INTEGER PRIMARY KEY);";
    const made = sqlOf(await planned("", script)).map((sql) => sql.slice(0, 14));
    expect(made).toEqual(["CREATE TABLE c", "CREATE TABLE b", "CREATE TABLE a"]);
    expect(sqlOf(await planned(script, "")).slice(1)).toEqual(["DROP TABLE a", "DROP TABLE b", "DROP TABLE c"]);
  });

  test("a view becomes a table and a table a view", async () => {
    const database = await made("CREATE TABLE a (x INT); CREATE VIEW b AS SELECT x FROM a;");
    expect((await changeTo(database, "CREATE TABLE b (x INT); CREATE VIEW a AS SELECT x FROM b;")).left).toEqual([]);
  });

  test("a view that does not work does not stand in the way", async () => {
    const broken = "CREATE VIEW broken AS SELECT x FROM nowhere;";
    const database = await made(`CREATE TABLE t (a INT); ${broken}`);
    expect((await changeTo(database, `CREATE TABLE t (a TEXT UNIQUE); ${broken}`)).left).toEqual([]);
  });

  test("an index moves to another table under its name", async () => {
    const database = await made("CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE INDEX i ON a (x);");
    expect(
      (await changeTo(database, "CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE UNIQUE INDEX i ON b (x);"))
        .left,
    ).toEqual([]);
  });

  test("Keelson's own tables are left alone, and a name that is taken is not used", async () => {
    const database = await made(
      "CREATE TABLE keelson_x (a INT); CREATE TABLE new_t (a INT); CREATE TABLE t (a INT); INSERT INTO t VALUES (1);",
    );
    const { plan, left } = await changeTo(database, "CREATE TABLE new_t (a INT); CREATE TABLE t (a INT UNIQUE);");
    expect(left).toEqual([]);
    expect(sqlOf(plan)).toContain("ALTER TABLE new_t_2 RENAME TO t");
    expect(await database.rows("SELECT count(*) FROM keelson_x")).toEqual([[0]]);
  });

  test("a definition that does not work anywhere is refused with SQLite's words", async () => {
    const wanted = await catalogOf("CREATE TABLE t (a INT)");
    const objects = wanted.objects.map((object) =>
      object.kind === "table" ? { ...object, source: "CREATE TABLE t (" } : object,
    );
    await expect(planChanges(await catalogOf(""), { ...wanted, objects })).rejects.toMatchObject({
      code: "plan.impossible",
      message: expect.stringContaining("incomplete input"),
    });
  });
});

test("names of any kind survive a rebuild and a rename", async () => {
  const script = (column: string, rest: string): string =>
    `CREATE TABLE "a""b.c:d" ("${column}" INT${rest}, "select" TEXT, "ä\n" TEXT);
CREATE INDEX "i.""x" ON "a""b.c:d" ("${column}");
CREATE VIEW "v.w" AS SELECT "${column}" FROM "a""b.c:d";`;
  const database = await made(`${script("x.y", "")} INSERT INTO "a""b.c:d" VALUES (1, 's', 'u');`);
  const wanted = script("x z", " UNIQUE");
  const renames = resolveRenames(
    ['"a""b.c:d"."x.y":"a""b.c:d"."x z"'],
    await database.catalog(),
    await catalogOf(wanted),
  );
  expect((await changeTo(database, wanted, { renames })).left).toEqual([]);
  expect(await database.rows('SELECT * FROM "a""b.c:d"')).toEqual([[1, "s", "u"]]);
});
