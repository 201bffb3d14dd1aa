import { planDowngrade } from "../history/target.ts";
import type { RunReport } from "../migrate/run-report.ts";
import { previewVerb, type RunOptions, type RunPreview, runVerb } from "./run-verb.ts";

/** Reverts applied revisions down to the target (`-1` unless told), newest first, each exactly once. */
export async function downgrade(options: RunOptions = {}): Promise<RunReport> {
  return await runVerb(options, planDowngrade, "-1");
}

/** Says what `downgrade` would run and where it would lead; writes nothing. */
export async function previewDowngrade(options: RunOptions = {}): Promise<RunPreview> {
  return await previewVerb(options, planDowngrade, "-1");
}
