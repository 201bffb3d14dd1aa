import { KeelsonError } from "../errors.ts";
import { resolveRevisions } from "../history/target.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { type LayoutChoice, writeRevision } from "../revisions/write-revision.ts";
import { type ProjectOptions, withProject } from "./project.ts";

/** What `create` accepts besides the project. */
export interface CreateOptions extends ProjectOptions {
  readonly message: string;
  /** Overrides what the folder's own layout says. */
  readonly layout?: LayoutChoice;
  /** Targets to build on; the only head unless told. */
  readonly parents?: readonly string[];
  readonly labels?: readonly string[];
  readonly dependsOn?: readonly string[];
}

/** A revision file, or a pair of them, that was written. */
export interface CreateReport {
  readonly id: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly files: readonly string[];
}

/** Writes an empty revision in the layout that the folder has. Overwrites nothing and reaches no database. */
export async function create(options: CreateOptions): Promise<CreateReport> {
  return await withProject(options, async (project) => {
    if (options.message.trim() === "") {
      throw new KeelsonError("usage.invalid", "A revision needs a message.", {
        hint: 'keelson create --empty "add users"',
      });
    }
    const folder = await project.folder();
    const history = await project.history();
    const none = new Set<string>();
    const targets = options.parents ?? ["head"];
    const parents = targets.flatMap((target) => resolveRevisions(history, target, none).map((revision) => revision.id));
    return await writeRevision({
      folder,
      message: options.message,
      parents: [...new Set(parents)],
      labels: options.labels ?? [],
      dependsOn: options.dependsOn ?? [],
      ...(options.layout === undefined ? {} : { layout: options.layout }),
      now: systemClock.now(),
      newId: newRevisionId,
    });
  });
}
