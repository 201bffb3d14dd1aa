import type { Catalog } from "../catalog/catalog.ts";
import type { Engine, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { isMissingTable } from "./read-ledger.ts";

/** The catalog as it was right after the last run. */
export interface StoredCatalog {
  readonly catalog: Catalog;
  readonly hash: string;
  readonly heads: readonly string[];
  readonly takenAt: string;
}

/** Reads the catalog that the last run stored, or null when no run has stored one. Writes nothing. */
export async function readStoredCatalog(
  engine: Engine,
  session: Session,
  history: string,
): Promise<StoredCatalog | null> {
  const { sql } = engine;
  try {
    const result = await session.query(
      `SELECT hash, body, heads, ${sql.epochMs("taken_at")} AS taken_ms FROM ${sql.table("catalog")} WHERE history = ${sql.literal(history)}`,
    );
    const row = result.rows[0];
    if (row === undefined) return null;
    return {
      catalog: JSON.parse(String(row["body"])) as Catalog,
      hash: String(row["hash"]),
      heads: String(row["heads"]).split(",").filter(Boolean),
      takenAt: new Date(Number(row["taken_ms"])).toISOString(),
    };
  } catch (error) {
    if (isMissingTable(engine, error)) return null;
    if (error instanceof SyntaxError) {
      throw new KeelsonError(
        "ledger.damaged",
        `The catalog stored in ${sql.table("catalog")} of ${engine.label} is not readable JSON.`,
        {
          hint: "The next run that changes the schema stores a new one.",
          cause: error,
        },
      );
    }
    throw error;
  }
}
