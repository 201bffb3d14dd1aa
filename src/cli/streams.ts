/**
 * Lets a reader go away: once standard output or error is closed at the other end, what is written there is dropped,
 * while the work goes on to its end. A run must not stop half-way because somebody quit a pager.
 */
export function surviveClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

let held = "";

/**
 * Writes to standard output as soon as the work at hand waits for something. A run reports each revision, and sends the
 * next one to the database before it spends time on printing. What is written afterwards comes after it, on both streams.
 */
export function writeOutSoon(text: string): void {
  if (held === "") setImmediate(writeHeldBack);
  held += text;
}

/** Writes what `writeOutSoon` still holds back; to be called before the process ends. */
export function writeHeldBack(): void {
  const text = held;
  held = "";
  if (text !== "" && process.stdout.writable) process.stdout.write(text);
}

/** Writes to standard output: results, and nothing else. */
export function writeOut(text: string): void {
  writeHeldBack();
  // A stream that failed once is not writable any more.
  if (process.stdout.writable) process.stdout.write(text);
}

/** Writes to standard error: logs, progress and errors. */
export function writeError(text: string): void {
  writeHeldBack();
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
