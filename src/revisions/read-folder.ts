import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { canonicalText } from "../history/canonical-text.ts";
import { markers } from "../history/markers.ts";
import type { Revision, RevisionBody } from "../history/revision.ts";
import { effectiveDown, parseRevisionText } from "../history/revision-text.ts";
import { type ArrangedRevision, arrangeFiles, type FactedFile } from "./arrange-files.ts";
import { FactsCache } from "./facts-cache.ts";
import { checksumOf, factsOf, revisionFileText } from "./file-facts.ts";
import { type Layout, layoutOf } from "./layout.ts";

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
  /** The SQL of a revision; `history.invalid-file` when the file has changed since the folder was read. */
  readBody(revision: Revision): Promise<RevisionBody>;
  /** The canonical text; of a pair, both halves. */
  readSource(revision: Revision): Promise<string>;
}

/** Folders below this many files are read in less time than a cache takes. */
const cachedFrom = 200;

/** Reads a folder of revision files. A folder that is missing has no revisions; one that can't be read is an error. */
export async function readRevisionFolder(request: FolderRequest): Promise<RevisionFolder> {
  const { directory, dialect } = request;
  const names = listFolder(directory);
  const sqlFiles = (names ?? []).filter((name) => name.endsWith(".sql"));
  const arranged = arrangeFiles(readFacts(request, sqlFiles), dialect);
  const byRevision = new Map(arranged.map((entry) => [entry.revision, entry]));
  const revisions = arranged.map((entry) => entry.revision);
  const entryOf = (revision: Revision): ArrangedRevision => {
    const found = byRevision.get(revision) ?? arranged.find((entry) => entry.revision.id === revision.id);
    if (found !== undefined) return found;
    throw new KeelsonError("internal", `${revision.id} is no revision of ${directory}.`);
  };
  return {
    directory,
    exists: names !== null,
    layout: layoutOf(revisions, sqlFiles),
    revisions,
    unread: (names ?? []).filter((name) => !name.endsWith(".sql")),
    paths: (revision) => filesOf(entryOf(revision)).map((file) => join(directory, file)),
    readBody: async (revision) => readBody(directory, entryOf(revision)),
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

/** Synchronous on purpose: thousands of small files are read several times faster than through the thread pool. */
function readFacts(request: FolderRequest, names: readonly string[]): readonly FactedFile[] {
  const { directory, cacheFile } = request;
  const read = (name: string) => factsOf(readContent(join(directory, name)), name);
  if (cacheFile === undefined || names.length < cachedFrom) return names.map((name) => ({ name, facts: read(name) }));
  const cache = new FactsCache(cacheFile, Date.now());
  const files = names.map((name) => ({
    name,
    facts: cache.facts(name, statsOf(`${directory}/${name}`), () => read(name)),
  }));
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
  const parsed = parseRevisionText(readText(directory, upFile), upFile);
  if (checksumOf(parsed) !== revision.checksum) {
    throw new KeelsonError("history.invalid-file", `${upFile} changed while this ran. Nothing of it was run.`, {
      hint: "Run the command again.",
      details: { file: upFile, revision: revision.id },
    });
  }
  if (downFile === null) return parsed.body;
  const sql = readText(directory, downFile);
  return { ...parsed.body, down: effectiveDown(parsed.body.up, { sql, file: downFile, firstLine: 1 }) };
}

function readSource(directory: string, { upFile, downFile }: ArrangedRevision): string {
  const up = readText(directory, upFile);
  if (downFile === null) return up;
  // Put into one file, this is the same revision again.
  return canonicalText(`${markers.up}\n${up}\n${markers.down}\n${readText(directory, downFile)}`);
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
