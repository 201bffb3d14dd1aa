import { KeelsonError } from "../../../errors.ts";
import type { RunLock } from "../../engine.ts";
import type { ServerSession } from "../session/server-session.ts";
import type { BlockerWatch } from "./blocker-watch.ts";
import { heartbeatStatement } from "./lock-statements.ts";

const tickMs = 500;
const heartbeatMs = 2000;
const silenceMs = 60_000;

/**
 * A lock that is held by an open transaction on a connection of its own. A heartbeat keeps the connection from looking
 * idle to whatever is between, and notices when it is gone. Its timers don't keep the process alive.
 */
export function runScopeLock(holder: ServerSession, watch: BlockerWatch, pooled: boolean): RunLock {
  let lost: unknown = null;
  let released = false;
  let asked: number | null = null;
  let beatAt = performance.now();

  const beat = async (): Promise<void> => {
    if (asked !== null || holder.closed) return;
    asked = performance.now();
    try {
      await holder.query(heartbeatStatement);
    } catch (error) {
      lost ??= error;
    } finally {
      asked = null;
      beatAt = performance.now();
    }
  };
  const timer = setInterval(() => {
    if (performance.now() - beatAt >= heartbeatMs) void beat();
    void watch.look();
  }, tickMs);
  timer.unref();

  return {
    scope: "run",
    protectsAutocommit: true,
    pooled,
    enter: async () => {
      throw new KeelsonError("internal", "A lock that spans the run was entered for a step.");
    },
    assertHeld() {
      if (released) return;
      const silent = asked !== null && performance.now() - asked > silenceMs;
      if (lost === null && !holder.closed && !silent) return;
      throw new KeelsonError(
        "lock.lost",
        "The run lock is lost: the connection that held it has ended. Nothing more is written.",
        {
          hint: "Check the server and the network, then run the command again: it goes on where this run stopped.",
          cause: lost,
        },
      );
    },
    blockers: () => watch.current(),
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      await watch.stop();
      await holder.rollback().catch(() => undefined);
      await holder.close().catch(() => undefined);
    },
  };
}
