import type { SqlText } from "../engines/engine.ts";

/**
 * The format of Keelson's own tables. A database with a higher number belongs to a newer Keelson and is refused.
 * The tables are described in `docs/formats/ledger.md`.
 */
export const storeFormat = 1;

/** Statements that create Keelson's tables where they are missing; safe to repeat. */
export function createStoreTables(sql: SqlText): readonly string[] {
  const time = sql.timestampType;
  return [
    `CREATE TABLE IF NOT EXISTS ${sql.table("meta")} (
  key text NOT NULL PRIMARY KEY,
  value text NOT NULL
)`,
    `CREATE TABLE IF NOT EXISTS ${sql.table("lock")} (
  history text NOT NULL PRIMARY KEY,
  epoch bigint NOT NULL,
  holder text,
  acquired_at ${time}
)`,
    `CREATE TABLE IF NOT EXISTS ${sql.table("ledger")} (
  history text NOT NULL,
  id text NOT NULL,
  file text NOT NULL,
  message text NOT NULL,
  parents text NOT NULL,
  checksum text NOT NULL,
  origin text NOT NULL,
  applied_at ${time} NOT NULL,
  applied_by text NOT NULL,
  duration_ms bigint NOT NULL,
  source text,
  PRIMARY KEY (history, id)
)`,
    `CREATE TABLE IF NOT EXISTS ${sql.table("attempt")} (
  history text NOT NULL,
  run text NOT NULL,
  revision text NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  started_at ${time} NOT NULL,
  duration_ms bigint NOT NULL,
  performed_by text NOT NULL,
  report text
)`,
    `CREATE TABLE IF NOT EXISTS ${sql.table("journal")} (
  history text NOT NULL,
  revision text NOT NULL,
  direction text NOT NULL,
  statement bigint NOT NULL,
  hash text NOT NULL,
  state text NOT NULL,
  note text,
  epoch bigint NOT NULL,
  changed_at ${time} NOT NULL,
  PRIMARY KEY (history, revision, direction, statement)
)`,
    `CREATE TABLE IF NOT EXISTS ${sql.table("catalog")} (
  history text NOT NULL PRIMARY KEY,
  hash text NOT NULL,
  body text NOT NULL,
  heads text NOT NULL,
  taken_at ${time} NOT NULL
)`,
    `INSERT INTO ${sql.table("meta")} (key, value) VALUES ('format', ${sql.literal(String(storeFormat))}) ON CONFLICT DO NOTHING`,
  ];
}
