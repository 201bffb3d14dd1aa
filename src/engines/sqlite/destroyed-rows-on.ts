import type { Catalog } from "../../catalog/catalog.ts";
import { isKeelsonError } from "../../errors.ts";
import type { ParsedStatement } from "../engine.ts";
import { elaborate } from "./elaborate.ts";
import { columnLosses } from "./plan/copied-value.ts";
import { columnName, type TableModel, tableModels } from "./plan/table-model.ts";
import { destroyedRows } from "./script/destroyed-rows.ts";
import { findRebuilds, type Rebuild } from "./script/find-rebuilds.ts";
import type { TableCopy } from "./script/read-copy.ts";
import { readPragma } from "./script/statement-tokens.ts";
import { foldName, readTokens } from "./script/tokens.ts";

/**
 * What statements destroy that run one after the other on a database with this catalog. A table that is rebuilt keeps its
 * rows where every column that it has at that moment is copied as it is; that moment is made on a database in memory.
 */
export async function destroyedRowsOn(
  catalog: () => Promise<Catalog>,
  statements: readonly ParsedStatement[],
): Promise<readonly (string | null)[]> {
  const tokens = statements.map((statement) => [...readTokens(statement.sql)]);
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
