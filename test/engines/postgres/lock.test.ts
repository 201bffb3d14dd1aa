import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Engine, RunLock, Session } from "../../../src/engines/engine.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { isKeelsonError } from "../../../src/errors.ts";
import { type PgBouncer, pgBouncerMissing, startPgBouncer } from "../../support/pgbouncer.ts";
import { freshDatabase } from "../../support/postgres.ts";

const ledger = { schema: "keelson", prefix: "" };
const engineAt = (url: string, directUrl: string | null = null) => postgresEngine({ url, directUrl, ledger });

interface Runner {
  readonly engine: Engine;
  readonly session: Session;
  readonly lock: RunLock;
  end(): Promise<void>;
}

async function acquire(engine: Engine, options: { readonly timeoutMs?: number } = {}): Promise<Runner> {
  const session = await engine.open("write");
  try {
    const timeoutMs = options.timeoutMs ?? 60_000;
    const lock = await engine.acquireLock({ name: "main", timeoutMs, work: session, spansTransactions: true });
    return {
      engine,
      session,
      lock,
      async end() {
        await lock.release();
        await session.close();
      },
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

const lockHolders = `SELECT a.pid, a.backend_xid IS NULL AS no_xid, a.backend_xmin IS NULL AS no_xmin
  FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted
  AND a.datname = current_database()`;

describe("directly", () => {
  let url: string;
  let observer: Session;
  beforeAll(async () => {
    url = await freshDatabase();
    observer = await engineAt(url).open("write");
  });
  afterAll(() => observer.close());

  test("its transaction holds back neither vacuum nor an index being built elsewhere", async () => {
    const runner = await acquire(engineAt(url));
    await sleep(2700);
    const { rows } = await observer.query(lockHolders);
    expect(rows).toEqual([{ pid: expect.any(Number), no_xid: true, no_xmin: true }]);
    await observer.query("CREATE TABLE IF NOT EXISTS built (x integer)");
    await observer.query("CREATE INDEX CONCURRENTLY built_x ON built (x)");
    await runner.session.query("CREATE INDEX CONCURRENTLY built_y ON built (x)");
    runner.lock.assertHeld();
    await runner.end();
    expect((await observer.query(lockHolders)).rows).toEqual([]);
  });

  test("when its connection ends, it says so", async () => {
    const runner = await acquire(engineAt(url));
    const { rows } = await observer.query<{ readonly pid: number }>(lockHolders);
    runner.lock.assertHeld();
    await observer.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid ?? 0]);
    await sleep(200);
    expect(() => runner.lock.assertHeld()).toThrow(expect.objectContaining({ code: "lock.lost" }));
    const next = await acquire(engineAt(url), { timeoutMs: 1000 });
    await next.end();
    await runner.end();
  });

  test("the process that holds it is killed, and it is free within a second", async () => {
    const jiti = join(dirname(createRequire(import.meta.url).resolve("jiti/package.json")), "lib", "jiti-cli.mjs");
    const program = fileURLToPath(new URL("lock-holder.ts", import.meta.url));
    const child = spawn(process.execPath, [jiti, program, url], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    await expect(acquire(engineAt(url), { timeoutMs: 100 })).rejects.toMatchObject({ code: "lock.timeout" });
    const waiting = acquire(engineAt(url), { timeoutMs: 5000 });
    child.kill("SIGKILL");
    await once(child, "exit");
    const killed = performance.now();
    await (await waiting).end();
    expect(performance.now() - killed).toBeLessThan(1000);
  });

  test("the one who waits in vain is told who holds it", async () => {
    const runner = await acquire(engineAt(url));
    const refused = await acquire(engineAt(url), { timeoutMs: 200 }).catch((error: unknown) => error);
    expect(isKeelsonError(refused, "lock.timeout") && refused.message).toMatch(
      /server process \d+ \(role \w+, application keelson/,
    );
    await runner.end();
  });

  test("waiting takes one connection and not two", async () => {
    const runner = await acquire(engineAt(url));
    const waiting = Array.from({ length: 5 }, () => acquire(engineAt(url)));
    await sleep(800);
    const { rows } = await observer.query(
      "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'keelson'",
    );
    expect(rows).toEqual([{ n: 2 + 5 + 1 }]);
    await runner.end();
    for (const waiter of waiting) void waiter.then((next) => next.end());
    await Promise.all(waiting);
  });

  test("it tells what the work session waits for", async () => {
    const runner = await acquire(engineAt(url));
    onTestFinished(() => runner.end());
    await observer.query("CREATE TABLE held (x integer)");
    await observer.script(["BEGIN", "LOCK TABLE held"]);
    const blocked = runner.session.script(["BEGIN", "ALTER TABLE held ADD y integer"]);
    const words = await vi.waitFor(
      () => {
        const seen = runner.lock.blockers();
        expect(seen).not.toEqual([]);
        return seen;
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(words).toEqual([expect.stringMatching(/^process \d+ .*idle in transaction for \d+ s: .*LOCK TABLE held/)]);
    await observer.rollback();
    await blocked;
    expect(runner.lock.blockers()).toEqual(words);
    await runner.session.rollback();
    await runner.session.query("SELECT pg_sleep(0)");
  });

  test("histories of one database don't wait for each other", async () => {
    const runner = await acquire(engineAt(url));
    const session = await engineAt(url).open("write");
    const other = await engineAt(url).acquireLock({
      name: "other",
      timeoutMs: 500,
      work: session,
      spansTransactions: false,
    });
    await other.release();
    await session.close();
    await runner.end();
  });
});

describe.skipIf(pgBouncerMissing()).each([{ poolSize: 20 }, { poolSize: 2 }])(
  "through a pool of $poolSize",
  ({ poolSize }) => {
    let url: string;
    let pooler: PgBouncer;
    beforeAll(async () => {
      url = await freshDatabase();
      pooler = await startPgBouncer({ url, poolSize });
    });
    afterAll(() => pooler.stop());

    test("thirty runs at once take it one after the other, for the whole run", async () => {
      const direct = await engineAt(url).open("write");
      await direct.script(["CREATE TABLE steps (n integer)", "INSERT INTO steps VALUES (0)"]);
      const scopes = new Set<string>();
      let inside = 0;
      const run = async (): Promise<void> => {
        const runner = await acquire(engineAt(pooler.url()));
        scopes.add(runner.lock.scope);
        inside += 1;
        expect(inside).toBe(1);
        const { rows } = await runner.session.query<{ readonly n: number }>("SELECT n FROM steps");
        if (rows[0]?.n === 0) {
          await runner.session.query("CREATE INDEX CONCURRENTLY steps_n ON steps (n)");
        }
        await runner.session.query("UPDATE steps SET n = $1", [(rows[0]?.n ?? 0) + 1]);
        runner.lock.assertHeld();
        inside -= 1;
        await runner.end();
      };
      await Promise.all(Array.from({ length: 30 }, run));
      expect((await direct.query("SELECT n FROM steps")).rows).toEqual([{ n: 30 }]);
      expect([...scopes]).toEqual(["run"]);
      expect((await direct.query(lockHolders)).rows).toEqual([]);
      await direct.close();
    });
  },
);

describe.skipIf(pgBouncerMissing())("through a pool of one", () => {
  let url: string;
  let pooler: PgBouncer;
  beforeAll(async () => {
    url = await freshDatabase();
    pooler = await startPgBouncer({ url, poolSize: 1 });
  });
  afterAll(() => pooler.stop());

  test("each step takes it in its own transaction, and no step runs twice", async () => {
    const direct = await engineAt(url).open("write");
    await direct.script(["CREATE TABLE steps (n integer)"]);
    const run = async (): Promise<void> => {
      const runner = await acquire(engineAt(pooler.url()));
      expect(runner.lock).toMatchObject({ scope: "step", protectsAutocommit: false });
      for (let step = 1; step <= 3; step += 1) {
        await runner.lock.enter(runner.session);
        const { rows } = await runner.session.query("SELECT 1 FROM steps WHERE n = $1", [step]);
        if (rows.length === 0) await runner.session.query("INSERT INTO steps VALUES ($1)", [step]);
        await runner.session.query("COMMIT");
      }
      await runner.end();
    };
    await Promise.all(Array.from({ length: 3 }, run));
    expect((await direct.query("SELECT n FROM steps ORDER BY n")).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await direct.close();
  });

  test("with a direct URL it spans the run", async () => {
    const runner = await acquire(engineAt(pooler.url(), url));
    expect(runner.lock.scope).toBe("run");
    await runner.end();
  });
});
