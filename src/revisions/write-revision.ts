import { mkdir, open, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KeelsonError } from "../errors.ts";
import { printRevisionFile } from "../history/header.ts";
import type { RevisionHeader } from "../history/revision.ts";
import { parseFileName, versionNumber } from "./file-name.ts";
import { type Layout, type LayoutChoice, layoutOf } from "./layout.ts";
import { type RevisionFolder, listRevisionFiles } from "./read-folder.ts";

export type { LayoutChoice } from "./layout.ts";

/** What a new, empty revision is to be. */
export interface NewRevision {
  readonly folder: RevisionFolder;
  readonly message: string;
  readonly parents: readonly string[];
  readonly labels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly layout?: LayoutChoice;
  readonly now: Date;
  readonly newId: () => string;
}

/** The files of a revision that was written. */
export interface WrittenRevision {
  readonly id: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly files: readonly string[];
}

/** Writes an empty revision; overwrites nothing, and two writers at the same moment get different versions. */
export async function writeRevision(request: NewRevision): Promise<WrittenRevision> {
  const { folder, message } = request;
  const layout: Layout = { ...layoutOf(folder.revisions), ...request.layout };
  await mkdir(folder.directory, { recursive: true });
  if (layout.format === "keelson") return await writeHeaded(request);
  const last = folder.revisions.filter((revision) => revision.format !== "sql").at(-1)?.id ?? null;
  if (request.labels.length > 0 || request.dependsOn.length > 0 || request.parents.some((parent) => parent !== last)) {
    throw new KeelsonError("usage.invalid", "Files without a header form one line: they can't have parents, labels or dependencies of their own. Nothing was written.", {
      hint: "Write a file with a header: --layout keelson",
    });
  }
  return await withVersion(folder.directory, firstVersion(layout, last, request.now), layout, async (version) => {
    const words = message.trim().replaceAll(/[\s/\\]+/g, "_");
    const name = `${version}_${words}`;
    const files: string[] = [];
    for (const [file, text] of emptyFiles(name, layout.format)) files.push(await writeNew(join(folder.directory, file), text));
    return { id: version, message: words.replaceAll("_", " "), parents: last === null ? [] : [last], files };
  });
}

/** SQLx's own first lines. */
function emptyFiles(name: string, format: Layout["format"]): readonly (readonly [file: string, text: string])[] {
  const up = [`${name}.up.sql`, "-- Add up migration script here\n"] as const;
  const down = [`${name}.down.sql`, "-- Add down migration script here\n"] as const;
  const simple = [`${name}.sql`, "-- Add migration script here\n"] as const;
  if (format === "reversible") return [up, down];
  return format === "simple-with-down" ? [simple, down] : [simple];
}

async function writeHeaded(request: NewRevision): Promise<WrittenRevision> {
  const { folder, message, parents, labels, dependsOn, now } = request;
  const layout: Layout = { format: "keelson", numbering: "timestamp" };
  return await withVersion(folder.directory, timestamp(now), layout, async (version) => {
    const created = `${now.toISOString().slice(0, 19)}Z`;
    const header: RevisionHeader = { id: request.newId(), parents, dependsOn, labels, message, created, transaction: "auto" };
    const file = await writeNew(join(folder.directory, `${version}_${slug(message)}.sql`), printRevisionFile(header));
    return { id: header.id, message, parents, files: [file] };
  });
}

/**
 * Claims a version by creating a file that only one writer can create, and takes the next one where the version is
 * claimed or used.
 */
async function withVersion<Result>(
  directory: string,
  first: string,
  layout: Layout,
  write: (version: string) => Promise<Result>,
): Promise<Result> {
  for (let version = first; ; version = nextVersion(version, layout)) {
    const claim = join(directory, `.${versionNumber(version)}.claim`);
    if (!(await claimFile(claim))) continue;
    try {
      const used = listRevisionFiles(directory).some((name) => {
        const other = parseFileName(name)?.version ?? null;
        return other !== null && versionNumber(other) === versionNumber(version);
      });
      if (!used) return await write(version);
    } finally {
      await rm(claim, { force: true });
    }
  }
}

async function claimFile(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw unwritable(path, error);
  }
}

function firstVersion(layout: Layout, last: string | null, now: Date): string {
  if (layout.numbering === "timestamp") return timestamp(now);
  return counted(last === null ? 1n : BigInt(last) + 1n);
}

function nextVersion(version: string, layout: Layout): string {
  if (layout.numbering === "sequential") return counted(BigInt(version) + 1n);
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(version) ?? [];
  return timestamp(new Date(Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s) + 1)));
}

function counted(version: bigint): string {
  return version.toString().padStart(4, "0");
}

function timestamp(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
}

/** At most 40 characters, cut between words. */
function slug(message: string): string {
  const words = message.normalize("NFKD").toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? ["revision"];
  let result = words[0]?.slice(0, 40) ?? "revision";
  for (const word of words.slice(1)) {
    if (result.length + 1 + word.length > 40) break;
    result += `_${word}`;
  }
  return result;
}

async function writeNew(path: string, text: string): Promise<string> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return path;
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): KeelsonError {
  return new KeelsonError("file.unwritable", `${path} can't be written: ${error instanceof Error ? error.message : String(error)}.`, {
    hint: "Check that the folder exists and that you may write in it.",
    details: { file: path },
    cause: error,
  });
}
