/** The line of a file that an error comes from, by its stack or by what a parser says; null where neither names the file. */
export function lineOf(error: unknown, path: string): number | null {
  if (!(error instanceof Error)) return null;
  for (const text of [error.stack ?? "", error.message]) {
    for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
      const match = /^:(\d+)/.exec(text.slice(at + path.length, at + path.length + 12));
      if (match !== null) return Number(match[1]);
    }
  }
  return null;
}
