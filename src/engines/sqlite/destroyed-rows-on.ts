import type { Catalog } from "../../catalog/catalog.ts";
import { isKeelsonError } from "../../errors.ts";
import { lostRowsText, mostCounted } from "../../plan/lost-rows.ts";
import type { ParsedStatement, Session } from "../engine.ts";
import { elaborate } from "./elaborate.ts";
import { columnLosses } from "./plan/copied-value.ts";
import { columnName, type TableModel, tableModels } from "./plan/table-model.ts";
import { destroyedRows } from "./script/destroyed-rows.ts";
import { findRebuilds, type Rebuild } from "./script/find-rebuilds.ts";
import type { TableCopy } from "./script/read-copy.ts";
import { readPragma } from "./script/statement-tokens.ts";
import { type TableEvent, tableEvent } from "./script/table-events.ts";
import { foldName, readTokens, type Token } from "./script/tokens.ts";
import { identifier } from "./sql-text.ts";

/**
 * What statements destroy that run one after the other on a database with this catalog, with how many rows or values the
 * session sees of it now. A table that is rebuilt keeps its rows where every column that it has at that moment is copied as it
 * is; that moment is made on a database in memory.
 */
export async function destroyedRowsOn(
  session: Session | null,
  statements: readonly ParsedStatement[],
  catalog: () => Promise<Catalog>,
): Promise<readonly (string | null)[]> {
  const tokens = statements.map((statement) => [...readTokens(statement.sql)]);
  const found = await lossesOn(tokens, statements, catalog);
  return session === null ? found : await withCounts(session, found, tokens);
}

async function withCounts(
  session: Session,
  found: readonly (string | null)[],
  tokens: readonly (readonly Token[])[],
): Promise<readonly (string | null)[]> {
  const events = tokens.map(tableEvent);
  const counted: (string | null)[] = [];
  for (const [index, words] of found.entries()) {
    const event = events[index];
    if (words === null || event === undefined || event.table === "") counted.push(words);
    else counted.push(await countedLoss(session, words, { event, earlier: events.slice(0, index) }));
  }
  return counted;
}

interface LossInPlace {
  readonly event: TableEvent;
  readonly earlier: readonly TableEvent[];
}

async function countedLoss(session: Session, words: string, { event, earlier }: LossInPlace): Promise<string> {
  const { table, column } = earlier.reduceRight(nameBefore, event);
  const some = column === null ? "" : ` WHERE ${identifier(column)} IS NOT NULL`;
  try {
    const { rows } = await session.query<{ readonly count: number }>(
      `SELECT count(*) AS count FROM (SELECT 1 FROM main.${identifier(table)}${some} LIMIT ${mostCounted})`,
    );
    return `${words} ${lostRowsText(Number(rows[0]?.count), column === null ? "row" : "value")}`;
  } catch (error) {
    // The table, or the column, is made by a statement before this one.
    if (isKeelsonError(error, "statement.failed")) return words;
    throw error;
  }
}

/** What something is called before an earlier statement. */
function nameBefore(
  lost: Pick<TableEvent, "table" | "column">,
  earlier: TableEvent,
): Pick<TableEvent, "table" | "column"> {
  const { what, table, column, to } = earlier;
  if (what === "renames") return foldName(to) === lost.table ? { ...lost, table } : lost;
  if (column === null || to === "" || table !== lost.table) return lost;
  return lost.column !== null && foldName(to) === foldName(lost.column) ? { ...lost, column } : lost;
}

async function lossesOn(
  tokens: readonly (readonly Token[])[],
  statements: readonly ParsedStatement[],
  catalog: () => Promise<Catalog>,
): Promise<readonly (string | null)[]> {
  const rebuilds = findRebuilds(tokens);
  const unsure = destroyedRows(tokens);
  // Dropping a table deletes the rows that point to it where foreign keys are on.
  const cascades = tokens.some((words) => {
    const pragma = readPragma(words);
    return pragma?.name === "foreign_keys" && !["off", "0", "false", "no"].includes(pragma.value ?? "off");
  });
  if (cascades || rebuilds.every(({ drop }) => unsure[drop] === null)) return unsure;
  const before = await catalog();
  const kept: Rebuild[] = [];
  for (const rebuild of rebuilds) {
    // A copy that keeps the user's rows is the user's from then on, and may be rebuilt in its turn.
    const isTheUsers = destroyedRows(tokens, kept)[rebuild.drop] !== null;
    if (isTheUsers && (await keepsAll(before, statements, rebuild))) kept.push(rebuild);
  }
  return destroyedRows(tokens, kept);
}

async function keepsAll(
  before: Catalog,
  statements: readonly ParsedStatement[],
  { drop, table, copy, copied }: Rebuild,
): Promise<boolean> {
  const earlier = statements.slice(0, drop).filter(({ mode }) => mode !== "setting");
  try {
    const tables = [
      ...tableModels(
        await elaborate(
          before,
          earlier.map(({ sql }) => sql),
        ),
      ).values(),
    ];
    const named = (name: string): TableModel | undefined => tables.find((one) => foldName(one.name) === name);
    const [from, to] = [named(table), named(copy)];
    return from !== undefined && to !== undefined && copiesAll(from, to, copied);
  } catch (error) {
    // What can't be tried without the rows is not known to keep them.
    if (isKeelsonError(error, "statement.failed")) return false;
    throw error;
  }
}

function copiesAll(from: TableModel, to: TableModel, copied: TableCopy): boolean {
  const clauses = [...to.columns, ...to.constraints].map(
    ({ attributes }) => attributes["conflict"] ?? attributes["notNullConflict"] ?? null,
  );
  if (!copied.strict && clauses.some((clause) => clause !== null)) return false;
  const visible = (table: TableModel) => table.columns.filter(({ attributes }) => attributes["hidden"] !== true);
  const plain = (table: TableModel) => visible(table).filter(({ attributes }) => attributes["generated"] === null);
  const nameIn = (table: TableModel, column: TableModel["columns"][number]) => foldName(columnName(table, column));
  const values = copied.values.flatMap((value) =>
    value === "*" ? visible(from).map((column) => nameIn(from, column)) : [value],
  );
  const targets = copied.columns ?? plain(to).map((column) => nameIn(to, column));
  return plain(from).every((column) =>
    plain(to).some(
      (other) =>
        values[targets.indexOf(nameIn(to, other))] === nameIn(from, column) &&
        columnLosses(from, to, { before: column, after: other }).length === 0,
    ),
  );
}
