import { expect, test } from "vitest";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { catalogOf, changeTo, databaseWith, independentPicture } from "./planned-databases.ts";

/** What a schema can say, and the attribute or object in which that must show. */
const differences: readonly (readonly [what: string, one: string, other: string, seenIn: string])[] = [
  ["a type", "CREATE TABLE t (a INT)", "CREATE TABLE t (a BIGINT)", "type"],
  ["NOT NULL", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT NOT NULL)", "notNull"],
  [
    "what NOT NULL does",
    "CREATE TABLE t (a INT NOT NULL)",
    "CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE)",
    "notNullConflict",
  ],
  ["the name of NOT NULL", "CREATE TABLE t (a INT NOT NULL)", "CREATE TABLE t (a INT CONSTRAINT n NOT NULL)", "named"],
  ["a default", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT DEFAULT 0)", "default"],
  ["the text of a default", "CREATE TABLE t (a INT DEFAULT 0)", "CREATE TABLE t (a INT DEFAULT '0')", "default"],
  ["a collation", "CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT COLLATE NOCASE)", "collation"],
  ["a computed column", "CREATE TABLE t (b INT, a INT)", "CREATE TABLE t (b INT, a INT AS (b))", "generated"],
  [
    "where it is kept",
    "CREATE TABLE t (b INT, a INT AS (b))",
    "CREATE TABLE t (b INT, a INT AS (b) STORED)",
    "generated",
  ],
  ["its expression", "CREATE TABLE t (b INT, a INT AS (b))", "CREATE TABLE t (b INT, a INT AS (b + 1))", "expression"],
  ["a key", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT PRIMARY KEY)", 'constraint:main.t."primary key"'],
  [
    "the rowid as a key",
    "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)",
    "CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))",
    "rowid",
  ],
  [
    "the order of a key",
    "CREATE TABLE t (a, b, PRIMARY KEY (a, b))",
    "CREATE TABLE t (a, b, PRIMARY KEY (b, a))",
    "columns",
  ],
  [
    "ids that are never used again",
    "CREATE TABLE t (a INTEGER PRIMARY KEY)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
    "autoincrement",
  ],
  ["what a key does", "CREATE TABLE t (a INT UNIQUE)", "CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE)", "conflict"],
  ["the name of a key", "CREATE TABLE t (a INT UNIQUE)", "CREATE TABLE t (a INT CONSTRAINT u UNIQUE)", "name"],
  [
    "the collation of a key",
    "CREATE TABLE t (a, UNIQUE (a))",
    "CREATE TABLE t (a, UNIQUE (a COLLATE NOCASE))",
    'constraint:main.t."unique (a)"',
  ],
  ["a check", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT CHECK (a > 0))", 'constraint:main.t."check (a > 0)"'],
  [
    "the expression of a check",
    "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0))",
    "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 1))",
    "expression",
  ],
  [
    "the name of a check",
    "CREATE TABLE t (a, CHECK (a > 0))",
    "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0))",
    "constraint:main.t.c",
  ],
  [
    "a foreign key",
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b REFERENCES t)",
    'constraint:main.t."foreign key (b) to t"',
  ],
  [
    "what it does on delete",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t ON DELETE CASCADE)",
    "onDelete",
  ],
  [
    "what it does on update",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t ON UPDATE RESTRICT)",
    "onUpdate",
  ],
  [
    "when it is checked",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
    "deferrable",
  ],
  [
    "its columns",
    "CREATE TABLE t (a UNIQUE, b UNIQUE, c REFERENCES t (a))",
    "CREATE TABLE t (a UNIQUE, b UNIQUE, c REFERENCES t (b))",
    "referencesColumns",
  ],
  [
    "its match",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t)",
    "CREATE TABLE t (a INTEGER PRIMARY KEY REFERENCES t MATCH FULL)",
    "match",
  ],
  ["STRICT", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT) STRICT", "strict"],
  [
    "WITHOUT ROWID",
    "CREATE TABLE t (a INT PRIMARY KEY)",
    "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID",
    "withoutRowid",
  ],
  [
    "a unique index",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (a); CREATE UNIQUE INDEX i ON t (a)",
    "unique",
  ],
  [
    "the condition of an index",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 0",
    "where",
  ],
  [
    "its direction",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a DESC)",
    "columns",
  ],
  [
    "its collation",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a COLLATE NOCASE)",
    "columns",
  ],
  [
    "its expression",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a + 1)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a + 2)",
    "columns",
  ],
  ["a view", "CREATE VIEW v AS SELECT 1 AS a", "CREATE VIEW v AS SELECT 2 AS a", "definition"],
  ["what a view calls its columns", "CREATE VIEW v AS SELECT 1 + 1", "CREATE VIEW v AS SELECT 1+1", "columns"],
  [
    "a trigger",
    "CREATE TABLE t (a); CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT 1; END",
    "CREATE TABLE t (a); CREATE TRIGGER r BEFORE DELETE ON t BEGIN SELECT 1; END",
    "definition",
  ],
  [
    "a virtual table",
    "CREATE VIRTUAL TABLE f USING fts5(a)",
    "CREATE VIRTUAL TABLE f USING fts5(a, prefix = '2')",
    "definition",
  ],
];

test.each(differences)("%s is seen, and changed both ways", async (_what, one, other, seenIn) => {
  const [first, second] = [await catalogOf(one), await catalogOf(other)];
  const seen = compareCatalogs(first, second).flatMap(({ id, attributes }) => [
    id,
    ...attributes.map(({ name }) => name),
  ]);
  expect(seen).toContain(seenIn);
  const database = await databaseWith(one);
  for (const script of [other, one]) {
    expect((await changeTo(database, script)).left).toEqual([]);
    const wanted = await databaseWith(script);
    expect(await independentPicture(database)).toBe(await independentPicture(wanted));
    await wanted.close();
  }
  await database.close();
});
