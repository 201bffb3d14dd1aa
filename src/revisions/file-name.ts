import type { Dialect } from "../engines/engine.ts";

/** What a revision file's name says. */
export interface FileName {
  readonly file: string;
  /** The leading digits as written; null without. */
  readonly version: string | null;
  /** The leading digits without leading zeros, by which files are ordered and paired; null without. */
  readonly number: string | null;
  /** What stands after the digits, as written. */
  readonly words: string;
  /** Which half of a pair it is; null for a file that holds everything. */
  readonly half: "up" | "down" | null;
  /** The one dialect that it is for; null for every. */
  readonly dialect: Dialect | null;
  /** The name without its dialect: equal for the files of one revision. */
  readonly stem: string;
  /** What follows the dialect: `.sql`, or the ending of a file of code. */
  readonly ending: string;
}

const codeEndings = [".ts", ".mts", ".js", ".mjs"] as const;
const declarationFile = /\.d\.m?ts$/;

/** Whether a file's name may be that of a revision written as code; its header then tells. */
export function isCodeFile(file: string): boolean {
  return endingOf(file) !== ".sql" && endingOf(file) !== null;
}

/** Whether a file's name may be that of a revision. */
export function isRevisionFile(file: string): boolean {
  return endingOf(file) !== null;
}

function endingOf(file: string): string | null {
  if (file.endsWith(".sql")) return ".sql";
  if (declarationFile.test(file)) return null;
  return codeEndings.find((ending) => file.endsWith(ending)) ?? null;
}

/**
 * Reads `<digits>_<words>[.up|.down][.postgres|.sqlite].sql`, and the same without halves for the endings of code; the
 * digits may be missing. Null for other names.
 */
export function parseFileName(file: string): FileName | null {
  const ending = endingOf(file);
  if (ending === null) return null;
  const plain = ending === ".sql" ? plainName(file) : null;
  if (plain !== null) return plain;
  const name = file.slice(0, -ending.length);
  const dialect = name.endsWith(".postgres") ? "postgres" : name.endsWith(".sqlite") ? "sqlite" : null;
  const stem = dialect === null ? name : name.slice(0, -dialect.length - 1);
  const half = ending !== ".sql" ? null : stem.endsWith(".up") ? "up" : stem.endsWith(".down") ? "down" : null;
  const whole = half === null ? stem : stem.slice(0, -half.length - 1);
  const version = leadingDigits(whole);
  return {
    file,
    version,
    number: version === null ? null : versionNumber(version),
    words: version === null ? whole : whole.slice(version.length + 1),
    half,
    dialect,
    stem,
    ending,
  };
}

/** The same for the many names that have neither dialect nor half, without looking for either. Null for all others. */
function plainName(file: string): FileName | null {
  if (file.indexOf(".") !== file.length - ".sql".length) return null;
  const stem = file.slice(0, -".sql".length);
  const version = leadingDigits(stem);
  return {
    file,
    version,
    number: version === null ? null : versionNumber(version),
    words: version === null ? stem : stem.slice(version.length + 1),
    half: null,
    dialect: null,
    stem,
    ending: ".sql",
  };
}

/** A version ends where the words begin, so `2024q1_report` has none. */
function leadingDigits(name: string): string | null {
  let end = 0;
  while (end < name.length && isDigit(name.charCodeAt(end))) end++;
  if (end === 0 || (end < name.length && name[end] !== "_")) return null;
  return name.slice(0, end);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A version without leading zeros: what makes `0001` and `1` the same. */
export function versionNumber(version: string): string {
  return version.startsWith("0") ? version.replace(/^0+(?=\d)/, "") : version;
}

/** Orders numbers of any length that are written without leading zeros. */
export function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The order of files in a folder: by leading digits as a number, then by name; files without digits come last. */
export function compareFiles(a: FileName, b: FileName): number {
  if (a.number !== b.number) {
    if (a.number === null) return 1;
    if (b.number === null) return -1;
    return compareNumbers(a.number, b.number);
  }
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
