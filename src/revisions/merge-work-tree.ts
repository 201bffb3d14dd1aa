import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isKeelsonError } from "../errors.ts";
import { type GitPlace, gitOutput, readBlobs } from "./git-objects.ts";

/** Which work tree to merge with which commit, and where to put what comes of it. */
export interface MergeRequest {
  /** A folder of the work tree, which the merged one has as well. */
  readonly root: string;
  readonly ref: string;
  /** An existing folder for a folder of the merged files; within the project, so that they find its packages. */
  readonly place: string;
}

/** The files of a merge that nobody has made yet. */
export interface MergedTree {
  /** What `root` is in it. */
  readonly root: string;
  /** Removes the files. */
  remove(): Promise<void>;
}

/** Files that declare, or that what declares may load. */
const readable = /\.(?:sql|json|[cm]?[jt]sx?)$/i;

/**
 * Writes the files that a merge of the work tree with a commit would have, code, SQL and JSON only, and leaves branch,
 * index and work tree as they are. Null where git can't merge the two without help: they conflict, have no common
 * ancestor in this clone, or git is older than 2.38.
 */
export async function mergeWorkTree(request: MergeRequest): Promise<MergedTree | null> {
  const { root, ref, place } = request;
  const top = (await gitOutput({ cwd: root, ref }, ["rev-parse", "--show-toplevel"])).toString().trim();
  const prefix = (await gitOutput({ cwd: root, ref }, ["rev-parse", "--show-prefix"])).toString().trim();
  const git = { cwd: top, ref };
  const tree = await mergedTree(git);
  if (tree === null) return null;
  const folder = await mkdtemp(join(place, "merge-"));
  const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  try {
    await writeFiles(folder, await contentsOf(git, tree));
    await copyUntracked(git, folder);
    const merged = resolve(folder, prefix);
    await mkdir(merged, { recursive: true });
    return { root: merged, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function mergedTree(git: GitPlace): Promise<string | null> {
  // What is changed and not committed becomes a commit that no branch has; it is there only where something is changed.
  const changed = (await gitOutput(git, ["stash", "create"])).toString().trim();
  const ours = changed === "" ? "HEAD" : changed;
  const theirs = `${git.ref}^{commit}`;
  const commit = (await gitOutput(git, ["rev-parse", "--verify", "--end-of-options", theirs])).toString().trim();
  try {
    const printed = (await gitOutput(git, ["merge-tree", "--write-tree", "--no-messages", ours, commit])).toString();
    return printed.split("\n")[0] ?? null;
  } catch (error) {
    if (isKeelsonError(error, "usage.invalid")) return null;
    throw error;
  }
}

/** The files of a tree by their paths; links and other repositories within are left out. */
async function contentsOf(git: GitPlace, tree: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const listing = (await gitOutput(git, ["ls-tree", "-r", "-z", "--full-tree", tree])).toString();
  const objects = listing.split("\0").flatMap((entry) => {
    const [facts = "", path = ""] = entry.split("\t");
    const [mode = "", type, object] = facts.split(" ");
    return type === "blob" && mode !== "120000" && object !== undefined && readable.test(path)
      ? [[path, object] as const]
      : [];
  });
  const blobs = await readBlobs(git, [...new Set(objects.map(([, object]) => object))]);
  return new Map(objects.map(([path, object]) => [path, blobs.get(object) ?? new Uint8Array()]));
}

async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, content] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Files that were not added to git yet belong to the work tree as well. */
async function copyUntracked(git: GitPlace, folder: string): Promise<void> {
  const own = `${relative(git.cwd, folder).split(sep).join("/")}/`;
  const listing = (await gitOutput(git, ["ls-files", "-z", "--others", "--exclude-standard"])).toString();
  for (const path of listing.split("\0")) {
    if (!readable.test(path) || path.startsWith(own)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(git.cwd, path), join(folder, path));
  }
}
