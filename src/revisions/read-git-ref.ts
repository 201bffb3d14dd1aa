import { existsSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { isHeaderless, type Revision } from "../history/revision.ts";
import { arrangeFiles, isRevision } from "./arrange-files.ts";
import { factsOf } from "./file-facts.ts";
import { isRevisionFile } from "./file-name.ts";
import { type GitPlace, gitOutput, readBlobs } from "./git-objects.ts";
import { placeRevisions } from "./place-revisions.ts";

/** Which folder to read, as of which commit. */
export interface RefRequest {
  readonly directory: string;
  readonly ref: string;
  readonly dialect: Dialect;
}

/** A folder's revisions as of a commit, and those that it had where that commit and the work tree parted. */
export interface RevisionTree {
  readonly revisions: readonly Revision[];
  /** Null when the two have no common ancestor here, as in a shallow clone. */
  readonly base: readonly Revision[] | null;
}

/** Reads a folder's revisions as of a git ref, without touching the work tree. A folder that is not there has none. */
export async function readRevisionsAtRef(request: RefRequest): Promise<RevisionTree> {
  const { directory, ref, dialect } = request;
  const cwd = existingFolder(directory);
  const git = { cwd, ref };
  const top = (await gitOutput(git, ["rev-parse", "--show-toplevel"])).toString().trim();
  // Both ends as git sees them: the folder may be reached through a link.
  const prefix = (await gitOutput(git, ["rev-parse", "--show-prefix"])).toString().trim();
  const folder = `${prefix}${relative(cwd, resolve(directory)).replaceAll("\\", "/")}`.replace(/\/$/, "");
  const commit = (await gitOutput(git, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`]))
    .toString()
    .trim();
  const parted = (await gitOutput(git, ["merge-base", "HEAD", commit]).catch(() => Buffer.alloc(0))).toString().trim();
  const root = { cwd: top, ref };
  const there = await listTree(root, commit, folder);
  if (parted === commit) {
    const revisions = await readTree(root, there, dialect);
    return { revisions, base: revisions };
  }
  const base = parted === "" ? null : await listTree(root, parted, folder);
  return {
    revisions: await readTree(root, there, dialect),
    base: base === null ? null : await readTree(root, base, dialect),
  };
}

/**
 * The revisions that a merge of both trees would have: what either side added or changed is there, what either removed
 * is not; where both changed one, the work tree's counts. A renamed file with a header is one revision; a headerless
 * file's parent is the one before it in the merged folder.
 */
export function mergeTrees(there: RevisionTree, here: readonly Revision[]): readonly Revision[] {
  const base = byIdentity(there.base ?? []);
  const atRef = byIdentity(there.revisions);
  const inWorkTree = byIdentity(here);
  const merged: Revision[] = [];
  for (const [name, ours] of inWorkTree) {
    const theirs = atRef.get(name);
    const before = base.get(name);
    if (theirs !== undefined) merged.push(before !== undefined && isSame(ours, before) ? theirs : ours);
    else if (before === undefined) merged.push(ours);
  }
  for (const [name, theirs] of atRef) if (!inWorkTree.has(name) && !base.has(name)) merged.push(theirs);
  return placeRevisions(merged);
}

/** A header makes a revision the same under any file name; a headerless file is what its name says. */
function byIdentity(revisions: readonly Revision[]): ReadonlyMap<string, Revision> {
  // Two files with one id are two entries, so that the graph can refuse them by name.
  const found = new Map<string, Revision>();
  for (const revision of revisions) {
    const name = !isHeaderless(revision) ? `id ${revision.id}` : `file ${revision.file}`;
    found.set(found.has(name) ? `${name} ${revision.file}` : name, revision);
  }
  return found;
}

function isSame(one: Revision, other: Revision): boolean {
  return one.checksum === other.checksum && one.file === other.file && String(one.labels) === String(other.labels);
}

/** The nearest folder that is there, since the folder of revisions may exist at the ref alone. */
function existingFolder(directory: string): string {
  let folder = resolve(directory);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Object ids of the files in a folder of a commit that may be revisions, by name. */
async function listTree(git: GitPlace, commit: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const where = folder === "" ? [] : ["--", `${folder}/`];
  const listing = (await gitOutput(git, ["ls-tree", "-z", "--full-tree", commit, ...where])).toString();
  const files = new Map<string, string>();
  for (const entry of listing.split("\0")) {
    const [facts = "", path = ""] = entry.split("\t");
    const [, type, object] = facts.split(" ");
    const name = basename(path);
    if (type === "blob" && object !== undefined && isRevisionFile(name) && !name.startsWith("."))
      files.set(name, object);
  }
  return files;
}

async function readTree(
  git: GitPlace,
  files: ReadonlyMap<string, string>,
  dialect: Dialect,
): Promise<readonly Revision[]> {
  const blobs = await readBlobs(git, [...new Set(files.values())]);
  const nothing = new Uint8Array();
  return atRef(git.ref, () => {
    const facted = [...files].map(([name, object]) => ({ name, facts: factsOf(blobs.get(object) ?? nothing, name) }));
    return arrangeFiles(facted.filter(isRevision), dialect).map((entry) => entry.revision);
  });
}

/** Says at which ref a file is not as it should be. */
function atRef<Result>(ref: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KeelsonError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new KeelsonError(error.code, `At ${ref}: ${error.message}`, {
      ...hint,
      details: error.details,
      cause: error,
    });
  }
}
