import type { Engine } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { poll } from "../platform/poll.ts";
import type { ProgressSink } from "../progress/events.ts";

/** What to wait for before the work begins. */
export interface WaitOptions {
  /** How long in all. */
  readonly timeoutMs: number;
  /** How often to look; 5 seconds unless told. */
  readonly everyMs?: number;
  /** An HTTP health address that must answer with a 2xx status first. */
  readonly url?: string;
}

/** Failures that a server which is still starting gives; everything else is not worth waiting for. */
const worthWaiting = ["connection.refused", "connection.starting", "connection.timeout", "connection.lost"] as const;

/** Returns once the health address and the database answer; throws `wait.timeout` with what was seen last. */
export async function waitUntilReady(
  engine: Engine,
  options: WaitOptions,
  on: ProgressSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const everyMs = options.everyMs ?? 5000;
  const limitMs = options.timeoutMs;
  const started = performance.now();
  if (options.url !== undefined) {
    const { waitForUrl } = await import("../platform/wait-for.ts");
    const { url } = options;
    await waitForUrl({
      url,
      timeoutMs: limitMs,
      everyMs,
      onWait: (waitedMs) => on({ event: "waiting", for: url, waitedMs, limitMs }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
  const result = await poll<null>({
    everyMs,
    limitMs: Math.max(0, limitMs - (performance.now() - started)),
    attempt: async () => {
      const seen = await reach(engine);
      return seen === null ? { done: true, value: null } : { done: false, seen };
    },
    onWait: (waitedMs) => on({ event: "waiting", for: `the database ${engine.label}`, waitedMs, limitMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.outcome === "done") return;
  throw new KeelsonError("wait.timeout", `${engine.label} did not answer within ${limitMs / 1000} s: ${result.seen}`, {
    hint: "See whether the server is starting at all, and whether the address is right; --wait takes more seconds.",
  });
}

/** Null when the database answers, else what it said. */
async function reach(engine: Engine): Promise<string | null> {
  try {
    const session = await engine.open("read");
    await session.close();
    return null;
  } catch (error) {
    // A file that does not exist yet needs no waiting: the work itself decides whether to create it.
    if (isKeelsonError(error, "database.missing")) return null;
    if (isKeelsonError(error) && worthWaiting.some((code) => code === error.code)) return error.message;
    throw error;
  }
}
