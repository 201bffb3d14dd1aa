import { describe, expect, test } from "vitest";
import { canonicalText, shortName, wholeTokens } from "./canonical-text.ts";
import { parseCreateIndex } from "./parse-create-index.ts";
import { parseCreateTable } from "./parse-create-table.ts";
import type { TableDefinition } from "./table-definition.ts";

function parsed(sql: string): TableDefinition {
  const definition = parseCreateTable(sql);
  if (definition === null) throw new Error(`not taken apart: ${sql}`);
  return definition;
}

const constraintsOf = (sql: string) =>
  parsed(sql).constraints.map(({ type, name, level, columns }) => [
    type,
    name,
    level,
    columns.map((column) => column.name).join(),
  ]);

describe("parseCreateTable", () => {
  test.each([
    ["CREATE TABLE t (a)", ["a"]],
    ["CREATE TABLE t (a, b INT, [c d] VARCHAR(10, 2), `e` \"odd type\" (5), 'f')", ["a", "b", "c d", "e", "f"]],
    [
      "CREATE TABLE t (key TEXT, action, generated INT, x LONG LONG INT GENERATED ALWAYS AS (1))",
      ["key", "action", "generated", "x"],
    ],
    ["CREATE TABLE t (a DEFAULT (')'), b DEFAULT '),', c DEFAULT \",\", d /* , */)", ["a", "b", "c", "d"]],
    ["create table if not exists t(a,b check(b in(1,2)),constraint u unique(a,b))", ["a", "b"]],
  ])("%s has its columns", (sql, columns) => {
    expect(parsed(sql).columns.map((column) => column.name)).toEqual(columns);
  });

  test("clauses of a column stand in any order", () => {
    const [a, b, c] = parsed(
      "CREATE TABLE t (a TEXT COLLATE NOCASE CONSTRAINT nn NOT NULL ON CONFLICT IGNORE DEFAULT -1.5, b DEFAULT CURRENT_TIME NULL, c AS (a || b) STORED)",
    ).columns;
    expect(a).toMatchObject({ collation: "NOCASE", notNull: true, notNullConflict: "IGNORE", named: ["not null nn"] });
    expect(canonicalText(a?.default ?? [])).toBe("- 1.5");
    expect(a?.defaultVaries).toBe(false);
    expect(b).toMatchObject({ notNull: false, defaultVaries: true });
    expect(canonicalText(c?.generated?.expression ?? [])).toBe("a || b");
    expect(c?.generated?.stored).toBe(true);
  });

  test("constraints of columns and of the table", () => {
    expect(
      constraintsOf(
        "CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT ROLLBACK AUTOINCREMENT UNIQUE CHECK (a > 0), b REFERENCES p, CONSTRAINT u UNIQUE (a COLLATE RTRIM DESC, b) ON CONFLICT REPLACE CONSTRAINT f FOREIGN KEY (a, b) REFERENCES q (x, y) CHECK (b))",
      ),
    ).toEqual([
      ["primary key", "pk", "column", "a"],
      ["unique", null, "column", "a"],
      ["check", null, "column", ""],
      ["foreign key", null, "column", "b"],
      ["unique", "u", "table", "a,b"],
      ["foreign key", "f", "table", "a,b"],
      ["check", null, "table", ""],
    ]);
  });

  test("everything that a foreign key can say", () => {
    const [column, table] = parsed(
      "CREATE TABLE t (a REFERENCES p (x) ON UPDATE SET NULL MATCH full ON DELETE NO ACTION NOT NULL DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (a) REFERENCES q NOT DEFERRABLE)",
    ).constraints;
    expect(column?.references).toEqual({
      table: "p",
      columns: ["x"],
      onUpdate: "SET NULL",
      onDelete: "NO ACTION",
      match: "FULL",
      deferrable: "DEFERRABLE INITIALLY DEFERRED",
    });
    expect(table?.references).toMatchObject({ table: "q", columns: null, deferrable: "NOT DEFERRABLE" });
  });

  test("AUTOINCREMENT inside a key of the table", () => {
    const [key] = parsed("CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))").constraints;
    expect(key).toMatchObject({ autoincrement: true, columns: [{ name: "a", collation: null, descending: false }] });
  });

  test.each([
    "CREATE VIRTUAL TABLE t USING fts5(a)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TABLE t (a",
    "",
    "CREATE TABLE t (1)",
  ])("%s is no table that can be taken apart", (sql) => {
    expect(parseCreateTable(sql)).toBeNull();
  });
});

describe("parseCreateIndex", () => {
  test("parts, directions and condition", () => {
    const index = parseCreateIndex(
      "CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE ASC, max(b, c) DESC, d) WHERE a IS NOT NULL AND b>1",
    );
    expect(index?.parts.map((part) => [canonicalText(part.expression), part.descending])).toEqual([
      ["a COLLATE NOCASE", false],
      ["max ( b , c )", true],
      ["d", false],
    ]);
    expect(canonicalText(index?.where ?? [])).toBe("a IS NOT NULL AND b > 1");
    expect(parseCreateIndex("CREATE TABLE t (a)")).toBeNull();
  });
});

describe("canonicalText", () => {
  const canonical = (sql: string): string => canonicalText(wholeTokens(sql));

  test.each([
    ["a<=1 and b->>'$.x'<>c||d", "a <= 1 AND b ->> '$.x' <> c || d"],
    ['"plain" [Odd name] `select` "a""b"', 'plain "Odd name" "select" "a""b"'],
    ["x -- comment\n/* more */ is Null", "x IS NULL"],
    ["'It''s' x'0F' 1e5 :p", "'It''s' x'0F' 1e5 :p"],
    ["a - -1", "a - - 1"],
  ])("%s", (sql, text) => {
    expect(canonical(sql)).toBe(text);
    expect(canonical(text)).toBe(text);
  });

  test("names keep quotes that they need", () => {
    expect(["users", "Users", "order", "a b", "1a", "true", 'a"b', ""].map(shortName)).toEqual([
      "users",
      "Users",
      '"order"',
      '"a b"',
      '"1a"',
      '"true"',
      '"a""b"',
      '""',
    ]);
  });
});
