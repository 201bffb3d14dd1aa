import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { printHeader } from "../history/header.ts";
import { markers } from "../history/markers.ts";
import { isHeaderless, type RevisionHeader, type TransactionMode } from "../history/revision.ts";
import { writeFileExclusive } from "../platform/atomic-file.ts";
import { claimVersion } from "./claim-version.ts";
import { compareNumbers, parseFileName, versionNumber } from "./file-name.ts";
import type { Layout, LayoutChoice } from "./layout.ts";
import { listNames, type RevisionFolder } from "./read-folder.ts";
import { countedVersion, laterVersion, momentVersion } from "./version.ts";

export type { LayoutChoice } from "./layout.ts";

/** What a new revision does, on one dialect or on every one. */
export interface NewBody {
  /** Null for one file for every dialect. */
  readonly dialect: Dialect | null;
  readonly up: string;
  readonly down: string;
  /** Queries that must return no rows before each way; that of the way down has no place in files without a header. */
  readonly require?: string;
  readonly requireDown?: string;
  /** What is asked once it is applied; has no place in files without a header either. */
  readonly verify?: string;
  readonly transaction: TransactionMode;
  /** Of the way down, where it is another. */
  readonly transactionDown?: TransactionMode;
  /** Lines that go below the others of the header; a file without a header has no place for them. */
  readonly proof: readonly string[];
}

