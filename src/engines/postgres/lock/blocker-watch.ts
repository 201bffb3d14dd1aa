import type { Session } from "../../engine.ts";
import type { ServerSession } from "../session/server-session.ts";
import { blockersQuery } from "./lock-statements.ts";

const patienceMs = 700;
const memoryMs = 10_000;

interface BlockerRow {
  readonly pid: number;
  readonly role: string | null;
  readonly application: string | null;
  readonly state: string | null;
  readonly seconds: number | null;
  readonly query: string | null;
}

/**
 * Finds out what the work session waits for. It asks over a connection of its own, opened only once a statement takes
 * long: a query on the lock's connection would give that transaction a snapshot for a moment, and a CREATE INDEX
 * CONCURRENTLY that sees it would wait for the lock to be given back, which waits for the index.
 */
export class BlockerWatch {
  readonly #work: ServerSession;
  readonly #pooled: boolean;
  readonly #application: string;
  readonly #connect: () => Promise<Session>;
  #session: Session | null = null;
  #asking = false;
  #stopped = false;
  #seen: { readonly words: readonly string[]; readonly since: number; readonly at: number } | null = null;

  constructor(options: {
    readonly work: ServerSession;
    readonly pooled: boolean;
    readonly application: string;
    readonly connect: () => Promise<Session>;
  }) {
    this.#work = options.work;
    this.#pooled = options.pooled;
    this.#application = options.application;
    this.#connect = options.connect;
  }

  /** What was seen to block the statement that runs, or the one that ran just now. */
  current(): readonly string[] {
    const seen = this.#seen;
    if (seen === null || performance.now() - seen.at > memoryMs) return [];
    const { busySince } = this.#work;
    return busySince === null || busySince === seen.since ? seen.words : [];
  }

  /** Looks again, if a statement has been running for a while. Never fails. */
  async look(): Promise<void> {
    const { busySince } = this.#work;
    if (this.#asking || this.#stopped || busySince === null || performance.now() - busySince < patienceMs) return;
    this.#asking = true;
    try {
      this.#session ??= await this.#connect();
      if (this.#stopped) return await this.stop();
      const processId = this.#work.processId ?? 0;
      const { sql, params } = blockersQuery(this.#pooled ? { application: this.#application } : { processId });
      const { rows } = await this.#session.query<BlockerRow>(sql, params);
      // A statement that ended meanwhile is told by what held it, not by the silence after it.
      if (rows.length > 0 || this.#work.busySince === busySince) {
        this.#seen = { words: rows.map(inWords), since: busySince, at: performance.now() };
      }
    } catch {
      // Knowing the blocker is a courtesy; the run goes on without.
      this.#session = null;
    } finally {
      this.#asking = false;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const session = this.#session;
    this.#session = null;
    await session?.close().catch(() => undefined);
  }
}

function inWords(row: BlockerRow): string {
  const application = row.application === null || row.application === "" ? "" : `, ${row.application}`;
  const state = row.state ?? "active";
  const time = row.seconds === null ? "" : ` for ${row.seconds} s`;
  const query = row.query === null || row.query === "" ? "" : `: ${row.query}`;
  return `process ${row.pid} (${row.role ?? "unknown role"}${application}), ${state}${time}${query}`;
}
