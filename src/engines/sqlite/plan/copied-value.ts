import type { SchemaObject } from "../../../catalog/catalog.ts";
import { shortName } from "../ddl/canonical-text.ts";
import { columnName, type TableModel } from "./table-model.ts";

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
export function columnLosses(before: SchemaObject, after: SchemaObject): readonly string[] {
  if (before.attributes["generated"] === null && after.attributes["generated"] !== null) {
    return [`the values of ${before.name}, which are computed from now on`];
  }
  const old = affinityOf(String(before.attributes["type"]));
  const current = affinityOf(String(after.attributes["type"]));
  if (old === current || after.attributes["generated"] !== null) return [];
  if (current === "REAL" && (old === "INTEGER" || old === "NUMERIC")) {
    return [`whole numbers of ${before.name} beyond 2^53, which are rounded`];
  }
  const numbers = current === "INTEGER" || current === "NUMERIC" || current === "REAL";
  if (numbers && (old === "TEXT" || old === "BLOB")) {
    return [`the spelling of texts of ${before.name} that read as numbers ('007' becomes 7)`];
  }
  return [];
}

function affinityOf(type: string): Affinity {
  const upper = type.toUpperCase();
  const has = (...parts: readonly string[]): boolean => parts.some((part) => upper.includes(part));
  if (has("INT")) return "INTEGER";
  if (has("CHAR", "CLOB", "TEXT")) return "TEXT";
  if (has("BLOB") || upper === "" || upper === "ANY") return "BLOB";
  return has("REAL", "FLOA", "DOUB") ? "REAL" : "NUMERIC";
}
