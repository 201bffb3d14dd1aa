import { readFile } from "node:fs/promises";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { resolveRevisions } from "../history/target.ts";
import { withProof } from "../history/with-proof.ts";
import { writeFileAtomic } from "../platform/atomic-file.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import type { ProofReport } from "./proof-report.ts";
import { headerProof, proofStateOf, readProof } from "./proof-state.ts";
import { projectDialects, type SchemaWork, withSchemaWorks } from "./schema-work.ts";

/** What `prove` accepts besides the project. */
export interface ProveOptions extends ProjectOptions {
  /** Targets that name revisions; those that are not proven as they are now unless told. */
  readonly revisions?: readonly string[];
  /** Every revision, also those that are proven. */
  readonly all?: boolean;
}

/** What came of proving one revision in one dialect. */
export interface RevisionProof {
  readonly id: string;
  readonly message: string;
  readonly file: string;
  readonly proof: ProofReport;
  /** Whether the proof stands in the header now; false where it failed, and where a file has no header. */
  readonly recorded: boolean;
}

/** What `prove` did. */
export interface ProveReport {
  readonly proofs: readonly RevisionProof[];
  /** How many revisions were left out because their proof is about the text that they have. */
  readonly alreadyProven: number;
}

/**
 * Runs revisions up, down and up again on a scratch database, each on top of what it needs, and writes into their
 * headers that this was proven. Changes nothing else in a file. A proof that fails is part of the report.
 */
export async function prove(options: ProveOptions = {}): Promise<ProveReport> {
  return await withProject(options, async (project) => {
    return await withSchemaWorks(project, await projectDialects(project), async (works) => {
      const proofs: RevisionProof[] = [];
      let alreadyProven = 0;
      for (const work of works) {
        const chosen = await chooseRevisions(options, work);
        alreadyProven += chosen.alreadyProven;
        for (const revision of chosen.revisions) proofs.push(await proveOne(project, work, revision));
      }
      return { proofs, alreadyProven };
    });
  });
}

async function chooseRevisions(
  options: ProveOptions,
  { history, folder }: SchemaWork,
): Promise<{ readonly revisions: readonly Revision[]; readonly alreadyProven: number }> {
  if (options.all === true) return { revisions: history.revisions, alreadyProven: 0 };
  if (options.revisions !== undefined) {
    const none = new Set<string>();
    const named = new Set(options.revisions.flatMap((target) => resolveRevisions(history, target, none)));
    if (named.size > 0) return { revisions: [...named], alreadyProven: 0 };
    throw new KeelsonError("target.invalid", `${options.revisions.join(" ")} names no revision to prove.`, {
      hint: "keelson prove head, keelson prove <id>, or keelson prove --all",
    });
  }
  const revisions: Revision[] = [];
  for (const revision of history.revisions) {
    // A file without a header has no place for a proof, and would be proven again each time.
    if (revision.format !== "sql" && revision.format !== "ts") continue;
    if ((await proofStateOf(folder, revision)) !== "proven") revisions.push(revision);
  }
  return { revisions, alreadyProven: history.revisions.length - revisions.length };
}

async function proveOne(project: Project, work: SchemaWork, revision: Revision): Promise<RevisionProof> {
  const { id, message, file } = revision;
  project.on({ event: "working", doing: `Proving ${id} ${message} on ${work.scratch}` });
  const needed = work.history.requirements(revision).map((other) => other.id);
  const proof = await work.proveRevision(work.historySide(needed), revision);
  const recorded = proof.outcome === "proven" && (await record(work, revision, proof));
  return { id, message, file, proof, recorded };
}

/** Replaces the proof in the header and nothing else. */
async function record({ folder }: SchemaWork, revision: Revision, report: ProofReport): Promise<boolean> {
  const read = await readProof(folder, revision);
  const [path] = folder.paths(revision);
  if (read === null || path === undefined) return false;
  const before = await readFile(path, "utf8");
  const mark = revision.format === "ts" ? "//" : "--";
  const after = withProof(before, { proof: headerProof(report, read.sha256), mark });
  if (after === null) return false;
  if (after !== before) await writeFileAtomic(path, after);
  return true;
}
