import { describe, expect, test } from "vitest";
import type { Engine, LockRequest, RunLock, Session } from "../../../src/engines/engine.ts";
import type { MakeEngine } from "./engine-under-test.ts";
import { failure, given } from "./given.ts";

/** Takes the right to change the schema in whichever way the engine has it, and returns how to give it back. */
async function hold(
  engine: Engine,
  session: Session,
  request: Partial<LockRequest> = {},
): Promise<{ readonly lock: RunLock; readonly free: () => Promise<void> }> {
  const lock = await engine.acquireLock({
    name: "main",
    timeoutMs: 5000,
    work: session,
    spansTransactions: false,
    ...request,
  });
  try {
    if (lock.scope === "step") await lock.enter(session);
    else await session.query(engine.sql.begin);
  } catch (error) {
    await lock.release();
    throw error;
  }
  const free = async () => {
    await session.rollback();
    await lock.release();
  };
  return { lock, free };
}

export function describeLocks(make: MakeEngine): void {
  describe.each([{ spansTransactions: false }, { spansTransactions: true }])(
    "the run lock, %o",
    ({ spansTransactions }) => {
      test(
        "is taken, held and given back, again and again",
        given(make, async ({ engine, session }) => {
          for (let round = 0; round < 3; round++) {
            const { lock, free } = await hold(engine, session, { spansTransactions });
            lock.assertHeld();
            expect(lock.blockers()).toEqual([]);
            if (spansTransactions) expect(lock.scope === "run" || lock.protectsAutocommit).toBe(true);
            await session.query(`CREATE TABLE round_${round} (x integer)`);
            await session.query("COMMIT");
            await free();
            await lock.release();
          }
          expect((await engine.listTables(session)).map((table) => table.name)).toEqual(
            expect.arrayContaining(["round_0", "round_1", "round_2"]),
          );
        }),
      );

      test(
        "a second run waits until the first is done",
        given(make, async ({ engine, again, session }) => {
          if (engine.capabilities.sessions === "one") return;
          const other = again();
          const second = await other.open("write");
          try {
            const first = await hold(engine, session, { spansTransactions });
            const order: string[] = [];
            const waits: number[] = [];
            const waiting = hold(other, second, {
              spansTransactions,
              timeoutMs: 20_000,
              onWait: (ms) => waits.push(ms),
            }).then((held) => {
              order.push("second");
              return held;
            });
            await new Promise((resolve) => setTimeout(resolve, 1500));
            order.push("first");
            await first.free();
            await (await waiting).free();
            expect(order).toEqual(["first", "second"]);
            expect(waits.length).toBeGreaterThanOrEqual(1);
            expect(waits.length).toBeLessThanOrEqual(3);
          } finally {
            await second.close();
            await other.close();
          }
        }),
      );

      test(
        "a run that waits too long gives up and changes nothing",
        given(make, async ({ engine, again, session, secrets }) => {
          if (engine.capabilities.sessions === "one") return;
          const other = again();
          const second = await other.open("write");
          try {
            const first = await hold(engine, session, { spansTransactions });
            const started = performance.now();
            await failure(hold(other, second, { spansTransactions, timeoutMs: 300 }), "lock.timeout", secrets);
            expect(performance.now() - started).toBeGreaterThan(250);
            expect(performance.now() - started).toBeLessThan(5000);
            first.lock.assertHeld();
            await first.free();
            await (await hold(other, second, { spansTransactions })).free();
          } finally {
            await second.close();
            await other.close();
          }
        }),
      );

      test(
        "a waiting run can be interrupted",
        given(make, async ({ engine, again, session }) => {
          if (engine.capabilities.sessions === "one") return;
          const other = again();
          const second = await other.open("write");
          try {
            const first = await hold(engine, session, { spansTransactions });
            const stop = new AbortController();
            setTimeout(() => stop.abort(), 200);
            await failure(
              hold(other, second, { spansTransactions, timeoutMs: 20_000, signal: stop.signal }),
              "run.interrupted",
            );
            await first.free();
          } finally {
            await second.close();
            await other.close();
          }
        }),
      );
    },
  );

  describe("autocommit statements", () => {
    test(
      "are settled by what the database shows",
      given(make, async ({ engine, session, samples }) => {
        for (const { before, statement, ran, answer } of samples.settles) {
          await session.script(before);
          const [parsed] = await engine.parse(statement);
          if (parsed === undefined) throw new Error("no statement");
          const note = await engine.noteBefore(session, parsed);
          if (ran) await session.query(statement);
          expect([statement, ran, await engine.settle(session, parsed, note)]).toEqual([statement, ran, answer]);
          await session.reset();
          await session.script(["DROP TABLE IF EXISTS s"]);
        }
      }),
    );
  });
}
