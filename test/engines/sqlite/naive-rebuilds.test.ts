import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { changeTo, databaseWith, independentPicture } from "./planned-databases.ts";

/** One thing that SQLite does to a table that is rebuilt, with rows in which it shows. */
interface Fact {
  readonly what: string;
  readonly before: string;
  /** What a person or a simple program would run. */
  readonly naive: readonly string[];
  readonly after: string;
  readonly ask: string;
  /** What the question gives after the naive way: rows, or the error with which it ends. */
  readonly breaks: readonly unknown[][] | RegExp;
  readonly keeps: readonly unknown[][];
}

const copyTo = (table: string, definition: string, columns: string): readonly string[] => [
  `CREATE TABLE new_${table} ${definition}`,
  `INSERT INTO new_${table} (${columns}) SELECT ${columns} FROM ${table}`,
  `DROP TABLE ${table}`,
  `ALTER TABLE new_${table} RENAME TO ${table}`,
];

const children = `CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE CASCADE);
INSERT INTO p VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (10, 1), (11, 2);`;
const parent = "(id INTEGER PRIMARY KEY, a TEXT)";
const uniqueParent = "(id INTEGER PRIMARY KEY, a TEXT UNIQUE)";

const facts: readonly Fact[] = [
  {
    what: "1: foreign keys turned off inside the transaction delete the children",
    before: `CREATE TABLE p ${parent}; ${children}`,
    naive: ["BEGIN", "PRAGMA foreign_keys = OFF", ...copyTo("p", uniqueParent, "id, a"), "COMMIT"],
    after: `CREATE TABLE p ${uniqueParent}; CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE CASCADE);`,
    ask: "SELECT * FROM c",
    breaks: [],
    keeps: [
      [10, 1],
      [11, 2],
    ],
  },
  {
    what: "1: deferring foreign keys deletes them too",
    before: `CREATE TABLE p ${parent}; ${children}`,
    naive: ["BEGIN", "PRAGMA defer_foreign_keys = ON", ...copyTo("p", uniqueParent, "id, a"), "COMMIT"],
    after: `CREATE TABLE p ${uniqueParent}; CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE CASCADE);`,
    ask: "SELECT count(*) FROM c",
    breaks: [[0]],
    keeps: [[2]],
  },
  {
    what: "1: SET NULL forgets where the children belong",
    before: `CREATE TABLE p ${parent}; ${children.replace("CASCADE", "SET NULL")}`,
    naive: copyTo("p", uniqueParent, "id, a"),
    after: `CREATE TABLE p ${uniqueParent}; CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE SET NULL);`,
    ask: "SELECT p FROM c",
    breaks: [[null], [null]],
    keeps: [[1], [2]],
  },
  {
    what: "2: a view that names the table stops the rename",
    before: `CREATE TABLE p ${parent}; CREATE VIEW v AS SELECT a FROM p; INSERT INTO p VALUES (1, 'x');`,
    naive: copyTo("p", uniqueParent, "id, a"),
    after: `CREATE TABLE p ${uniqueParent}; CREATE VIEW v AS SELECT a FROM p;`,
    ask: "SELECT * FROM v",
    breaks: /error in view v: no such table: main\.p/,
    keeps: [["x"]],
  },
  {
    what: "2: a trigger of another table that names it does as well",
    before: `CREATE TABLE p ${parent}; CREATE TABLE o (x); CREATE TRIGGER r AFTER INSERT ON o BEGIN UPDATE p SET a = new.x; END; INSERT INTO p VALUES (1, 'x');`,
    naive: copyTo("p", uniqueParent, "id, a"),
    after: `CREATE TABLE p ${uniqueParent}; CREATE TABLE o (x); CREATE TRIGGER r AFTER INSERT ON o BEGIN UPDATE p SET a = new.x; END;`,
    ask: "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'o'",
    breaks: /error in trigger r: no such table: main\.p/,
    keeps: [[1]],
  },
  {
    what: "3: indexes and triggers of the table are gone",
    before: `CREATE TABLE p ${parent}; CREATE INDEX i ON p (a); CREATE TRIGGER r AFTER DELETE ON p BEGIN SELECT 1; END; INSERT INTO p VALUES (1, 'x');`,
    naive: copyTo("p", uniqueParent, "id, a"),
    after: `CREATE TABLE p ${uniqueParent}; CREATE INDEX i ON p (a); CREATE TRIGGER r AFTER DELETE ON p BEGIN SELECT 1; END;`,
    ask: "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 2",
    breaks: [["table", "p"]],
    keeps: [
      ["index", "i"],
      ["table", "p"],
      ["trigger", "r"],
    ],
  },
  {
    what: "4: renaming the old table away first turns the children's foreign keys",
    before: `CREATE TABLE p ${parent}; ${children}`,
    naive: [
      "PRAGMA foreign_keys = OFF",
      "ALTER TABLE p RENAME TO old_p",
      `CREATE TABLE p ${uniqueParent}`,
      "INSERT INTO p SELECT * FROM old_p",
      "DROP TABLE old_p",
    ],
    after: `CREATE TABLE p ${uniqueParent}; CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE CASCADE);`,
    ask: `SELECT "table" FROM pragma_foreign_key_list('c')`,
    breaks: [["old_p"]],
    keeps: [["p"]],
  },
  {
    what: "5: ids of deleted rows are given again",
    before:
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id = 3;",
    naive: copyTo("t", "(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE)", "id, a"),
    after: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE);",
    ask: "INSERT INTO t (a) VALUES ('new') RETURNING id",
    breaks: [[3]],
    keeps: [[4]],
  },
  {
    what: "6: rows get other rowids, and a search finds other rows",
    before: `CREATE TABLE d (name TEXT PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'd');
INSERT INTO d (rowid, name, body) VALUES (7, 'b', 'red'), (50, 'a', 'green'); INSERT INTO f (f) VALUES ('rebuild');`,
    naive: copyTo("d", "(name TEXT PRIMARY KEY, body TEXT UNIQUE)", "name, body"),
    after:
      "CREATE TABLE d (name TEXT PRIMARY KEY, body TEXT UNIQUE); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'd');",
    ask: "SELECT d.name FROM f JOIN d ON d.rowid = f.rowid WHERE f MATCH 'green'",
    breaks: [],
    keeps: [["a"]],
  },
  {
    what: "6: and where another column becomes the rowid, the search is filled again",
    before: `CREATE TABLE d (id INT, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'd');
INSERT INTO d VALUES (7, 'red'), (50, 'green'); INSERT INTO f (f) VALUES ('rebuild');`,
    naive: copyTo("d", "(id INTEGER PRIMARY KEY, body TEXT)", "id, body"),
    after:
      "CREATE TABLE d (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'd');",
    ask: "SELECT rowid FROM f WHERE f MATCH 'green'",
    breaks: [[2]],
    keeps: [[50]],
  },
  ...[
    "CREATE INDEX u ON t (b)",
    "CREATE VIEW u AS SELECT b FROM t",
    "CREATE TRIGGER u AFTER UPDATE OF b ON t BEGIN SELECT new.b; END",
  ].map(
    (user): Fact => ({
      what: `7: a column is not dropped while something uses it: ${user}`,
      before: `CREATE TABLE t (a INT, b INT); ${user}; INSERT INTO t VALUES (1, 2);`,
      naive: ["ALTER TABLE t DROP COLUMN b"],
      after: "CREATE TABLE t (a INT);",
      ask: "SELECT * FROM t",
      breaks: /error in (index|view|trigger) u/,
      keeps: [[1]],
    }),
  ),
  {
    what: "8: a rename is followed everywhere, so that what was written for the old name is not made again",
    before:
      "CREATE TABLE t (a INT CHECK (a > 0)); CREATE INDEX i ON t (a) WHERE a > 1; CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (5);",
    naive: ["ALTER TABLE t RENAME COLUMN a TO b", "DROP VIEW v", "CREATE VIEW v AS SELECT a FROM t"],
    after:
      "CREATE TABLE t (b INT CHECK (b > 0)); CREATE INDEX i ON t (b) WHERE b > 1; CREATE VIEW v AS SELECT b AS a FROM t;",
    ask: "SELECT a FROM v",
    breaks: /no such column: a/,
    keeps: [[5]],
  },
  {
    what: "9: a change in place looks at the rows, and a rebuild by a copy that leaves rows out does not",
    before: "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (1);",
    naive: [
      "CREATE TABLE new_t (a INT UNIQUE ON CONFLICT IGNORE)",
      "INSERT INTO new_t SELECT * FROM t",
      "DROP TABLE t",
      "ALTER TABLE new_t RENAME TO t",
    ],
    after: "CREATE TABLE t (a INT NOT NULL, CONSTRAINT c CHECK (a > 0));",
    ask: "SELECT count(*) FROM t",
    breaks: [[1]],
    keeps: [[2]],
  },
];

describe("facts of SQLite that lose something, and a plan that does not", () => {
  test.each(facts.map((fact) => [fact.what, fact] as const))("%s", async (_what, fact) => {
    expectBroken(fact);
    const database = await databaseWith(fact.before);
    const renames = fact.what.startsWith("8")
      ? [{ kind: "column", from: "column:main.t.a", to: "column:main.t.b" } as const]
      : [];
    expect((await changeTo(database, fact.after, { renames })).left).toEqual([]);
    const wanted = await databaseWith(fact.after);
    expect(await independentPicture(database)).toBe(await independentPicture(wanted));
    expect(await database.rows(fact.ask)).toEqual(fact.keeps);
    await database.close();
    await wanted.close();
  });
});

function expectBroken({ before, naive, ask, breaks }: Fact): void {
  const database = new Database(":memory:");
  database.exec(`PRAGMA foreign_keys = ON; ${before}`);
  const run = (): unknown => {
    for (const sql of naive) database.exec(sql);
    return database.prepare(ask).raw(true).all();
  };
  if (breaks instanceof RegExp) expect(run).toThrow(breaks);
  else expect(run()).toEqual(breaks);
  database.close();
}
