import { createHash } from "node:crypto";
import type { LedgerHome } from "../sql-text.ts";

/**
 * The number of the advisory lock of one history in one database: 64 bits of a hash, as PostgreSQL's signed bigint.
 * The same for every Keelson, so it must never change.
 */
export function lockKey(home: LedgerHome, history: string): bigint {
  const name = `keelson lock\n${home.schema}\n${home.prefix}\n${history}`;
  return createHash("sha256").update(name).digest().readBigInt64BE(0);
}

/** The SQL literal of a lock's number. */
export function lockLiteral(key: bigint): string {
  return `'${key}'::bigint`;
}
