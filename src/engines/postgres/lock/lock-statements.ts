import { lockLiteral } from "./lock-key.ts";

/**
 * Opens a transaction and tries to take the lock in it. Sent over the simple protocol: a portal of the extended one
 * would stay open and keep a snapshot, for which CREATE INDEX CONCURRENTLY waits. The transaction writes nothing, and
 * no server setting may end it while it is idle.
 */
export function takeStatements(key: bigint, serverVersion: number): readonly string[] {
  return [
    "BEGIN ISOLATION LEVEL READ COMMITTED",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL statement_timeout = 0",
    ...(serverVersion >= 170_000 ? ["SET LOCAL transaction_timeout = 0"] : []),
    `SELECT pg_catalog.pg_try_advisory_xact_lock(${lockLiteral(key)}) AS locked, pg_catalog.pg_backend_pid() AS pid`,
  ];
}

/** Asks whether the lock is free, by having it for the length of this statement. */
export function isFreeQuery(key: bigint): string {
  return `SELECT pg_catalog.pg_try_advisory_xact_lock(${lockLiteral(key)}) AS free`;
}

/** Who holds the lock. */
export function holderQuery(key: bigint): string {
  const high = (key >> 32n) & 0xffffffffn;
  const low = key & 0xffffffffn;
  return `SELECT a.pid, a.usename AS role, a.application_name AS application,
    pg_catalog.host(a.client_addr) AS client, pg_catalog.floor(EXTRACT(EPOCH FROM clock_timestamp() - a.xact_start))::bigint AS seconds
  FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.granted AND l.classid = '${high}'::oid AND l.objid = '${low}'::oid AND l.objsubid = 1
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())`;
}

/** Needs no snapshot, so a CREATE INDEX CONCURRENTLY that starts at this moment does not wait for it. */
export const heartbeatStatement = "SHOW transaction_isolation";

/**
 * Counts connections that the same pooler may have to this server, seen afresh in an open transaction. One that has
 * been idle for a while is not the pooler's: it would have given it to whoever waits for one.
 */
export const otherBackends: readonly string[] = [
  "SELECT pg_catalog.pg_stat_clear_snapshot()",
  `SELECT count(*) AS others FROM pg_catalog.pg_stat_activity a
    JOIN pg_catalog.pg_stat_activity me ON me.pid = pg_catalog.pg_backend_pid()
  WHERE a.pid <> me.pid AND a.datid = me.datid AND a.usesysid = me.usesysid
    AND a.client_addr IS NOT DISTINCT FROM me.client_addr
    AND NOT (a.state = 'idle' AND a.state_change < clock_timestamp() - interval '1 second')`,
];

/** What the backends of a work session wait for: named by process id, or behind a pooler by application and role. */
export function blockersQuery(work: { readonly processId: number } | { readonly application: string }): {
  readonly sql: string;
  readonly params: readonly (string | number)[];
} {
  const which =
    "processId" in work
      ? { sql: "w.pid = $1::int", params: [work.processId] }
      : {
          sql: "w.application_name = $1 AND w.wait_event_type = 'Lock' AND w.usename = current_user",
          params: [work.application],
        };
  return {
    sql: `SELECT DISTINCT b.pid, b.usename AS role, b.application_name AS application, b.state,
      pg_catalog.floor(EXTRACT(EPOCH FROM clock_timestamp() - coalesce(b.xact_start, b.query_start)))::bigint AS seconds,
      pg_catalog.left(pg_catalog.regexp_replace(b.query, '\\s+', ' ', 'g'), 80) AS query
    FROM pg_catalog.pg_stat_activity w
      CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p(pid)
      JOIN pg_catalog.pg_stat_activity b ON b.pid = p.pid
    WHERE ${which.sql} ORDER BY b.pid`,
    params: which.params,
  };
}
