import type { Screen } from "./screen.ts";

const names = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs work that must not be cut off half-way. The first SIGINT or SIGTERM asks it to stop, which rolls back what is
 * under way; the second one is somebody who will not wait, and ends the process as if nothing had caught it.
 */
export async function interruptible<Result>(
  screen: Screen,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const release = (): void => {
    for (const name of names) process.off(name, stop);
  };
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      release();
      process.kill(process.pid, name);
      return;
    }
    screen.lastLine("");
    screen.note(
      `${name}: stopping. What is under way is rolled back; what is done stays. Once more to stop at once.\n`,
    );
    controller.abort(new Error(name));
  };
  for (const name of names) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}
