import { mergeParents } from "../history/merge.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { writeRevision } from "../revisions/write-revision.ts";
import { type ProjectOptions, withProject } from "./project.ts";
import type { RevisionReport } from "./revision-report.ts";

/** What `merge` accepts besides the project. */
export interface MergeOptions extends ProjectOptions {
  /** The revisions to join; all heads unless told. */
  readonly revisions?: readonly string[];
  readonly message?: string;
}

/** Writes an empty revision whose parents are the given heads, so that the history has one head again. */
export async function merge(options: MergeOptions = {}): Promise<RevisionReport> {
  return await withProject(options, async (project) => {
    const folder = await project.folder();
    const history = await project.history();
    const parents = mergeParents(history, options.revisions ?? ["heads"]);
    return await writeRevision({
      folder,
      message: options.message ?? `merge ${parents.join(" and ")}`,
      parents,
      labels: [],
      dependsOn: [],
      layout: { format: "keelson" },
      now: systemClock.now(),
      newId: newRevisionId,
    });
  });
}
