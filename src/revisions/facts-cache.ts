import { mkdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RevisionHeader } from "../history/revision.ts";
import type { FileFacts } from "./file-facts.ts";

/** Facts of one file, and what tells that the file is still the one they were read from. */
type Row = readonly [
  name: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  inode: number,
  checksum: string,
  flags: number,
  header: HeaderRow | null,
];

/** A header without the names of its parts: ten thousand are read faster so. */
type HeaderRow = readonly [
  id: string,
  parents: readonly string[],
  dependsOn: readonly string[],
  labels: readonly string[],
  message: string,
  created: string | null,
  noTransaction: boolean,
];

/** A change of the facts or of how they are read from a file takes a new number. */
const format = 3;

/**
 * A file that changed within this time before it was read may have changed again without a newer time stamp, since time
 * stamps are only as fine as the file system keeps them.
 */
const settledMs = 2000;

/**
 * Facts of files by name, size, times and inode. Only ever a shortcut: a cache that is missing, damaged, of another
 * format or not writable makes reading slower and changes nothing else. Any number of processes may use one.
 */
export class FactsCache {
  readonly #file: string;
  readonly #known: ReadonlyMap<string, Row>;
  readonly #rows: Row[] = [];
  readonly #now: number;
  #changed = false;

  /** `now` is the time before any of the files is looked at. */
  constructor(file: string, now: number) {
    this.#file = file;
    this.#known = load(file);
    this.#now = now;
  }

  /** The facts of a file that looks as it did; otherwise those that `read` finds now. */
  facts(name: string, stats: Stats, read: () => FileFacts): FileFacts {
    const row = this.#known.get(name);
    if (row !== undefined && isSame(row, stats)) {
      this.#rows.push(row);
      return factsOfRow(row);
    }
    const facts = read();
    if (Math.max(stats.mtimeMs, stats.ctimeMs) + settledMs < this.#now) {
      this.#rows.push(rowOf(name, stats, facts));
      this.#changed = true;
    }
    return facts;
  }

  /** Replaces the cache on disk by what was asked for, if that has changed; readers see the old one or the new one. */
  save(): void {
    if (!this.#changed && this.#rows.length === this.#known.size) return;
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(join(dirname(this.#file), ".gitignore"), "*\n");
      writeFileSync(temporary, JSON.stringify({ format, rows: this.#rows }));
      renameSync(temporary, this.#file);
    } catch {
      // Reading works without a cache, also in a folder that can't be written.
      rmSync(temporary, { force: true });
    }
  }
}

function isSame(row: Row, stats: Stats): boolean {
  return row[1] === stats.size && row[2] === stats.mtimeMs && row[3] === stats.ctimeMs && row[4] === stats.ino;
}

function load(file: string): ReadonlyMap<string, Row> {
  const known = new Map<string, Row>();
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null || !("format" in parsed) || parsed.format !== format)
      return known;
    if (!("rows" in parsed) || !Array.isArray(parsed.rows)) return known;
    for (const row of parsed.rows) if (isRow(row)) known.set(row[0], row);
  } catch {
    return new Map();
  }
  return known;
}

function isRow(row: unknown): row is Row {
  return Array.isArray(row) && row.length === 8 && typeof row[0] === "string" && typeof row[5] === "string";
}

function rowOf(name: string, stats: Stats, facts: FileFacts): Row {
  const { header, hasDown, isBlank, hasSections, noTransaction, checksum } = facts;
  const flags = [hasDown, isBlank, hasSections, noTransaction].reduce(
    (bits, flag, bit) => bits | (Number(flag) << bit),
    0,
  );
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return [name, size, mtimeMs, ctimeMs, ino, checksum, flags, header === null ? null : headerRow(header)];
}

function headerRow(header: RevisionHeader): HeaderRow {
  const { id, parents, dependsOn, labels, message, created, transaction } = header;
  return [id, parents, dependsOn, labels, message, created, transaction === "none"];
}

function factsOfRow([, , , , , checksum, flags, header]: Row): FileFacts {
  return {
    header: header === null ? null : headerOfRow(header),
    hasDown: (flags & 1) !== 0,
    isBlank: (flags & 2) !== 0,
    hasSections: (flags & 4) !== 0,
    noTransaction: (flags & 8) !== 0,
    checksum,
  };
}

function headerOfRow([id, parents, dependsOn, labels, message, created, noTransaction]: HeaderRow): RevisionHeader {
  return { id, parents, dependsOn, labels, message, created, transaction: noTransaction ? "none" : "auto" };
}
