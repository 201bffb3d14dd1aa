import { type ChangesFound, type NothingToWrite, planModels } from "./generate.ts";
import type { MapOptions } from "./map-answers.ts";
import { previewMigrate } from "./migrate.ts";
import { type ProjectOptions, withProject } from "./project.ts";
import type { RenameOptions } from "./rename-answers.ts";
import type { RunPreview } from "./run-verb.ts";
import type { CoverageOptions } from "./strict-coverage.ts";

/** What `plan` accepts besides the project. */
export interface PlanOptions extends ProjectOptions, MapOptions, RenameOptions, CoverageOptions {
  /** `models`, or where to go in the history; `head` unless told. */
  readonly target?: string;
}

/** The statements that a target of the history, or the models, would need. */
export type PlanReport =
  | { readonly of: "history"; readonly run: RunPreview }
  | { readonly of: "models"; readonly models: NothingToWrite | ChangesFound };

/**
 * Says what a run to the target would execute on the live database, or what `create` would write, and what that
 * destroys. Writes nothing.
 */
export async function plan(options: PlanOptions = {}): Promise<PlanReport> {
  const { target = "head", renames, drops, renamesFile, maps, answerRename, strictCoverage, ...project } = options;
  if (target !== "models") return { of: "history", run: await previewMigrate({ ...project, target }) };
  return { of: "models", models: await withProject(options, (opened) => planModels(opened, options, "plan")) };
}
