/**
 * What pg_dump says of a schema, in a form in which two dumps are equal exactly when the schemas are, but for the order
 * of objects, of the columns of a table and of grants, and for the names that the server gave to NOT NULL constraints:
 * those stay when what they were made of gets another name. One block an object.
 */
export function comparableDump(dump: string): readonly string[] {
  const blocks: string[] = [];
  const parts = dump.split(/^--\n-- Name: /m);
  let settings = settingsAtEnd(parts[0] ?? "", new Map());
  for (const part of parts.slice(1)) {
    const [head = "", ...lines] = part.split("\n");
    const type = /; Type: ([A-Z ]+);/.exec(head)?.[1] ?? "";
    const body = withoutEnd(lines.slice(1)).map((line) => line.replace(madeNotNull, ""));
    const text = (isUnordered(type, body) ? sortedLines(body) : body).join("\n");
    blocks.push(`${head}${ofTable(type) ? settingsText(settings) : ""}\n${text}`);
    settings = settingsAtEnd(part, settings);
  }
  return blocks.sort();
}

/** What only one of two comparable dumps holds; empty when they are equal. */
export function dumpDifference(left: readonly string[], right: readonly string[]): string {
  const extra = without(left, right);
  const missing = without(right, left);
  if (extra.length === 0 && missing.length === 0) return "";
  const some = (blocks: readonly string[]): string => blocks.slice(0, 3).join("\n");
  return `extra:\n${some(extra)}\nmissing:\n${some(missing)}`;
}

/** Blocks of the first list that the second does not have as often. */
function without(blocks: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  return blocks.filter((block) => {
    const count = counts.get(block) ?? 0;
    counts.set(block, count - 1);
    return count <= 0;
  });
}

/** From 18 on, and in domains from 17 on, pg_dump writes such a name where it is not the one that it would be now. */
const madeNotNull = /CONSTRAINT (?:\w+_not_null\d*|"(?:[^"]|"")*_not_null\d*") (?=NOT NULL)/;

const setting = /^SET (default_tablespace|default_table_access_method) = (.*);$/;

/** pg_dump says in which tablespace and by which access method a table is made before the table's own block begins. */
function settingsAtEnd(part: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const after = new Map(before);
  for (const line of part.split("\n")) {
    const [, name, value] = setting.exec(line) ?? [];
    if (name !== undefined && value !== undefined) after.set(name, value);
  }
  return after;
}

function settingsText(settings: ReadonlyMap<string, string>): string {
  const value = (name: string): string => (settings.get(name) ?? "").replace(/^''$/, "");
  return ` [${value("default_tablespace")} ${value("default_table_access_method")}]`;
}

function ofTable(type: string): boolean {
  return type === "TABLE" || type === "MATERIALIZED VIEW";
}

function withoutEnd(lines: readonly string[]): readonly string[] {
  const kept = [...lines];
  for (let last = kept.at(-1); last !== undefined && isEnd(last); last = kept.at(-1)) kept.pop();
  return kept.filter((line) => line !== "" && line !== "--");
}

function isEnd(line: string): boolean {
  return (
    line === "" ||
    line === "--" ||
    line === "-- PostgreSQL database dump complete" ||
    setting.test(line) ||
    isGuard(line)
  );
}

/** A random word by which psql knows where a dump ends. */
function isGuard(line: string): boolean {
  return line.startsWith("\\unrestrict ");
}

/** Columns come in the order in which they were added, grants in the order in which they were given. */
function isUnordered(type: string, body: readonly string[]): boolean {
  return (
    type === "TABLE" || type === "FOREIGN TABLE" || type.endsWith("ACL") || body[0]?.startsWith("CREATE TABLE") === true
  );
}

function sortedLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trimEnd().replace(/,$/, "")).sort();
}
