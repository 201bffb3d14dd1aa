import { planMigrate } from "../history/target.ts";
import type { RunReport } from "../migrate/run-report.ts";
import { previewVerb, type RunOptions, type RunPreview, runVerb } from "./run-verb.ts";

/** Goes to the target (`head` unless told), up or down, whichever way it lies. */
export async function migrate(options: RunOptions = {}): Promise<RunReport> {
  return await runVerb(options, planMigrate, "head");
}

/** Says what `migrate` would run and where it would lead; writes nothing. */
export async function previewMigrate(options: RunOptions = {}): Promise<RunPreview> {
  return await previewVerb(options, planMigrate, "head");
}
