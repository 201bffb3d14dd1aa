import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import type { LockRequest, Session } from "../../../src/engines/engine.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";
import { failure } from "../conformance/given.ts";
import { runWorkers, startWorker } from "./run-worker.ts";

async function freshFile(journalMode: string, ...statements: readonly string[]): Promise<string> {
  const file = join(await temporaryFolder("sqlite"), "app.db");
  const database = new Database(file);
  database.pragma(`journal_mode = ${journalMode}`);
  for (const statement of statements) database.exec(statement);
  database.close();
  return file;
}

const engineOn = (file: string) => sqliteEngine({ url: `sqlite:${file}`, root: "/", ledger: { prefix: "keelson_" } });
const lockRequest = (work: Session, more: Partial<LockRequest> = {}): LockRequest => ({
  name: "main",
  timeoutMs: 10_000,
  work,
  spansTransactions: false,
  ...more,
});

const manyRows = [
  "CREATE TABLE big (x)",
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO big SELECT 'before' FROM n",
];

// The first worker compiles what all others then load from a cache.
beforeAll(async () => {
  await runWorkers(1, "steps", await freshFile("delete"), "0");
}, 60_000);

describe.each(["delete", "wal"])("processes, journal mode %s", (journalMode) => {
  test("20 at once on one file all succeed, and every step is applied once", { timeout: 120_000 }, async () => {
    const file = await freshFile(journalMode);
    const codes = await runWorkers(20, "steps", file, "5");
    expect(codes).toEqual(Array(20).fill(0));
    const database = new Database(file, { readonly: true });
    expect(database.prepare("SELECT step FROM done ORDER BY step").pluck().all()).toEqual([1, 2, 3, 4, 5]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
  });

  test("a process killed in the middle of a step leaves nothing of it, and nothing in the way", {
    timeout: 60_000,
  }, async () => {
    const file = await freshFile(journalMode, ...manyRows);
    const worker = startWorker("hold", file);
    await worker.holding;
    worker.process.kill("SIGKILL");
    await worker.ended;
    expect(existsSync(`${file}-${journalMode === "wal" ? "wal" : "journal"}`)).toBe(true);
    const engine = engineOn(file);
    const reader = await engine.open("read");
    expect((await reader.query("SELECT count(*) AS n FROM big WHERE x = 'before'")).rows).toEqual([{ n: 2000 }]);
    expect((await engine.listTables(reader)).map((table) => table.name)).toEqual(["big"]);
    await reader.close();
    const session = await engine.open("write");
    const lock = await engine.acquireLock(lockRequest(session, { timeoutMs: 100 }));
    await lock.enter(session);
    await session.script(["CREATE TABLE half (x)", "COMMIT"]);
    expect((await session.query("PRAGMA integrity_check")).rows).toEqual([{ integrity_check: "ok" }]);
    await lock.release();
    await session.close();
  });

  test("a frozen process keeps the lock, is named, and finishes once thawed", { timeout: 60_000 }, async () => {
    const file = await freshFile(journalMode, ...manyRows);
    const engine = engineOn(file);
    const session = await engine.open("write");
    const worker = startWorker("hold", file);
    await worker.holding;
    worker.process.kill("SIGSTOP");
    const lock = await engine.acquireLock(lockRequest(session, { timeoutMs: 500 }));
    const refused = await failure(lock.enter(session), "lock.timeout");
    if (process.platform === "linux") expect(refused.message).toContain(`process ${worker.pid}`);
    expect(refused.message).toContain("0.5 s");
    worker.process.kill("SIGKILL");
    worker.process.kill("SIGCONT");
    await worker.ended;
    await lock.enter(session);
    await session.rollback();
    await session.close();
  });
});

describe("runs that span transactions", () => {
  test("20 at once take their turns, and leave no lock file", { timeout: 120_000 }, async () => {
    const file = await freshFile("delete", "CREATE TABLE counter (n)", "INSERT INTO counter VALUES (0)");
    expect(await runWorkers(20, "counter", file, "3")).toEqual(Array(20).fill(0));
    const database = new Database(file, { readonly: true });
    expect(database.prepare("SELECT n FROM counter").pluck().get()).toBe(60);
    database.close();
    expect(existsSync(`${file}-keelson-lock`)).toBe(false);
  });

  test("are named to whoever waits, and free the lock when they are killed", { timeout: 60_000 }, async () => {
    const file = await freshFile("delete");
    const worker = startWorker("holdLockFile", file);
    await worker.holding;
    const engine = engineOn(file);
    const session = await engine.open("write");
    const refused = await failure(
      engine.acquireLock(lockRequest(session, { timeoutMs: 300, spansTransactions: true })),
      "lock.timeout",
    );
    expect(refused.message).toMatch(new RegExp(`process ${worker.pid} of .+, since \\d{4}-`));
    // A run without such statements does not begin a step in between.
    const step = await engine.acquireLock(lockRequest(session, { timeoutMs: 300 }));
    expect((await failure(step.enter(session), "lock.timeout")).message).toContain(`process ${worker.pid}`);
    await failure(engine.dropDatabase({ force: false }), "database.in-use");
    worker.process.kill("SIGKILL");
    await worker.ended;
    expect(existsSync(`${file}-keelson-lock`)).toBe(true);
    await step.enter(session);
    expect(existsSync(`${file}-keelson-lock`)).toBe(false);
    await session.rollback();
    const spanning = await engine.acquireLock(lockRequest(session, { timeoutMs: 300, spansTransactions: true }));
    expect(spanning.protectsAutocommit).toBe(true);
    await spanning.release();
    await session.close();
  });

  test("notice when their lock file is removed", async () => {
    const file = await freshFile("delete");
    const engine = engineOn(file);
    const session = await engine.open("write");
    const lock = await engine.acquireLock(lockRequest(session, { spansTransactions: true }));
    lock.assertHeld();
    rmSync(`${file}-keelson-lock`);
    await failure(
      Promise.resolve().then(() => lock.assertHeld()),
      "lock.lost",
    );
    await lock.release();
    await session.close();
  });
});
