import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../../engine.ts";

const limitMs = 15 * 60_000;

/** Another backend that runs the same text; a long text is cut off in the view. */
const runningQuery = `SELECT count(*) AS running FROM pg_catalog.pg_stat_activity a
WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.datname = pg_catalog.current_database() AND a.state = 'active'
  AND (a.query = $1 OR (pg_catalog.length(a.query) > 100 AND pg_catalog.starts_with($1, a.query)
    AND pg_catalog.octet_length(a.query) >= (SELECT s.setting::int - 8 FROM pg_catalog.pg_settings s WHERE s.name = 'track_activity_query_size')))`;

/**
 * Waits while another backend still runs a statement: the server goes on with a statement whose client was killed.
 * False when it has not ended after a quarter of an hour.
 */
export async function waitForBackend(session: Session, sql: string): Promise<boolean> {
  const started = performance.now();
  for (let pauseMs = 50; ; pauseMs = Math.min(1000, pauseMs * 1.5)) {
    const { rows } = await session.query<{ readonly running: number }>(runningQuery, [sql]);
    if ((rows[0]?.running ?? 0) === 0) return true;
    if (performance.now() - started > limitMs) return false;
    await sleep(pauseMs);
  }
}
