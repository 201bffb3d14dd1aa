import { KeelsonError } from "../errors.ts";

/** What one attempt found: the value waited for, or what was seen instead. */
export type Attempt<Value> =
  | { readonly done: true; readonly value: Value }
  | { readonly done: false; readonly seen: string };

/** How a wait ended. */
export type PollResult<Value> =
  | { readonly outcome: "done"; readonly value: Value; readonly waitedMs: number }
  | { readonly outcome: "timeout"; readonly seen: string; readonly waitedMs: number };

/** What `poll` needs to know. */
export interface PollOptions<Value> {
  /** Milliseconds between the ends of two attempts. */
  readonly everyMs: number;
  /** Milliseconds after which no further attempt starts; one attempt is always made. */
  readonly limitMs: number;
  /** Receives the milliseconds that are left, so that it can limit itself. */
  readonly attempt: (remainingMs: number) => Promise<Attempt<Value>>;
  /** Called after each attempt in vain, before the pause. */
  readonly onWait?: (waitedMs: number, seen: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Tries until an attempt succeeds or the limit is reached; the last attempt is made at the limit itself. Throws
 * `run.interrupted` as soon as the signal is aborted, and whatever an attempt throws.
 */
export async function poll<Value>(options: PollOptions<Value>): Promise<PollResult<Value>> {
  const started = performance.now();
  const waited = (): number => Math.round(performance.now() - started);
  for (;;) {
    throwIfAborted(options.signal);
    const result = await options.attempt(Math.max(0, options.limitMs - waited()));
    const waitedMs = waited();
    if (result.done) return { outcome: "done", value: result.value, waitedMs };
    if (waitedMs >= options.limitMs) return { outcome: "timeout", seen: result.seen, waitedMs };
    options.onWait?.(waitedMs, result.seen);
    await pause(Math.min(options.everyMs, options.limitMs - waitedMs), options.signal);
  }
}

/** Waits the given time; throws `run.interrupted` as soon as the signal is aborted. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end, { once: true });
  });
  throwIfAborted(signal);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new KeelsonError("run.interrupted", "The wait was interrupted. Nothing was changed while waiting.", {
    hint: "Run the command again to go on waiting.",
    cause: signal.reason,
  });
}
