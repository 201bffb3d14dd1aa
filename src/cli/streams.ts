/**
 * Lets a reader go away: once standard output or error is closed at the other end, what is written there is dropped,
 * while the work goes on to its end. A run must not stop half-way because somebody quit a pager.
 */
export function surviveClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** Writes to standard output: results, and nothing else. */
export function writeOut(text: string): void {
  // A stream that failed once is not writable any more.
  if (process.stdout.writable) process.stdout.write(text);
}

/** Writes to standard error: logs, progress and errors. */
export function writeError(text: string): void {
  if (process.stderr.writable) process.stderr.write(text);
}

/** Resolves when everything written so far has left the process, or can't any more. */
export async function streamsDrained(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(drained));
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writable) return;
  await new Promise<void>((resolve) => {
    stream.once("error", () => resolve());
    stream.write("", () => resolve());
  });
}
