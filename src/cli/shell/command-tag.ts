const counting = new Set(["UPDATE", "DELETE", "MERGE", "COPY"]);
const withObject = new Set(["CREATE", "ALTER", "DROP"]);
const modifiers = new Set([
  "OR",
  "REPLACE",
  "TEMP",
  "TEMPORARY",
  "UNIQUE",
  "UNLOGGED",
  "GLOBAL",
  "LOCAL",
  "RECURSIVE",
  "VIRTUAL",
  "CONSTRAINT",
]);
const firstOfTwo = new Set(["MATERIALIZED", "FOREIGN", "EVENT", "ACCESS", "TEXT", "DEFAULT"]);

/** What psql prints after a statement without rows: `CREATE TABLE`, `INSERT 0 3`, `UPDATE 2`. */
export function commandTag(sql: string, rowCount: number): string {
  const words =
    withoutComments(sql)
      .toUpperCase()
      .match(/[A-Z_]+/g) ?? [];
  const [first = ""] = words;
  if (first === "INSERT") return `INSERT 0 ${rowCount}`;
  if (counting.has(first)) return `${first} ${rowCount}`;
  if (first === "TRUNCATE") return "TRUNCATE TABLE";
  if (first === "WITH") return countingTag(words, rowCount);
  if (!withObject.has(first)) return first;
  const rest = words.slice(1).filter((word) => !modifiers.has(word));
  const object = rest.slice(0, firstOfTwo.has(rest[0] ?? "") ? 2 : 1);
  return [first, ...object].join(" ");
}

/** The statement after common table expressions can't be told from words inside them; the number of rows can. */
function countingTag(words: readonly string[], rowCount: number): string {
  const verbs = new Set(words.filter((word) => word === "INSERT" || counting.has(word)));
  const [only] = verbs;
  if (verbs.size !== 1 || only === undefined) return `OK ${rowCount}`;
  return only === "INSERT" ? `INSERT 0 ${rowCount}` : `${only} ${rowCount}`;
}

function withoutComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "");
}
