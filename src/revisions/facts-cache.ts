import { mkdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RevisionHeader } from "../history/revision.ts";
import type { FileFacts } from "./file-facts.ts";

/**
 * The facts of all files, a list for each part of them: ten thousand files make a dozen lists of plain strings and
 * numbers, which are read several times faster than ten thousand objects.
 */
interface Columns {
  readonly names: string[];
  /** Four for each file: size, times of change of its content and of itself, inode. They tell that it is still the one that was read. */
  readonly stamps: number[];
  readonly checksums: string[];
  readonly flags: number[];
  /** Of the header; empty texts where a file has none. */
  readonly ids: string[];
  /** Joined by commas, which no id holds. */
  readonly parents: string[];
  readonly messages: string[];
  readonly created: (string | null)[];
  /** What few headers have, by the file's place in the lists. */
  readonly labels: Record<string, readonly string[]>;
  readonly dependsOn: Record<string, readonly string[]>;
  readonly replaces: Record<string, readonly string[]>;
}

const flag = {
  hasDown: 1,
  isBlank: 2,
  hasSections: 4,
  noTransaction: 8,
  header: 16,
  alone: 32,
  downAuto: 64,
  downAlone: 128,
} as const;

/** A change of the facts or of how they are read from a file takes a new number. */
const format = 7;

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
  readonly #known: Columns;
  readonly #now: number;
  /** Where the next file most likely is: folders are listed in the same order each time. */
  #next = 0;
  #places: ReadonlyMap<string, number> | null = null;
  readonly #kept: number[] = [];
  readonly #fresh: { readonly name: string; readonly stats: Stats; readonly facts: FileFacts }[] = [];

  /** `now` is the time before any of the files is looked at. */
  constructor(file: string, now: number) {
    this.#file = file;
    this.#known = load(file) ?? emptyColumns();
    this.#now = now;
  }

  /** The facts of a file that looks as it did; otherwise those that `read` finds now. */
  facts(name: string, stats: Stats, read: () => FileFacts): FileFacts {
    const place = this.#place(name);
    if (place !== undefined && isSame(this.#known, place, stats)) {
      this.#kept.push(place);
      return factsAt(this.#known, place);
    }
    const facts = read();
    if (Math.max(stats.mtimeMs, stats.ctimeMs) + settledMs < this.#now) this.#fresh.push({ name, stats, facts });
    return facts;
  }

  /** Replaces the cache on disk by what was asked for, if that has changed; readers see the old one or the new one. */
  save(): void {
    if (this.#fresh.length === 0 && this.#kept.length === this.#known.names.length) return;
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(join(dirname(this.#file), ".gitignore"), "*\n");
      writeFileSync(temporary, JSON.stringify({ format, ...this.#columns() }));
      renameSync(temporary, this.#file);
    } catch {
      // Reading works without a cache, also in a folder that can't be written.
      rmSync(temporary, { force: true });
    }
  }

  #place(name: string): number | undefined {
    const { names } = this.#known;
    if (names[this.#next] === name) return this.#next++;
    this.#places ??= new Map(names.map((known, place) => [known, place]));
    const place = this.#places.get(name);
    if (place !== undefined) this.#next = place + 1;
    return place;
  }

  #columns(): Columns {
    const columns = emptyColumns();
    for (const place of this.#kept) {
      const [name = "", stamps] = [this.#known.names[place], this.#known.stamps.slice(4 * place, 4 * place + 4)];
      add(columns, { name, stamps, facts: factsAt(this.#known, place) });
    }
    for (const { name, stats, facts } of this.#fresh) add(columns, { name, stamps: stampsOf(stats), facts });
    return columns;
  }
}

function emptyColumns(): Columns {
  return {
    names: [],
    stamps: [],
    checksums: [],
    flags: [],
    ids: [],
    parents: [],
    messages: [],
    created: [],
    labels: {},
    dependsOn: {},
    replaces: {},
  };
}

function stampsOf({ size, mtimeMs, ctimeMs, ino }: Stats): readonly number[] {
  return [size, mtimeMs, ctimeMs, ino];
}

function isSame({ stamps }: Columns, place: number, stats: Stats): boolean {
  const at = 4 * place;
  return (
    stamps[at] === stats.size &&
    stamps[at + 1] === stats.mtimeMs &&
    stamps[at + 2] === stats.ctimeMs &&
    stamps[at + 3] === stats.ino
  );
}

function load(file: string): Columns | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isColumns(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const rare = ["labels", "dependsOn", "replaces"] as const;
const texts = ["names", "checksums", "ids", "parents", "messages"] as const;

function isColumns(parsed: unknown): parsed is Columns {
  if (typeof parsed !== "object" || parsed === null || !("format" in parsed) || parsed.format !== format) return false;
  const columns = parsed as Partial<Record<keyof Columns, unknown>>;
  const { names, stamps, flags, created } = columns;
  if (!Array.isArray(names)) return false;
  const count = names.length;
  const isList = (list: unknown, length: number, type: string): boolean =>
    Array.isArray(list) && list.length === length && list.every((value) => typeof value === type);
  return (
    texts.every((name) => isList(columns[name], count, "string")) &&
    isList(stamps, 4 * count, "number") &&
    isList(flags, count, "number") &&
    Array.isArray(created) &&
    created.length === count &&
    rare.every((name) => typeof columns[name] === "object" && columns[name] !== null)
  );
}

function add(
  columns: Columns,
  { name, stamps, facts }: { readonly name: string; readonly stamps: readonly number[]; readonly facts: FileFacts },
): void {
  const place = columns.names.length;
  const { header } = facts;
  columns.names.push(name);
  columns.stamps.push(...stamps);
  columns.checksums.push(facts.checksum);
  columns.flags.push(flagsOf(facts));
  columns.ids.push(header?.id ?? "");
  columns.parents.push(header?.parents.join(",") ?? "");
  columns.messages.push(header?.message ?? "");
  columns.created.push(header?.created ?? null);
  if (header !== null && header.labels.length > 0) columns.labels[place] = header.labels;
  if (header !== null && header.dependsOn.length > 0) columns.dependsOn[place] = header.dependsOn;
  if (header?.replaces !== undefined) columns.replaces[place] = header.replaces;
}

function flagsOf({ header, hasDown, isBlank, hasSections, noTransaction }: FileFacts): number {
  return (
    (hasDown ? flag.hasDown : 0) |
    (isBlank ? flag.isBlank : 0) |
    (hasSections ? flag.hasSections : 0) |
    (noTransaction ? flag.noTransaction : 0) |
    (header === null ? 0 : flag.header) |
    (header?.transaction === "none" ? flag.alone : 0) |
    (header?.transactionDown === "auto" ? flag.downAuto : 0) |
    (header?.transactionDown === "none" ? flag.downAlone : 0)
  );
}

function factsAt(columns: Columns, place: number): FileFacts {
  const flags = columns.flags[place] ?? 0;
  return {
    header: (flags & flag.header) === 0 ? null : headerAt(columns, place, flags),
    hasDown: (flags & flag.hasDown) !== 0,
    isBlank: (flags & flag.isBlank) !== 0,
    hasSections: (flags & flag.hasSections) !== 0,
    noTransaction: (flags & flag.noTransaction) !== 0,
    checksum: columns.checksums[place] ?? "",
  };
}

const none: readonly string[] = [];

function headerAt(columns: Columns, place: number, flags: number): RevisionHeader {
  const parents = columns.parents[place] ?? "";
  return {
    id: columns.ids[place] ?? "",
    parents: parents === "" ? none : parents.includes(",") ? parents.split(",") : [parents],
    dependsOn: columns.dependsOn[place] ?? none,
    labels: columns.labels[place] ?? none,
    message: columns.messages[place] ?? "",
    created: columns.created[place] ?? null,
    transaction: (flags & flag.alone) === 0 ? "auto" : "none",
    ...downModeAt(flags),
    ...(columns.replaces[place] === undefined ? {} : { replaces: columns.replaces[place] }),
  };
}

function downModeAt(flags: number): Pick<RevisionHeader, "transactionDown"> {
  if ((flags & flag.downAuto) !== 0) return { transactionDown: "auto" };
  return (flags & flag.downAlone) === 0 ? {} : { transactionDown: "none" };
}
