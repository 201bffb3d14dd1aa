import { mergeParents } from "../history/merge.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { writeRevision } from "../revisions/write-revision.ts";
import { conflictError, judgeBranches } from "./judge-branches.ts";
import { type ProjectOptions, withProject } from "./project.ts";
import type { RevisionReport } from "./revision-report.ts";

/** A merge that was written. */
export interface MergeReport extends RevisionReport {
  /** The scratch servers on which the branches led to the same database in both orders; empty where that was not asked. */
  readonly provenOn: readonly string[];
}

/** What `merge` accepts besides the project. */
export interface MergeOptions extends ProjectOptions {
  /** The revisions to join; all heads unless told. */
  readonly revisions?: readonly string[];
  readonly message?: string;
  /** Writes the revision without running the branches in both orders. */
  readonly unproven?: boolean;
}

/**
 * Writes an empty revision whose parents are the given heads, so that the history has one head again. Throws
 * `history.conflict` and writes nothing where the branches do not lead to the same database in both orders.
 */
export async function merge(options: MergeOptions = {}): Promise<MergeReport> {
  return await withProject(options, async (project) => {
    const folder = await project.folder();
    const history = await project.history();
    const parents = mergeParents(history, options.revisions ?? ["heads"]);
    const judged = options.unproven === true ? { conflicts: [], on: [] } : await judgeBranches(project, parents);
    if (judged.conflicts.length > 0) throw conflictError(judged.conflicts);
    const written = await writeRevision({
      folder,
      message: options.message ?? `merge ${parents.join(" and ")}`,
      parents,
      labels: [],
      dependsOn: [],
      layout: { format: "keelson" },
      now: systemClock.now(),
      newId: newRevisionId,
    });
    return { ...written, provenOn: judged.on };
  });
}
