import { setTimeout as sleep } from "node:timers/promises";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";

/**
 * A process of its own that works on a database the way a run does. Started as `worker.ts <task> <file> [argument]`;
 * prints a line when it is where the test wants it.
 */
const [, , task = "", file = "", argument = ""] = process.argv;
const engine = sqliteEngine({ url: `sqlite:${file}`, root: "/", ledger: { prefix: "keelson_" } });

const tasks: Readonly<Record<string, () => Promise<void>>> = { steps, counter, hold, holdLockFile };

/** Applies steps that may each be applied once; the first of them takes its time. */
async function steps(): Promise<void> {
  const session = await engine.open("write");
  const lock = await engine.acquireLock({ name: "main", timeoutMs: 60_000, work: session, spansTransactions: false });
  for (let step = 1; step <= Number(argument); step++) {
    await lock.enter(session);
    await session.query("CREATE TABLE IF NOT EXISTS done (step integer NOT NULL PRIMARY KEY, pid integer NOT NULL)");
    const done = await session.query("SELECT 1 AS found FROM done WHERE step = $1", [step]);
    if (done.rows.length > 0) {
      await session.rollback();
      continue;
    }
    if (step === 1) await sleep(1500);
    await session.script([
      `CREATE TABLE step_${step} (x integer)`,
      `INSERT INTO done VALUES (${step}, ${process.pid})`,
    ]);
    const problems = await engine.checkStep(session);
    if (problems.length > 0) throw new Error(problems.join());
    await session.query("COMMIT");
  }
  await lock.release();
  await session.close();
}

/** Adds one to a number in two transactions, which is only right while nobody else does; again and again. */
async function counter(): Promise<void> {
  const session = await engine.open("write");
  for (let round = 0; round < Number(argument); round++) {
    const lock = await engine.acquireLock({ name: "main", timeoutMs: 60_000, work: session, spansTransactions: true });
    const read = await session.query<{ readonly n: number }>("SELECT n FROM counter");
    await sleep(2);
    lock.assertHeld();
    await lock.enter(session);
    await session.query("UPDATE counter SET n = $1", [Number(read.rows[0]?.n) + 1]);
    await session.query("COMMIT");
    await lock.release();
  }
  await session.close();
}

/** Stays in the middle of a step whose changes are partly in the file already. */
async function hold(): Promise<void> {
  const session = await engine.open("write");
  await session.query("PRAGMA cache_size = 10");
  const lock = await engine.acquireLock({ name: "main", timeoutMs: 5000, work: session, spansTransactions: false });
  await lock.enter(session);
  await session.script([
    "CREATE TABLE half (x)",
    "UPDATE big SET x = randomblob(1000)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO half SELECT randomblob(1000) FROM n",
  ]);
  console.log("holding");
  await sleep(60_000);
}

/** Stays in the middle of a run that spans transactions, between two of them. */
async function holdLockFile(): Promise<void> {
  const session = await engine.open("write");
  await engine.acquireLock({ name: "main", timeoutMs: 5000, work: session, spansTransactions: true });
  console.log("holding");
  await sleep(60_000);
}

await tasks[task]?.();
