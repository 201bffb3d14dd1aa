import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseScript } from "../../../src/engines/sqlite/script/parse-script.ts";

/** Pieces of blank text that may stand between any two tokens. */
const blank = fc.constantFrom(" ", "\n", "\t", "\r\n", " -- it's; a \"comment\n", " /* ; ' */ ", "/*;*/");

/** Literals and names that hold what would end a statement. */
const literal = fc.oneof(
  fc
    .string({ unit: fc.constantFrom("a", ";", "'", '"', "`", "[", "]", "-", "/", "*", "é", "\n", "END", "BEGIN", " ") })
    .map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.constantFrom("1", "2.5e3", "x'3B27'", "NULL", "0x1F"),
);

const name = fc
  .tuple(
    fc.constantFrom('"', "`", "["),
    fc.string({ unit: fc.constantFrom("b", ";", "'", "-", "/", "*", "END", " ", '"', "`"), minLength: 1 }),
  )
  .map(([quote, text]) => (quote === "[" ? `[${text}]` : `${quote}${text.replaceAll(quote, quote + quote)}${quote}`));

const expression = fc.oneof(
  literal,
  fc
    .tuple(literal, literal, blank)
    .map(([a, b, gap]) => `CASE${gap} WHEN ${a} THEN ${b} ELSE CASE 1 WHEN 2 THEN 3 END${gap}END`),
  fc.tuple(literal, blank).map(([a, gap]) => `(SELECT${gap} ${a} ${gap} AS "end")`),
);

const statement = fc.oneof(
  fc.tuple(expression, name, blank).map(([value, alias, gap]) => `SELECT${gap} ${value} AS${gap} ${alias}`),
  fc.tuple(literal, expression, blank).map(([a, b, gap]) => `INSERT INTO t${gap}(x, y) VALUES (${a},${gap}${b})`),
  fc.tuple(expression, blank).map(([a, gap]) => `UPDATE${gap} t SET x = ${a} WHERE${gap} y = ';'`),
  fc.tuple(expression, blank).map(([a, gap]) => `DELETE${gap} FROM t WHERE x = ${a}`),
  fc.constantFrom("PRAGMA user_version = 3", "SAVEPOINT a; RELEASE a", "EXPLAIN QUERY PLAN SELECT ';'", "ANALYZE"),
);

const trigger = fc
  .tuple(
    fc.constantFrom("CREATE TRIGGER", "create temp  trigger", "CREATE TEMPORARY TRIGGER"),
    fc.integer(),
    fc.array(expression, { minLength: 1, maxLength: 3 }),
    blank,
  )
  .map(([head, id, values, gap]) => {
    const body = values.map((value) => `UPDATE u SET z = ${value}${gap};${gap}`).join("");
    return `${head}${gap} "trigger;${id}" AFTER INSERT ON t${gap} WHEN new.x <> 'BEGIN' BEGIN ${body}END`;
  });

const script = fc
  .uniqueArray(fc.oneof({ weight: 4, arbitrary: statement }, { weight: 1, arbitrary: trigger }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((statements) =>
    fc.tuple(
      fc.constant(statements),
      fc.array(blank, { minLength: statements.length, maxLength: statements.length }),
      fc.boolean(),
    ),
  );

function fresh(): Database.Database {
  const database = new Database(":memory:");
  database.exec(
    "CREATE TABLE t(x, y); CREATE TABLE u(z); INSERT INTO t VALUES (1, ';'), (2, 'b'); INSERT INTO u VALUES (0)",
  );
  return database;
}

function contents(database: Database.Database): unknown {
  return ["t", "u"]
    .map((table) => database.prepare(`SELECT * FROM ${table}`).raw().all())
    .concat(database.prepare("SELECT sql FROM sqlite_schema").raw().all());
}

test("every piece is one statement to SQLite, and together they do what the whole script does", () => {
  fc.assert(
    fc.property(script, ([statements, gaps, closed]) => {
      const text =
        statements.map((sql, index) => `${gaps[index] ?? ""}${sql}${gaps[index] ?? ""}`).join(";") +
        (closed ? ";" : "");
      const pieces = parseScript(text);
      expect(pieces).toHaveLength(
        statements.join(";").includes("RELEASE a") ? statements.length + 1 : statements.length,
      );
      const [whole, apart] = [fresh(), fresh()];
      try {
        whole.exec(text);
        for (const piece of pieces) {
          expect(text.slice(piece.offset, piece.offset + piece.sql.length)).toBe(piece.sql);
          expect(text.slice(0, piece.offset).split("\n").length).toBe(piece.line);
          // The driver refuses a text with more than one statement, and one with none.
          const prepared = apart.prepare(piece.sql);
          if (prepared.reader) prepared.all();
          else prepared.run();
        }
        expect(contents(apart)).toEqual(contents(whole));
      } finally {
        whole.close();
        apart.close();
      }
    }),
    { numRuns: 400 },
  );
});

const soup = fc.array(
  fc.constantFrom(
    "CREATE",
    "TEMP",
    "TRIGGER",
    "x",
    "AFTER INSERT ON t",
    "BEGIN",
    "END",
    ";",
    ";",
    "SELECT",
    "1",
    "'a;'",
    "-- c\n",
    "/*x*/",
    "CASE",
    "WHEN",
    "EXPLAIN",
    "CREATE TRIGGER x AFTER INSERT ON t",
    "VALUES(1)",
    ".",
    "(",
    ")",
  ),
  { maxLength: 14 },
);

function outcome(work: () => void): string {
  try {
    work();
    return "done";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test("text that is no SQL fails exactly where SQLite fails", () => {
  fc.assert(
    fc.property(soup, (words) => {
      const text = words.join(" ");
      const [whole, apart] = [fresh(), fresh()];
      try {
        const expected = outcome(() => whole.exec(`${text};`));
        let pieces: ReturnType<typeof parseScript>;
        try {
          pieces = parseScript(text);
        } catch {
          expect(expected).not.toBe("done");
          return;
        }
        const actual = outcome(() => {
          for (const piece of pieces) apart.exec(`${piece.sql};`);
        });
        expect(actual).toBe(expected);
      } finally {
        whole.close();
        apart.close();
      }
    }),
    { numRuns: 3000 },
  );
});
