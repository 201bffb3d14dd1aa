import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { KeelsonError } from "../errors.ts";
import type { Proof } from "../history/proof.ts";
import {
  type ProofsFile,
  parseProofsFile,
  printProofsFile,
  proofsFileName,
  withProofs,
} from "../history/proofs-file.ts";
import { writeFileAtomic } from "../platform/atomic-file.ts";

/** What the file beside the revisions of a folder says of those that have no header. */
export async function recordedProofs(directory: string): Promise<ProofsFile> {
  const path = join(directory, proofsFileName);
  try {
    return parseProofsFile(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw new KeelsonError("file.unreadable", `${path} can't be read.`, {
      hint: "Check that this user may read it.",
      details: { path },
      cause: error,
    });
  }
}

/** Writes proofs of a revision without a header into that file; none of them says that it is still to be proven. */
export async function recordProofs(directory: string, id: string, proofs: readonly Proof[]): Promise<void> {
  const before = await recordedProofs(directory);
  const after = printProofsFile(withProofs(before, id, proofs));
  if (before.has(id) && after === printProofsFile(before)) return;
  await writeFileAtomic(join(directory, proofsFileName), after);
}
