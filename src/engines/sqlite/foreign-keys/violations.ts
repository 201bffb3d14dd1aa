import { isKeelsonError } from "../../../errors.ts";
import type { Value } from "../../engine.ts";
import type { SqliteSession } from "../sqlite-session.ts";

/** The rows of one child table that point at nothing. */
export interface TableViolations {
  readonly table: string;
  /** How many rows have the same values in the columns of a broken key; the values survive a rebuild, rowids may not. */
  readonly byKey: ReadonlyMap<string, Violation>;
}

interface Violation {
  readonly count: number;
  readonly parent: string;
  /** The first few rowids. */
  readonly rowids: readonly Value[];
  /** Said instead of rows when the foreign key itself is wrong. */
  readonly message: string | null;
}

interface CheckRow {
  readonly rowid: number | string | null;
  readonly parent: string;
  readonly fkid: number;
}

/** Beyond this many broken rows of a table only their number is compared. */
const comparedByValue = 1000;
const namedRowids = 5;

/** Reads what is wrong with the foreign keys of one table. */
export async function readViolations(session: SqliteSession, table: string): Promise<TableViolations> {
  const byKey = new Map<string, Violation>();
  const rows = await checkTable(session, table);
  if (typeof rows === "string") {
    byKey.set(`mismatch ${rows}`, { count: 1, parent: "", rowids: [], message: rows });
    return { table, byKey };
  }
  const columns = rows.length === 0 ? new Map<number, readonly string[]>() : await keyColumns(session, table);
  for (const [index, row] of rows.entries()) {
    const values =
      index < comparedByValue ? await keyValues(session, table, columns.get(row.fkid) ?? [], row.rowid) : null;
    const key = values ?? "?";
    const seen = byKey.get(key) ?? { count: 0, parent: row.parent, rowids: [], message: null };
    const rowids = row.rowid !== null && seen.rowids.length < namedRowids ? [...seen.rowids, row.rowid] : seen.rowids;
    byKey.set(key, { ...seen, count: seen.count + 1, rowids });
  }
  return { table, byKey };
}

/** How many rows are wrong. */
export function totals(violations: TableViolations): number {
  let sum = 0;
  for (const { count } of violations.byKey.values()) sum += count;
  return sum;
}

/**
 * Says what is wrong now and was not before. Broken values are compared over all tables together, because a renamed
 * table takes its old violations along.
 */
export function describeGrowth(
  before: ReadonlyMap<string, TableViolations>,
  after: ReadonlyMap<string, TableViolations>,
): readonly string[] {
  const spare = new Map<string, number>();
  for (const { byKey } of before.values()) {
    for (const [key, { count }] of byKey) spare.set(key, (spare.get(key) ?? 0) + count);
  }
  const problems: string[] = [];
  for (const { table, byKey } of after.values()) {
    const grown = new Map<string, { count: number; rowids: Value[] }>();
    for (const [key, violation] of byKey) {
      const old = Math.min(spare.get(key) ?? 0, violation.count);
      spare.set(key, (spare.get(key) ?? 0) - old);
      if (violation.count === old) continue;
      if (violation.message !== null) problems.push(violation.message);
      else {
        const sum = grown.get(violation.parent) ?? { count: 0, rowids: [] };
        sum.count += violation.count - old;
        sum.rowids.push(...violation.rowids);
        grown.set(violation.parent, sum);
      }
    }
    for (const [parent, { count, rowids }] of grown) problems.push(inWords(table, parent, count, rowids));
  }
  return problems;
}

function inWords(table: string, parent: string, count: number, rowids: readonly Value[]): string {
  const named = rowids.slice(0, namedRowids).join(", ");
  const more = named === "" ? "" : ` (rowid ${named}${count > namedRowids ? ", ..." : ""})`;
  const rows = count === 1 ? `1 row of ${table}${more} points` : `${count} rows of ${table}${more} point`;
  return `${rows} to a row of ${parent} that does not exist`;
}

/** The rows that violate a foreign key, or SQLite's words when the key's definition can't work at all. */
async function checkTable(session: SqliteSession, table: string): Promise<readonly CheckRow[] | string> {
  try {
    const found = await session.query<CheckRow>(
      "SELECT rowid, parent, fkid FROM pragma_foreign_key_check($1, 'main')",
      [table],
    );
    return found.rows;
  } catch (error) {
    if (isKeelsonError(error, "statement.failed") && error.message.includes("foreign key mismatch"))
      return error.message;
    throw error;
  }
}

async function keyColumns(session: SqliteSession, table: string): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = await session.query<{ readonly id: number; readonly from: string }>(
    `SELECT id, "from" FROM pragma_foreign_key_list($1, 'main') ORDER BY id, seq`,
    [table],
  );
  const columns = new Map<number, string[]>();
  for (const row of found.rows) columns.set(row.id, [...(columns.get(row.id) ?? []), row.from]);
  return columns;
}

/** The values of a row's key as text; null for a table without rowids. */
async function keyValues(
  session: SqliteSession,
  table: string,
  columns: readonly string[],
  rowid: number | string | null,
): Promise<string | null> {
  if (rowid === null || columns.length === 0) return null;
  const list = columns.map(quoted).join(", ");
  const found = await session.query(`SELECT ${list} FROM main.${quoted(table)} WHERE _rowid_ = $1`, [rowid]);
  const row = found.rows[0];
  return row === undefined ? null : JSON.stringify(Object.values(row));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
