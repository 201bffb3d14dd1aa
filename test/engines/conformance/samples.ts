import type { Dialect, ParsedStatement, Settlement } from "../../../src/engines/engine.ts";

/** Statements of one dialect that the suite uses where the dialects differ. */
export interface Samples {
  /** Makes a small schema: tables with keys, an index, a view, a trigger. */
  readonly schema: readonly string[];
  /** Ids that the catalog of `schema` must hold, among others. */
  readonly objects: readonly string[];
  /** Changes that must show in the catalog, each with the id it shows at. */
  readonly changes: readonly (readonly [statement: string, id: string])[];
  readonly modes: readonly (readonly [statement: string, mode: ParsedStatement["mode"]])[];
  readonly destroys: readonly (readonly [statement: string, words: RegExp | null])[];
  /** Scripts that the grammar refuses, with the line that must be named. */
  readonly syntax: readonly (readonly [script: string, line: number])[];
  /** An expression for bytes, and expressions with the values they must give. */
  readonly values: readonly (readonly [expression: string, value: unknown])[];
  /** Statements outside a transaction; `ran` says whether they take effect before they are settled. */
  readonly settles: readonly {
    readonly before: readonly string[];
    readonly statement: string;
    readonly ran: boolean;
    readonly answer: Settlement;
  }[];
  /** A statement with exactly one wrong token, marked by a caret in front of it. */
  readonly misplaced: string;
}

const shared = {
  tables: [
    "CREATE TABLE users (id integer NOT NULL PRIMARY KEY, email varchar(200) NOT NULL UNIQUE, age integer DEFAULT 18 CHECK (age > 0))",
    'CREATE TABLE "Order Items" (id integer NOT NULL PRIMARY KEY, user_id integer REFERENCES users (id) ON DELETE CASCADE, note text)',
    'CREATE INDEX items_by_user ON "Order Items" (user_id)',
    "CREATE VIEW adults AS SELECT id FROM users WHERE age >= 18",
  ],
  changes: [
    ["ALTER TABLE users ADD COLUMN nickname varchar(50)", "users.nickname"],
    ["DROP INDEX items_by_user", "items_by_user"],
    ["DROP VIEW adults", "adults"],
  ],
  destroys: [
    ["DROP TABLE users", /drops? table.*users/i],
    ["ALTER TABLE users DROP COLUMN age", /drops? column.*age/i],
    ["CREATE TABLE t (x integer)", null],
    ["DELETE FROM users WHERE id = 1", null],
    ["DROP INDEX items_by_user", null],
  ],
  syntax: [
    ["SELECT 1;\nSELEC 2", 2],
    ["SELECT 1;\n\n  SELECT 'open", 3],
    ["CREATE TABLE t (\n  x integer,\n  y integer integer integer)\n;\nSELECT FROM WHERE", 5],
  ],
} as const;

/** The samples of each dialect. */
export const samples: Readonly<Record<Dialect, Samples>> = {
  sqlite: {
    schema: [
      ...shared.tables,
      "CREATE TRIGGER touch AFTER INSERT ON users BEGIN UPDATE users SET age = 20 WHERE id = new.id; SELECT 1; END",
    ],
    objects: [
      "table:main.users",
      "column:main.users.email",
      'table:main."Order Items"',
      "view:main.adults",
      "trigger:main.users.touch",
    ],
    changes: shared.changes,
    modes: [
      ["CREATE TABLE t (x integer)", "transactional"],
      ["VACUUM", "autocommit"],
      ["PRAGMA journal_mode = DELETE", "autocommit"],
      ["PRAGMA foreign_keys = OFF", "setting"],
      ["BEGIN", "control"],
      ["COMMIT", "control"],
      ["ROLLBACK", "control"],
    ],
    destroys: [...shared.destroys, ["DELETE FROM users", /users/]],
    // SQLite accepts any words as a type, so the third script fails only at its second statement.
    syntax: [...shared.syntax, ["SELECT 1;\n.tables", 2]],
    values: [
      ["x'00ff'", "\\x00ff"],
      ["1 = 1", 1],
      ["9007199254740993", "9007199254740993"],
      ["-9007199254740991", -9007199254740991],
      ["1.5", 1.5],
      ["9e999", "Infinity"],
    ],
    settles: [
      { before: [], statement: "VACUUM", ran: true, answer: "repeat" },
      { before: [], statement: "PRAGMA journal_mode = DELETE", ran: true, answer: "repeat" },
      { before: [], statement: "ATTACH ':memory:' AS other", ran: true, answer: "done" },
      { before: [], statement: "ATTACH ':memory:' AS other", ran: false, answer: "repeat" },
      { before: [], statement: "CREATE TABLE s (x)", ran: false, answer: "repeat" },
      { before: [], statement: "CREATE TABLE s (x)", ran: true, answer: "done" },
      { before: ["CREATE TABLE s (x)"], statement: "INSERT INTO s VALUES (1)", ran: true, answer: "unknown" },
    ],
    misplaced: "SELECT 1 AS a,\n 2 AS b FROM sqlite_schema ^WHER a = 1",
  },
  postgres: {
    schema: [
      ...shared.tables,
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN NEW.age := 20; RETURN NEW; END $body$",
      "CREATE TRIGGER touch BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    ],
    objects: [
      "table:public.users",
      "column:public.users.email",
      'table:public."Order Items"',
      "view:public.adults",
      "trigger:public.users.touch",
    ],
    changes: shared.changes,
    modes: [
      ["CREATE TABLE t (x integer)", "transactional"],
      ["VACUUM", "autocommit"],
      ["CREATE INDEX CONCURRENTLY i ON users (age)", "autocommit"],
      ["CREATE DATABASE other", "autocommit"],
      ["BEGIN", "control"],
      ["COMMIT", "control"],
      ["ROLLBACK", "control"],
    ],
    destroys: [...shared.destroys, ["TRUNCATE users", /users/]],
    syntax: shared.syntax.map(([script, line], index) => [script, index === 2 ? 3 : line] as const),
    values: [
      ["'\\x00ff'::bytea", "\\x00ff"],
      ["true", true],
      ["9007199254740993::bigint", "9007199254740993"],
      ["-9007199254740991::bigint", -9007199254740991],
      ["1.5::float8", 1.5],
      ["'2024-01-02'::date", "2024-01-02"],
    ],
    settles: [
      { before: [], statement: "VACUUM", ran: true, answer: "repeat" },
      {
        before: ["CREATE TABLE s (x integer)"],
        statement: "CREATE INDEX CONCURRENTLY s_x ON s (x)",
        ran: true,
        answer: "done",
      },
      {
        before: ["CREATE TABLE s (x integer)"],
        statement: "CREATE INDEX CONCURRENTLY s_x ON s (x)",
        ran: false,
        answer: "repeat",
      },
    ],
    misplaced: "SELECT 1 AS a,\n 2 AS b FROM pg_class ^WHER a = 1",
  },
};
