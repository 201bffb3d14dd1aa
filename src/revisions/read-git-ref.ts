import { basename, dirname } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { runProgram } from "../platform/child-process.ts";
import { arrangeFiles, filesOfDialect } from "./arrange-files.ts";
import { factsOf } from "./file-facts.ts";

/** Which folder to read, as of which commit. */
export interface RefRequest {
  readonly directory: string;
  readonly ref: string;
  readonly dialect: Dialect;
}

/** Reads the revisions of a folder as they are at a git ref; the work tree is not touched. */
export async function readRevisionsAtRef(request: RefRequest): Promise<readonly Revision[]> {
  const { directory, ref } = request;
  // The folder itself may not exist in the work tree, so git is asked in the one that holds it.
  const cwd = dirname(directory);
  const commit = (await git(cwd, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`], ref)).trim();
  const listing = await git(cwd, ["ls-tree", "-z", commit, `./${basename(directory)}/`], ref);
  const objects = new Map<string, string>();
  for (const line of listing.split("\0").filter(Boolean)) {
    const [facts = "", path = ""] = line.split("\t");
    const [, type, object] = facts.split(" ");
    if (type === "blob" && object !== undefined) objects.set(basename(path), object);
  }
  const names = filesOfDialect([...objects.keys()], request.dialect);
  const texts = await readObjects(cwd, names.map((name) => objects.get(name) ?? ""), ref);
  const facted = names.map((name, at) => ({ name, facts: factsOf(texts[at] ?? "", `${ref}:${name}`) }));
  return arrangeFiles(facted).map((entry) => entry.revision);
}

/**
 * The revisions of two trees together, as a merge of them would have them. Headerless files keep their own order: each
 * one's parent is the one before it in the merged folder.
 */
export function mergeTrees(there: readonly Revision[], here: readonly Revision[]): readonly Revision[] {
  const files = new Map<string, Revision>();
  for (const revision of [...there, ...here]) files.set(revision.file, revision);
  return arrangeFiles(
    [...files.values()].map((revision) => ({
      name: revision.file,
      facts: {
        header: revision.format === "sql" ? revision : null,
        hasDown: revision.hasDown,
        noTransaction: revision.transaction === "none",
        checksum: revision.checksum,
      },
    })),
  ).map((entry) => entry.revision);
}

async function readObjects(cwd: string, objects: readonly string[], ref: string): Promise<readonly string[]> {
  if (objects.length === 0) return [];
  const output = Buffer.from(await git(cwd, ["cat-file", "--batch"], ref, `${objects.join("\n")}\n`), "utf8");
  const texts: string[] = [];
  let at = 0;
  while (texts.length < objects.length) {
    const end = output.indexOf("\n", at);
    const size = Number(output.subarray(at, end).toString().split(" ")[2]);
    if (end === -1 || !Number.isInteger(size)) throw gitFailed(ref, "its answer could not be read");
    texts.push(output.subarray(end + 1, end + 1 + size).toString());
    at = end + 1 + size + 1;
  }
  return texts;
}

async function git(cwd: string, args: readonly string[], ref: string, input?: string): Promise<string> {
  const result = await runProgram({
    command: "git",
    args,
    cwd,
    maxOutput: 256_000_000,
    timeoutMs: 60_000,
    ...(input === undefined ? {} : { input }),
  });
  if (result.outcome === "exited" && result.exitCode === 0) return result.stdout;
  throw gitFailed(ref, result.outcome === "missing" ? "git is not installed" : result.stderr.trim().split("\n")[0] || result.outcome);
}

function gitFailed(ref: string, reason: string): KeelsonError {
  return new KeelsonError("usage.invalid", `The revisions at ${ref} can't be read from git: ${reason}.`, {
    hint: "Is this a git repository, and is the ref known here? In CI fetch it first: git fetch origin main",
    details: { ref },
  });
}
