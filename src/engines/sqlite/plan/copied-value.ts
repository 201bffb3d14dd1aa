import type { SchemaObject } from "../../../catalog/catalog.ts";
import { shortName } from "../ddl/canonical-text.ts";
import { foldName } from "../script/tokens.ts";
import { columnName, rowidColumn, type TableModel } from "./table-model.ts";

/** A column before and after a rebuild. */
export interface ColumnPair {
  readonly before: SchemaObject;
  readonly after: SchemaObject;
}

/** How SQLite converts values that a column takes (https://sqlite.org/datatype3.html). */
type Affinity = "INTEGER" | "TEXT" | "BLOB" | "REAL" | "NUMERIC";

/**
 * The expression that gives a column its value from the old table: the value itself. Only a strict table that takes
 * texts where there were blobs, or the other way round, gets the same bytes under the other type.
 */
export function copiedValue(from: TableModel, to: TableModel, { before, after }: ColumnPair): string {
  const value = shortName(columnName(from, before));
  const type = String(after.attributes["type"]).toUpperCase();
  if (!to.strict || before.attributes["type"] === after.attributes["type"]) return value;
  return type === "TEXT" || type === "BLOB" ? `CAST(${value} AS ${type})` : value;
}

/** What values may not survive as they are when a column changes. */
export function columnLosses(from: TableModel, to: TableModel, { before, after }: ColumnPair): readonly string[] {
  if (after.attributes["generated"] !== null) {
    return before.attributes["generated"] === null
      ? [`the values of ${before.name}, which are computed from now on`]
      : [];
  }
  return [...numberedNulls(from, to, { before, after }), ...convertedValues(from, to, { before, after })];
}

/** A column that becomes the rowid takes no NULL, but a number instead. */
function numberedNulls(from: TableModel, to: TableModel, { before, after }: ColumnPair): readonly string[] {
  const name = foldName(columnName(to, after));
  const becomes = rowidColumn(to) === name && rowidColumn(from) !== name;
  return becomes && before.attributes["notNull"] !== true ? [`the NULLs of ${before.name}, which get numbers`] : [];
}

function convertedValues(from: TableModel, to: TableModel, { before, after }: ColumnPair): readonly string[] {
  const old = affinityOf(before, from);
  const current = affinityOf(after, to);
  if (old === current) return [];
  if (current === "REAL" && (old === "INTEGER" || old === "NUMERIC")) {
    return [`whole numbers of ${before.name} beyond 2^53, which are rounded`];
  }
  if (current === "INTEGER" || current === "NUMERIC" || current === "REAL") {
    return old === "TEXT" || old === "BLOB"
      ? [`the spelling of texts of ${before.name} that read as numbers ('007' becomes 7)`]
      : [];
  }
  return textLosses({ before, after }, { from, to });
}

/** Texts that were numbers become numbers again where the column takes numbers again, unless it took anything. */
function textLosses(
  { before, after }: ColumnPair,
  { from, to }: { readonly from: TableModel; readonly to: TableModel },
): readonly string[] {
  const old = affinityOf(before, from);
  const holdsOnlyBytes = from.strict && String(before.attributes["type"]).toUpperCase() === "BLOB";
  const becomesBytes = to.strict && String(after.attributes["type"]).toUpperCase() === "BLOB";
  if (becomesBytes && old !== "TEXT") return [`numbers of ${before.name}, which become the bytes of their digits`];
  const becomesText = affinityOf(after, to) === "TEXT";
  return becomesText && old === "BLOB" && !holdsOnlyBytes ? [`numbers of ${before.name}, which become texts`] : [];
}

/** In the order in which SQLite looks for these parts; only a strict table knows ANY. */
function affinityOf(column: SchemaObject, table: TableModel): Affinity {
  const upper = String(column.attributes["type"]).toUpperCase();
  const has = (...parts: readonly string[]): boolean => parts.some((part) => upper.includes(part));
  if (has("INT")) return "INTEGER";
  if (has("CHAR", "CLOB", "TEXT")) return "TEXT";
  if (has("BLOB") || upper === "" || (upper === "ANY" && table.strict)) return "BLOB";
  return has("REAL", "FLOA", "DOUB") ? "REAL" : "NUMERIC";
}
