import { pause } from "../../../platform/poll.ts";

/** How to wait for another connection. */
export interface BusyWait {
  /** Milliseconds after which no further attempt starts; one attempt is always made. */
  readonly limitMs: number;
  /** Called at most once a second. */
  readonly onWait?: (waitedMs: number) => void;
  readonly signal?: AbortSignal;
  /** Asked between attempts; an error that it throws ends the wait. */
  readonly interrupted?: () => void;
}

const shortestPauseMs = 2;
const longestPauseMs = 25;

/**
 * Tries until an attempt gives something else than `null`, pausing in between without blocking the process, so that
 * signals and timers work. Pauses grow and are random, so that many waiters do not move in step. Returns null when the
 * limit is reached.
 */
export async function waitWhileBusy<Result>(attempt: () => Result | null, wait: BusyWait): Promise<Result | null> {
  const started = performance.now();
  let told = 0;
  for (let tries = 1; ; tries++) {
    const result = attempt();
    if (result !== null) return result;
    const waitedMs = performance.now() - started;
    if (waitedMs >= wait.limitMs) return null;
    if (waitedMs - told >= 1000) {
      told = waitedMs;
      wait.onWait?.(Math.round(waitedMs));
    }
    const longest = Math.min(longestPauseMs, shortestPauseMs * tries);
    const pauseMs = longest * (0.5 + Math.random() / 2);
    await pause(Math.min(pauseMs, wait.limitMs - waitedMs), wait.signal);
    wait.interrupted?.();
  }
}
