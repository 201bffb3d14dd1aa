import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { canonicalText } from "../history/canonical-text.ts";
import { parseCodeText } from "../history/code-text.ts";
import { findMarkers, markers } from "../history/markers.ts";
import type { Revision, RevisionBody } from "../history/revision.ts";
import { effectiveDown, parseRevisionText } from "../history/revision-text.ts";
import { type ArrangedRevision, arrangeFiles, type FactedFile, isRevision } from "./arrange-files.ts";
import { FactsCache } from "./facts-cache.ts";
import { checksumOf, codeChecksumOf, factsOf, revisionFileText } from "./file-facts.ts";
import { isRevisionFile } from "./file-name.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type LoadedCode, loadCode } from "./load-code.ts";

/** Where to read revisions from. */
export interface FolderRequest {
  readonly directory: string;
  /** Which files count where a revision has one for each dialect. */
  readonly dialect: Dialect;
  /** Makes reading a large folder again quick; left out, every file is read. */
  readonly cacheFile?: string;
}

/** The revisions of a folder. Bodies are read when asked for. */
export interface RevisionFolder {
  readonly directory: string;
  /** False when there is no such folder; then it has no revisions. */
  readonly exists: boolean;
  /** How a new revision is written here unless told otherwise. */
  readonly layout: Layout;
  /** In the order of the files. */
  readonly revisions: readonly Revision[];
  /** Names of files and folders that are no revisions; hidden ones are left out. */
  readonly unread: readonly string[];
  /** The paths of a revision's files. */
  paths(revision: Revision): readonly string[];
  /**
   * The SQL of a revision; `history.invalid-file` when the file has changed since the folder was read, and for one that
   * is written as code: its statements are not known before it runs.
   */
  readBody(revision: Revision): Promise<RevisionBody>;
  /** Loads a revision that is written as code, afresh each time. */
  loadCode(revision: Revision): Promise<LoadedCode>;
  /** The canonical text; of a pair, both halves. */
  readSource(revision: Revision): Promise<string>;
}

/** Folders below this many files are read in less time than a cache takes. */
const cachedFrom = 200;

/** Reads a folder of revision files. A folder that is missing has no revisions; one that can't be read is an error. */
export async function readRevisionFolder(request: FolderRequest): Promise<RevisionFolder> {
  const { directory, dialect } = request;
  const names = listFolder(directory);
  const files = (await readFacts(request, (names ?? []).filter(isRevisionFile))).filter(isRevision);
  const fileNames = files.map(({ name }) => name);
  const read = new Set(fileNames);
  const arranged = arrangeFiles(files, dialect);
  let byId: ReadonlyMap<string, ArrangedRevision> | null = null;
  let layout: Layout | null = null;
  const revisions = arranged.map((entry) => entry.revision);
  const entryOf = (revision: Revision): ArrangedRevision => {
    byId ??= new Map(arranged.map((entry) => [entry.revision.id, entry]));
    const found = byId.get(revision.id);
    if (found !== undefined) return found;
    throw new KeelsonError("internal", `${revision.id} is no revision of ${directory}.`);
  };
  return {
    directory,
    exists: names !== null,
    get layout() {
      layout ??= layoutOf(revisions, fileNames);
      return layout;
    },
    revisions,
    unread: (names ?? []).filter((name) => !read.has(name)),
    paths: (revision) => filesOf(entryOf(revision)).map((file) => join(directory, file)),
    readBody: async (revision) => readBody(directory, entryOf(revision)),
    loadCode: (revision) => readCode(directory, entryOf(revision)),
    readSource: async (revision) => readSource(directory, entryOf(revision)),
  };
}

/** The names in a folder of revisions, hidden ones left out; none when there is no such folder. */
export function listNames(directory: string): readonly string[] {
  return listFolder(directory) ?? [];
}

function listFolder(directory: string): readonly string[] | null {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith("."));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw unreadable(directory, error);
  }
}

/** From time to time a server's answer is let in, which a verb may be waiting for as well. */
const filesAtOnce = 500;

/** Synchronous on purpose: thousands of small files are read several times faster than through the thread pool. */
async function readFacts(request: FolderRequest, names: readonly string[]): Promise<readonly FactedFile[]> {
  const { directory, cacheFile } = request;
  const read = (name: string) => factsOf(readContent(join(directory, name)), name);
  if (cacheFile === undefined || names.length < cachedFrom) return names.map((name) => ({ name, facts: read(name) }));
  const cache = new FactsCache(cacheFile, Date.now());
  const files: FactedFile[] = [];
  for (const name of names) {
    files.push({ name, facts: cache.facts(name, statsOf(`${directory}/${name}`), () => read(name)) });
    if (files.length % filesAtOnce === 0) await setImmediate();
  }
  cache.save();
  return files;
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function readContent(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function filesOf({ upFile, downFile }: ArrangedRevision): readonly string[] {
  return downFile === null ? [upFile] : [upFile, downFile];
}

function readBody(directory: string, { upFile, downFile, revision }: ArrangedRevision): RevisionBody {
  if (revision.format === "ts") throw hasNoSql(upFile, revision);
  const parsed = parseRevisionText(readText(directory, upFile), upFile);
  if (checksumOf(parsed) !== revision.checksum) throw changedMeanwhile(upFile, revision);
  if (downFile === null) return parsed.body;
  const sql = readText(directory, downFile);
  return { ...parsed.body, down: effectiveDown(parsed.body.up, { sql, file: downFile, firstLine: 1 }) };
}

async function readCode(directory: string, { upFile, revision }: ArrangedRevision): Promise<LoadedCode> {
  const text = readText(directory, upFile);
  const parsed = parseCodeText(text, upFile);
  if (parsed === null || codeChecksumOf(parsed) !== revision.checksum) throw changedMeanwhile(upFile, revision);
  return await loadCode({ file: upFile, path: resolve(directory, upFile), text, hasDown: revision.hasDown });
}

function changedMeanwhile(file: string, revision: Revision): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file} changed while this ran. Nothing of it was run.`, {
    hint: "Run the command again.",
    details: { file, revision: revision.id },
  });
}

function hasNoSql(file: string, revision: Revision): KeelsonError {
  return new KeelsonError(
    "usage.invalid",
    `${file} (${revision.id}) is written as code: which statements it runs is not known before it runs them.`,
    { hint: "Choose revisions without it, or run it: keelson upgrade", details: { file, revision: revision.id } },
  );
}

function readSource(directory: string, { upFile, downFile }: ArrangedRevision): string {
  const up = readText(directory, upFile);
  if (downFile === null) return up;
  // Put into one file, this is the same revision again.
  const head = findMarkers(up, upFile).length > 0 ? "" : `${markers.up}\n`;
  return canonicalText(`${head}${up}\n${markers.down}\n${readText(directory, downFile)}`);
}

function readText(directory: string, file: string): string {
  return revisionFileText(readContent(join(directory, file)), file);
}

function unreadable(path: string, error: unknown): KeelsonError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KeelsonError("file.unreadable", `${path} can't be read: ${reason}.`, {
    hint: "Check that it exists and that this user may read it.",
    details: { path },
    cause: error,
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
