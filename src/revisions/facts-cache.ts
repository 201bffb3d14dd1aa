import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileFacts } from "./file-facts.ts";

/** How a file looked when its facts were read. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
}

type Row = readonly [name: string, size: number, mtimeMs: number, facts: FileFacts];

/** A file changed within this time of the cache's writing may have changed again without a newer time stamp. */
const settledMs = 2000;

/**
 * Facts of files by name, size and time. Only ever a shortcut: a cache that is missing, damaged, of another format or
 * not writable makes reading slower and changes nothing else.
 */
export class FactsCache {
  readonly #file: string;
  readonly #known: Map<string, Row>;
  readonly #trustedUntil: number;

  constructor(file: string) {
    this.#file = file;
    const { rows, writtenAt } = load(file);
    this.#known = new Map(rows.map((row) => [row[0], row]));
    this.#trustedUntil = writtenAt - settledMs;
  }

  /** The facts of an unchanged file, or null. */
  find(name: string, stamp: FileStamp): FileFacts | null {
    const row = this.#known.get(name);
    if (row === undefined || row[1] !== stamp.size || row[2] !== stamp.mtimeMs) return null;
    return stamp.mtimeMs <= this.#trustedUntil ? row[3] : null;
  }

  /** Replaces the cache on disk; readers see the old one or the new one. */
  save(rows: readonly Row[]): void {
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(join(dirname(this.#file), ".gitignore"), "*\n");
      writeFileSync(temporary, JSON.stringify({ format: 1, writtenAt: Date.now(), rows }));
      renameSync(temporary, this.#file);
    } catch {
      // Reading works without a cache, also in a folder that can't be written.
    }
  }
}

function load(file: string): { readonly rows: readonly Row[]; readonly writtenAt: number } {
  try {
    const parsed = JSON.parse(readFileSync(file, "utf8")) as { format?: unknown; writtenAt?: unknown; rows?: unknown };
    if (parsed.format !== 1 || typeof parsed.writtenAt !== "number" || !Array.isArray(parsed.rows)) throw new Error("another format");
    return { rows: parsed.rows as readonly Row[], writtenAt: parsed.writtenAt };
  } catch {
    return { rows: [], writtenAt: 0 };
  }
}
