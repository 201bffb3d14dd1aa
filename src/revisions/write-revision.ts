import { rm } from "node:fs/promises";
import { join } from "node:path";
import { KeelsonError } from "../errors.ts";
import { printHeader } from "../history/header.ts";
import { markers } from "../history/markers.ts";
import { writeFileExclusive } from "../platform/atomic-file.ts";
import { claimVersion } from "./claim-version.ts";
import { compareNumbers, parseFileName, versionNumber } from "./file-name.ts";
import type { Layout, LayoutChoice } from "./layout.ts";
import { listNames, type RevisionFolder } from "./read-folder.ts";
import { countedVersion, laterVersion, momentVersion } from "./version.ts";

export type { LayoutChoice } from "./layout.ts";

/** What a new, empty revision is to be. */
export interface NewRevision {
  readonly folder: RevisionFolder;
  readonly message: string;
  readonly parents: readonly string[];
  readonly labels: readonly string[];
  readonly dependsOn: readonly string[];
  /** Overrides what the folder's own layout says. */
  readonly layout?: LayoutChoice;
  readonly now: Date;
  readonly newId: () => string;
}

/** A revision that was written. */
export interface WrittenRevision {
  readonly id: string;
  readonly message: string;
  readonly parents: readonly string[];
  /** The paths of its files. */
  readonly files: readonly string[];
}

/**
 * Writes an empty revision that comes last in the folder, in the folder's own layout unless told otherwise. Overwrites
 * nothing; writers at the same moment get different versions. What a headerless file can't say gets a header.
 */
export async function writeRevision(request: NewRevision): Promise<WrittenRevision> {
  const { folder, layout: chosen = {} } = request;
  const layout: Layout = { ...folder.layout, ...chosen };
  const last = folder.revisions.findLast((revision) => revision.format !== "sql")?.id ?? null;
  if (layout.format === "keelson" || !fitsHeaderless(request, last)) {
    if (layout.format !== "keelson" && chosen.format !== undefined) throw needsHeader();
    return await writeWithHeader(request, layout);
  }
  return await writeHeaderless(request, layout, last);
}

/** Headerless files form one line in the order of their versions, and the new one comes after the last. */
function fitsHeaderless(request: NewRevision, last: string | null): boolean {
  if (request.labels.length > 0 || request.dependsOn.length > 0) return false;
  return request.parents.join(",") === (last ?? "");
}

async function writeWithHeader(request: NewRevision, layout: Layout): Promise<WrittenRevision> {
  const { folder, message, parents, labels, dependsOn, now, newId } = request;
  const first = laterVersion(momentVersion(now), newestNumber(folder), "timestamp");
  const claim = await claimVersion({ directory: folder.directory, first, numbering: "timestamp" });
  try {
    const id = newId();
    const created = `${now.toISOString().slice(0, 19)}Z`;
    const header = printHeader({ id, parents, dependsOn, labels, message, created, transaction: "auto" });
    const text = `${header}\n${markers.up}\n\n${markers.down}\n`;
    const name = `${claim.version}_${slug(message)}`;
    const endings = layout.dialects.length === 0 ? ["sql"] : layout.dialects.map((dialect) => `${dialect}.sql`);
    const files = await writeAll(
      folder.directory,
      endings.map((ending) => [`${name}.${ending}`, text]),
    );
    return { id, message, parents, files };
  } finally {
    await claim.release();
  }
}

async function writeHeaderless(request: NewRevision, layout: Layout, last: string | null): Promise<WrittenRevision> {
  const { folder, message, now } = request;
  const { numbering } = layout;
  const wanted = numbering === "timestamp" ? momentVersion(now) : countedVersion(1n);
  const first = laterVersion(wanted, last === null ? null : versionNumber(last), numbering);
  const claim = await claimVersion({ directory: folder.directory, first, numbering });
  try {
    const words = message.trim().replaceAll(/[^\p{L}\p{N}.-]+/gu, "_");
    const files = await writeAll(folder.directory, emptyFiles(`${claim.version}_${words}`, layout.format));
    const parents = last === null ? [] : [last];
    return { id: claim.version, message: words.replaceAll("_", " ").trim(), parents, files };
  } finally {
    await claim.release();
  }
}

type NewFile = readonly [name: string, text: string];

/** SQLx's own first lines. */
function emptyFiles(name: string, format: Layout["format"]): readonly NewFile[] {
  const down: NewFile = [`${name}.down.sql`, "-- Add down migration script here\n"];
  switch (format) {
    case "reversible":
      return [[`${name}.up.sql`, "-- Add up migration script here\n"], down];
    case "simple-with-down":
      return [[`${name}.sql`, "-- Add migration script here\n"], down];
    default:
      return [[`${name}.sql`, "-- Add migration script here\n"]];
  }
}

/** All of the files, or none where one of them can't be written. */
async function writeAll(directory: string, files: readonly NewFile[]): Promise<readonly string[]> {
  const written: string[] = [];
  try {
    for (const [name, text] of files) {
      const path = join(directory, name);
      await writeFileExclusive(path, text);
      written.push(path);
    }
    return written;
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}

/** The highest version that any file of the folder has, so that the new one comes after it. */
function newestNumber(folder: RevisionFolder): string | null {
  const numbers = listNames(folder.directory).flatMap((name) => parseFileName(name)?.number ?? []);
  return numbers.toSorted(compareNumbers).at(-1) ?? null;
}

/** At most 40 characters, cut between words. */
function slug(message: string): string {
  const words = message
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ["revision"];
  let result = "";
  for (const word of words) {
    const longer = result === "" ? word.slice(0, 40) : `${result}_${word}`;
    if (longer.length > 40) break;
    result = longer;
  }
  return result;
}

function needsHeader(): KeelsonError {
  return new KeelsonError(
    "usage.invalid",
    "Files without a header form one line: each one's parent is the one before it, and they have no labels and no dependencies. Nothing was written.",
    { hint: "Write a file with a header: --layout keelson" },
  );
}
