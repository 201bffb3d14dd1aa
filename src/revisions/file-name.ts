import type { Dialect } from "../engines/engine.ts";

/** What a revision file's name says. */
export interface FileName {
  readonly file: string;
  /** The leading digits as written, or null. */
  readonly version: string | null;
  /** The words after the digits, spaces for underscores. */
  readonly description: string;
  /** Which half of a pair it is; null for a file with everything in it. */
  readonly half: "up" | "down" | null;
  /** The one dialect that it is for; null for every. */
  readonly dialect: Dialect | null;
}

/** Reads `<digits>_<words>[.up|.down][.postgres|.sqlite].sql`; the digits may be missing. */
export function parseFileName(file: string): FileName | null {
  const match = /^(?:(\d+)(?:_|(?=\.)))?(.*?)(?:\.(up|down))?(?:\.(postgres|sqlite))?\.sql$/.exec(file);
  if (match === null) return null;
  return {
    file,
    version: match[1] ?? null,
    description: (match[2] ?? "").replaceAll("_", " ").trim(),
    half: match[3] === "up" || match[3] === "down" ? match[3] : null,
    dialect: match[4] === "postgres" || match[4] === "sqlite" ? match[4] : null,
  };
}

/** A version without leading zeros: what makes `0001` and `1` the same. */
export function versionNumber(version: string): string {
  return version.replace(/^0+(?=\d)/, "");
}

/** Orders versions as numbers, whatever their length. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [versionNumber(a), versionNumber(b)];
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The order of files in a folder: by leading digits as a number, then by name; files without digits last. */
export function compareFiles(a: FileName, b: FileName): number {
  if (a.version !== null && b.version !== null) {
    const order = compareVersions(a.version, b.version);
    if (order !== 0) return order;
  } else if (a.version !== b.version) {
    return a.version === null ? 1 : -1;
  }
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