/** What a new revision is to be. */
export interface NewRevision {
  readonly folder: RevisionFolder;
  readonly message: string;
  readonly parents: readonly string[];
  readonly labels: readonly string[];
  readonly dependsOn: readonly string[];
  /** Ids of the revisions that it takes the place of. */
  readonly replaces?: readonly string[];
  /** Left out, the revision is empty, for a person to fill in. */
  readonly bodies?: readonly NewBody[];
  /** The text below the header of a revision that is written in TypeScript, instead of bodies of SQL. */
  readonly code?: string;
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
 * Writes a revision that comes last in the folder, in the folder's own layout unless told otherwise. Overwrites
 * nothing; writers at the same moment get different versions. What a headerless file can't say gets a header.
 */
export async function writeRevision(request: NewRevision): Promise<WrittenRevision> {
  const { folder, layout: chosen = {} } = request;
  const layout = layoutFor(request, { ...folder.layout, ...chosen });
  const last = folder.revisions.findLast(isHeaderless)?.id ?? null;
  if (layout.format === "keelson" || request.code !== undefined || !fitsHeaderless(request, last)) {
    if (layout.format !== "keelson" && chosen.format !== undefined) throw needsHeader();
    return await writeWithHeader(request, layout);
  }
  return await writeHeaderless(request, layout, last);
}

/** A way back that was made must not be left out because the folder's files have none. */
function layoutFor({ bodies }: NewRevision, layout: Layout): Layout {
  return bodies !== undefined && layout.format === "simple" ? { ...layout, format: "simple-with-down" } : layout;
}

/** Headerless files form one line in the order of their versions, and the new one comes after the last. */
function fitsHeaderless(request: NewRevision, last: string | null): boolean {
  if ((request.bodies?.length ?? 0) > 1) return false;
  if (request.labels.length > 0 || request.dependsOn.length > 0) return false;
  return request.parents.join(",") === (last ?? "");
}

async function writeWithHeader(request: NewRevision, layout: Layout): Promise<WrittenRevision> {
  const { folder, message, parents, labels, dependsOn, replaces = [], now, newId } = request;
  const first = laterVersion(momentVersion(now), newestNumber(folder), "timestamp");
  const claim = await claimVersion({ directory: folder.directory, first, numbering: "timestamp" });
  try {
    const id = newId();
    const created = `${now.toISOString().slice(0, 19)}Z`;
    const name = `${claim.version}_${slug(message)}`;
    const header = { id, parents, dependsOn, labels, message, created, replaces };
    const files = await writeAll(folder.directory, newFiles(request, layout, { name, header }));
    return { id, message, parents, files };
  } finally {
    await claim.release();
  }
}

type HeaderWithoutModes = Omit<RevisionHeader, "transaction" | "transactionDown">;

function newFiles(
  request: NewRevision,
  layout: Layout,
  { name, header }: { readonly name: string; readonly header: HeaderWithoutModes },
): readonly NewFile[] {
  const { code, bodies = emptyBodies(layout) } = request;
  if (code !== undefined) return [[`${name}.ts`, `${printHeader({ ...header, transaction: "auto" }, "//")}\n${code}`]];
  return bodies.map((body) => [`${name}${endingOf(body)}`, textOf(header, body)]);
}

function emptyBodies({ dialects }: Layout): readonly NewBody[] {
  const body = { up: "", down: "", transaction: "auto", proof: [] } as const;
  return dialects.length === 0 ? [{ ...body, dialect: null }] : dialects.map((dialect) => ({ ...body, dialect }));
}

function endingOf({ dialect }: NewBody): string {
  return dialect === null ? ".sql" : `.${dialect}.sql`;
}

function textOf(header: HeaderWithoutModes, body: NewBody): string {
  const proof = body.proof.map((line) => `${line}\n`).join("");
  const section = (marker: string, sql: string): string => (sql === "" ? `${marker}\n` : `${marker}\n${sql}\n`);
  const { transaction, transactionDown = transaction } = body;
  const required = (marker: string, sql = ""): string => (sql === "" ? "" : `${section(marker, sql)}\n`);
  const up = `${required(markers.require, body.require)}${section(markers.up, body.up)}`;
  const down = `${required(markers["require-down"], body.requireDown)}${section(markers.down, body.down)}`;
  const verify = body.verify === undefined || body.verify === "" ? "" : `\n${section(markers.verify, body.verify)}`;
  return `${printHeader({ ...header, transaction, transactionDown })}${proof}\n${up}\n${down}${verify}`;
}

async function writeHeaderless(request: NewRevision, layout: Layout, last: string | null): Promise<WrittenRevision> {
  const { folder, message, now } = request;
  const { numbering } = layout;
  const wanted = numbering === "timestamp" ? momentVersion(now) : countedVersion(1n);
  const first = laterVersion(wanted, last === null ? null : versionNumber(last), numbering);
  const claim = await claimVersion({ directory: folder.directory, first, numbering });
  try {
    const words = message.trim().replaceAll(/[^\p{L}\p{N}.-]+/gu, "_");
    const files = await writeAll(
      folder.directory,
      headerlessFiles(`${claim.version}_${words}`, layout.format, request.bodies?.[0] ?? sqlxTemplate),
    );
    const parents = last === null ? [] : [last];
    return { id: claim.version, message: words.replaceAll("_", " ").trim(), parents, files };
  } finally {
    await claim.release();
  }
}

type NewFile = readonly [name: string, text: string];

/** SQLx's own first lines; a file that holds everything has one of its own. */
const sqlxTemplate = { up: null, down: "-- Add down migration script here", transaction: "auto" } as const;

function headerlessFiles(
  name: string,
  format: Layout["format"],
  body: Pick<NewBody, "down" | "require" | "transaction" | "transactionDown"> & { readonly up: string | null },
): readonly NewFile[] {
  const mode = (of: TransactionMode): string => (of === "none" ? "-- no-transaction\n" : "");
  const { transaction, transactionDown = transaction } = body;
  const { require = "" } = body;
  const required = require === "" ? "" : `${markers.require}\n${require}\n\n${markers.up}\n`;
  const up = (template: string): string => `${mode(transaction)}${required}${body.up ?? template}\n`;
  const down: NewFile = [`${name}.down.sql`, `${mode(transactionDown)}${body.down}\n`];
  switch (format) {
    case "reversible":
      return [[`${name}.up.sql`, up("-- Add up migration script here")], down];
    case "simple-with-down":
      return [[`${name}.sql`, up("-- Add migration script here")], down];
    default:
      return [[`${name}.sql`, up("-- Add migration script here")]];
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
