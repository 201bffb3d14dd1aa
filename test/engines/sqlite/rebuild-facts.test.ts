import { afterEach, describe, expect, test } from "vitest";
import { changeTo, databaseWith, independentPicture, type PlannedDatabase } from "./planned-databases.ts";

const open: PlannedDatabase[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

async function made(script: string): Promise<PlannedDatabase> {
  const database = await databaseWith(script);
  open.push(database);
  return database;
}

/** Runs the change and expects the wanted schema, by Keelson's reading and without it. */
async function change(database: PlannedDatabase, script: string): Promise<readonly string[]> {
  const { plan, left } = await changeTo(database, script);
  expect(left).toEqual([]);
  expect(await independentPicture(database)).toBe(await independentPicture(await made(script)));
  return plan.statements.map((statement) => statement.sql);
}

const isRebuild = (statements: readonly string[], table: string): boolean =>
  statements.includes(`ALTER TABLE new_${table} RENAME TO ${table}`);

describe("what a rebuild must survive in SQLite", () => {
  test("1: children that would be deleted with their parent stay", async () => {
    const children = "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE);";
    const database = await made(`CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT); ${children}
INSERT INTO p VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (10, 1), (11, 2);`);
    const statements = await change(database, `CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT UNIQUE); ${children}`);
    expect(statements[0]).toBe("PRAGMA foreign_keys = OFF");
    expect(isRebuild(statements, "p")).toBe(true);
    expect(await database.rows("SELECT * FROM c")).toEqual([
      [10, 1],
      [11, 2],
    ]);
    expect(await database.rows("SELECT * FROM p")).toEqual([
      [1, "x"],
      [2, "y"],
    ]);
  });

  test("1: rows that would point at nothing stop the whole change", async () => {
    const database = await made(
      "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER); INSERT INTO c VALUES (7);",
    );
    const before = await independentPicture(database);
    await expect(
      changeTo(database, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (id));"),
    ).rejects.toThrow(/does not exist/);
    expect(await independentPicture(database)).toBe(before);
    expect(await database.rows("SELECT * FROM c")).toEqual([[7]]);
  });

  test("2: views of views and triggers elsewhere that name the table", async () => {
    const around = `CREATE TABLE log (what TEXT);
CREATE VIEW v AS SELECT id, a FROM p;
CREATE VIEW w AS SELECT a FROM v;
CREATE TABLE other (x INTEGER);
CREATE TRIGGER elsewhere AFTER INSERT ON other BEGIN INSERT INTO log SELECT a FROM p WHERE id = new.x; END;
CREATE TRIGGER on_view INSTEAD OF INSERT ON w BEGIN INSERT INTO p (a) VALUES (new.a); END;`;
    const database = await made(
      `CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT); ${around} INSERT INTO p VALUES (1, 'x');`,
    );
    const statements = await change(
      database,
      `CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE); ${around}`,
    );
    expect(isRebuild(statements, "p")).toBe(true);
    await database.session.script(["INSERT INTO other VALUES (1)", "INSERT INTO w VALUES ('y')"]);
    expect(await database.rows("SELECT what FROM log")).toEqual([["x"]]);
    expect(await database.rows("SELECT a FROM w ORDER BY 1")).toEqual([["x"], ["y"]]);
  });

  test("3: indexes and triggers of the table", async () => {
    const around = `CREATE TABLE log (what TEXT);
CREATE UNIQUE INDEX one ON p (lower(a), id DESC) WHERE a <> 'z';
CREATE INDEX two ON p (a COLLATE NOCASE);
CREATE TRIGGER own AFTER DELETE ON p BEGIN INSERT INTO log VALUES (old.a); END;`;
    const database = await made(
      `CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT); ${around} INSERT INTO p VALUES (1, 'x');`,
    );
    const statements = await change(database, `CREATE TABLE p (id INTEGER PRIMARY KEY, a BLOB); ${around}`);
    expect(isRebuild(statements, "p")).toBe(true);
    // The old table went away with its rows, and its trigger must not have seen that.
    expect(await database.rows("SELECT * FROM log")).toEqual([]);
    await database.session.query("DELETE FROM p");
    expect(await database.rows("SELECT * FROM log")).toEqual([["x"]]);
  });

  test("4: foreign keys still point to the table", async () => {
    const child = "CREATE TABLE c (p INTEGER REFERENCES p, self INTEGER UNIQUE REFERENCES c (self));";
    const database = await made(`CREATE TABLE p (id INTEGER PRIMARY KEY, up INTEGER REFERENCES p (id)); ${child}`);
    const after = `CREATE TABLE p (id INTEGER PRIMARY KEY, up INTEGER REFERENCES p (id) ON DELETE SET NULL); ${child}`;
    expect(isRebuild(await change(database, after), "p")).toBe(true);
    expect(await database.rows(`SELECT "table" FROM pragma_foreign_key_list('c') ORDER BY 1`)).toEqual([["c"], ["p"]]);
    expect(await database.rows(`SELECT "table", on_delete FROM pragma_foreign_key_list('p')`)).toEqual([
      ["p", "SET NULL"],
    ]);
  });

  test("5: ids are not used again", async () => {
    const table = (rest: string): string => `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT${rest});`;
    const database = await made(
      `${table("")} INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id = 3;`,
    );
    expect(isRebuild(await change(database, table(" UNIQUE")), "t")).toBe(true);
    expect(await database.rows("SELECT * FROM sqlite_sequence")).toEqual([["t", 3]]);
    await database.session.query("INSERT INTO t (a) VALUES ('new')");
    expect(await database.rows("SELECT max(id) FROM t")).toEqual([[4]]);
  });

  test("5: also of a table that is empty by now", async () => {
    const table = (rest: string): string => `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT${rest});`;
    const database = await made(`${table("")} INSERT INTO t (a) VALUES ('x'); DELETE FROM t;`);
    await change(database, table(" UNIQUE"));
    expect(await database.rows("SELECT * FROM sqlite_sequence")).toEqual([["t", 1]]);
  });

  test("6: rowids, and the index for full-text search that knows rows by them", async () => {
    const search = `CREATE VIRTUAL TABLE docs_fts USING fts5 (body, content = 'docs');
CREATE TRIGGER docs_add AFTER INSERT ON docs BEGIN INSERT INTO docs_fts (rowid, body) VALUES (new.rowid, new.body); END;`;
    const database = await made(`CREATE TABLE docs (name TEXT PRIMARY KEY, body TEXT); ${search}
INSERT INTO docs (rowid, name, body) VALUES (50, 'a', 'green apples'), (7, 'b', 'red pears'), (30, 'c', 'green pears');`);
    const statements = await change(
      database,
      `CREATE TABLE docs (name TEXT PRIMARY KEY, body TEXT NOT NULL, note TEXT UNIQUE); ${search}`,
    );
    expect(isRebuild(statements, "docs")).toBe(true);
    expect(await database.rows("SELECT rowid, name FROM docs ORDER BY rowid")).toEqual([
      [7, "b"],
      [30, "c"],
      [50, "a"],
    ]);
    const found =
      "SELECT d.name FROM docs_fts AS f JOIN docs AS d ON d.rowid = f.rowid WHERE docs_fts MATCH 'green' ORDER BY 1";
    expect(await database.rows(found)).toEqual([["a"], ["c"]]);
    await database.session.query("INSERT INTO docs (name, body) VALUES ('d', 'green plums')");
    expect(await database.rows(found)).toEqual([["a"], ["c"], ["d"]]);
  });

  test("6: rowids where a column has taken their name", async () => {
    const database = await made(
      "CREATE TABLE t (rowid TEXT, oid TEXT); INSERT INTO t (_rowid_, rowid) VALUES (9, 'x');",
    );
    await change(database, "CREATE TABLE t (rowid TEXT, oid TEXT UNIQUE);");
    expect(await database.rows("SELECT _rowid_ AS id, rowid AS text FROM t")).toEqual([[9, "x"]]);
  });

  test("7: a column that an index, a view and triggers name is dropped all the same", async () => {
    const database = await made(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); CREATE TABLE log (x TEXT);
CREATE INDEX by_b ON t (b);
CREATE VIEW v AS SELECT id, b FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN INSERT INTO log VALUES (new.b); END;
CREATE TRIGGER far AFTER INSERT ON log BEGIN UPDATE t SET a = 'log' WHERE b = new.x; END;
INSERT INTO t VALUES (1, 'x', 'y');`);
    const statements = await change(
      database,
      `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE log (x TEXT);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (new.a); END;`,
    );
    expect(statements).toContain("ALTER TABLE t DROP COLUMN b");
    expect(await database.rows("SELECT * FROM t")).toEqual([[1, "x"]]);
  });

  test.each([
    ["a key", "b TEXT UNIQUE", ""],
    ["a key of the table", "b TEXT", ", UNIQUE (a, b)"],
    ["a check of the table", "b TEXT", ", CHECK (a <> b)"],
    ["a check of another column", "b TEXT, c TEXT CHECK (c <> b)", ""],
    ["a computed column", "b TEXT, c TEXT AS (b || 'x')", ""],
    ["a foreign key", "b INTEGER, FOREIGN KEY (b) REFERENCES t (id)", ""],
  ])("7: a column in %s makes a rebuild", async (_what, columns, constraints) => {
    const database = await made(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, ${columns}${constraints}); INSERT INTO t (a) VALUES ('x');`,
    );
    const rest = columns.includes("c TEXT") ? ", c TEXT" : "";
    expect(isRebuild(await change(database, `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT${rest});`), "t")).toBe(
      true,
    );
    expect(await database.rows("SELECT id, a FROM t")).toEqual([[1, "x"]]);
  });

  test("8: a renamed column is followed by checks, indexes, views and triggers", async () => {
    const script = (column: string): string => `CREATE TABLE log (x TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, ${column} TEXT CHECK (length(${column}) > 1), up TEXT AS (upper(${column})));
CREATE INDEX i ON t (lower(${column})) WHERE ${column} <> 'z';
CREATE VIEW v AS SELECT ${column} AS x FROM t;
CREATE TRIGGER tr AFTER UPDATE OF ${column} ON t BEGIN INSERT INTO log VALUES (new.${column}); END;`;
    const database = await made(`${script("mail")} INSERT INTO t (mail) VALUES ('ab');`);
    const { plan, left } = await changeTo(database, script("email"), {
      renames: [{ kind: "column", from: "column:main.t.mail", to: "column:main.t.email" }],
    });
    expect(left).toEqual([]);
    expect(plan.statements.map(({ sql }) => sql)).toEqual(["ALTER TABLE t RENAME COLUMN mail TO email"]);
    expect(await database.rows("SELECT id, email, up FROM t")).toEqual([[1, "ab", "AB"]]);
  });

  test("9: NOT NULL and checks change in place, and rows are looked at", async () => {
    const database = await made(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT /* kept */, b TEXT NOT NULL, CONSTRAINT old CHECK (a <> 'x')) STRICT; INSERT INTO t VALUES (1, 'q', 'r');",
    );
    const after =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, CONSTRAINT new CHECK (a <> 'y' OR length(t.a) > id)) STRICT;";
    expect(await change(database, after)).toEqual([
      "ALTER TABLE t DROP CONSTRAINT old",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
      "ALTER TABLE t ALTER COLUMN b DROP NOT NULL",
      "ALTER TABLE t ADD CONSTRAINT new CHECK (a <> 'y' OR length(t.a) > id)",
    ]);
    expect(await database.rows("SELECT sql LIKE '%kept%' FROM sqlite_schema WHERE name = 't'")).toEqual([[1]]);
    await expect(changeTo(database, after.replace("<> 'y'", "<> 'q'"))).rejects.toThrow(/constraint failed/);
    expect(await database.rows("SELECT * FROM t")).toEqual([[1, "q", "r"]]);
  });

  test.each(["a > 0", "a / b > 0", "nullif(b, 1) > 0", "a IS NULL OR a > 0", "CASE WHEN b > 9 THEN 1 END"])(
    "10: CHECK (%s) may be NULL, which rows may and ADD CHECK may not",
    async (condition) => {
      const table = (rest: string): string => `CREATE TABLE t (a INT, b INT NOT NULL${rest});`;
      const database = await made(`${table("")} INSERT INTO t VALUES (NULL, 1);`);
      expect(isRebuild(await change(database, table(`, CHECK (${condition})`)), "t")).toBe(true);
      expect(await database.rows("SELECT * FROM t")).toEqual([[null, 1]]);
    },
  );

  test("an end after any of its statements leaves everything as it was", async () => {
    const around =
      "CREATE INDEX i ON p (a); CREATE VIEW v AS SELECT a FROM p; CREATE TRIGGER tr AFTER DELETE ON p BEGIN SELECT 1; END;";
    const table = (rest: string): string =>
      `CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT${rest}); ${around}`;
    const database = await made(`${table("")} INSERT INTO p (a) VALUES ('x'), ('y'); DELETE FROM p WHERE id = 2;`);
    const wanted = await made(table(" UNIQUE"));
    const plan = await database.engine.planChanges(await database.catalog(), await wanted.catalog());
    const statements = plan.statements.map(({ sql }) => sql).filter((sql) => !sql.startsWith("PRAGMA"));
    const before = await independentPicture(database);
    expect(statements.length).toBeGreaterThan(8);
    await database.session.query("PRAGMA foreign_keys=OFF");
    for (let count = 1; count <= statements.length; count++) {
      await database.session.script(["BEGIN", ...statements.slice(0, count)]);
      await database.session.rollback();
      expect(await independentPicture(database)).toBe(before);
      expect(await database.rows("SELECT * FROM p")).toEqual([[1, "x"]]);
      expect(await database.rows("SELECT * FROM sqlite_sequence")).toEqual([["p", 2]]);
    }
  });
});
