import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { canonicalText, normaliseText } from "../history/canonical-text.ts";
import { markers, parseRevisionFile } from "../history/header.ts";
import type { Revision, RevisionBody, SqlSection } from "../history/revision.ts";
import { sha256Hex } from "../platform/hash.ts";
import { type ArrangedRevision, arrangeFiles, filesOfDialect } from "./arrange-files.ts";
import { FactsCache, type FileStamp } from "./facts-cache.ts";
import { type FileFacts, factsOf } from "./file-facts.ts";

/** Where to read revisions from. */
export interface FolderRequest {
  readonly directory: string;
  readonly dialect: Dialect;
  /** Makes reading a large folder again quick; left out, every file is read. */
  readonly cacheFile?: string;
}

/** The revisions of a folder. Bodies are read when asked for. */
export interface RevisionFolder {
  readonly directory: string;
  /** False when there is no such folder; then it has no revisions. */
  readonly exists: boolean;
  /** In the order of the files. */
  readonly revisions: readonly Revision[];
  /** Files that look like revisions and are of a kind that is not read. */
  readonly unread: readonly string[];
  paths(revision: Revision): readonly string[];
  readBody(revision: Revision): Promise<RevisionBody>;
  /** The canonical text; of a pair, both halves. */
  readSource(revision: Revision): Promise<string>;
}

/** Folders below this many files are read in less time than a cache takes. */
const cachedFrom = 200;

/** Reads a folder of revision files. A folder that is missing has no revisions; one that can't be read is an error. */
export async function readRevisionFolder(request: FolderRequest): Promise<RevisionFolder> {
  const { directory } = request;
  const names = listFolder(directory);
  const sqlFiles = filesOfDialect(names ?? [], request.dialect);
  const facts = await readFacts(request, sqlFiles);
  const arranged = arrangeFiles(facts);
  const byId = new Map(arranged.map((entry) => [entry.revision.id, entry]));
  const entry = (revision: Revision): ArrangedRevision => {
    const found = byId.get(revision.id);
    if (found === undefined) throw new KeelsonError("internal", `${revision.id} is not a revision of ${directory}.`);
    return found;
  };
  return {
    directory,
    exists: names !== null,
    revisions: arranged.map((item) => item.revision),
    unread: (names ?? []).filter((name) => /\.(ts|mts|js|mjs|py)$/.test(name)),
    paths: (revision) => filesOf(entry(revision)).map((file) => join(directory, file)),
    readBody: (revision) => readBody(directory, entry(revision)),
    readSource: (revision) => readSource(directory, entry(revision)),
  };
}

/** Names of the files in a folder that could be revisions; none when there is no such folder. */
export function listRevisionFiles(directory: string): readonly string[] {
  return listFolder(directory) ?? [];
}

function listFolder(directory: string): readonly string[] | null {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith("."));
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw unreadable(directory, error);
  }
}

async function readFacts(request: FolderRequest, names: readonly string[]): Promise<{ name: string; facts: FileFacts }[]> {
  const cache = request.cacheFile === undefined || names.length < cachedFrom ? null : new FactsCache(request.cacheFile);
  const rows: [string, number, number, FileFacts][] = [];
  let changed = false;
  for (const name of names) {
    const path = join(request.directory, name);
    const stamp: FileStamp = cache === null ? { size: 0, mtimeMs: 0 } : stampOf(path);
    let facts = cache?.find(name, stamp) ?? null;
    if (facts === null) {
      facts = factsOf(await readText(path), name);
      changed = true;
    }
    rows.push([name, stamp.size, stamp.mtimeMs, facts]);
  }
  if (changed) cache?.save(rows);
  return rows.map(([name, , , facts]) => ({ name, facts }));
}

function stampOf(path: string): FileStamp {
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, mtimeMs };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new KeelsonError("history.invalid-file", `${path} is not UTF-8 text.`, { hint: "Save the file as UTF-8.", details: { file: path } });
    }
    throw unreadable(path, error);
  }
}

function filesOf(entry: ArrangedRevision): readonly string[] {
  return entry.downFile === null ? [entry.upFile] : [entry.upFile, entry.downFile];
}

async function readBody(directory: string, entry: ArrangedRevision): Promise<RevisionBody> {
  const { upFile, downFile, revision } = entry;
  const text = await readText(join(directory, upFile));
  if (sha256Hex(canonicalText(text)) !== revision.checksum) {
    throw new KeelsonError("history.invalid-file", `${upFile} changed while it was being read. Nothing of it was run.`, { hint: "Run again." });
  }
  const parsed = parseRevisionFile(normaliseText(text), upFile);
  const section = (found: { sql: string; firstLine: number } | null): SqlSection | null =>
    found === null ? null : { ...found, file: upFile };
  const up: SqlSection = { ...parsed.up, file: upFile };
  const verify = section(parsed.verify);
  if (downFile === null) return { up, down: revision.hasDown ? section(parsed.down) : null, verify };
  const down = normaliseText(await readText(join(directory, downFile)));
  return { up, down: { sql: down, file: downFile, firstLine: 1 }, verify };
}

async function readSource(directory: string, entry: ArrangedRevision): Promise<string> {
  const up = canonicalText(await readText(join(directory, entry.upFile)));
  if (entry.downFile === null) return up;
  return `${up}${markers.down}\n${canonicalText(await readText(join(directory, entry.downFile)))}`;
}

function unreadable(path: string, error: unknown): KeelsonError {
  return new KeelsonError("file.unreadable", `${path} can't be read: ${error instanceof Error ? error.message : String(error)}.`, {
    hint: "Check that it exists and that you may read it.",
    details: { file: path },
    cause: error,
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
