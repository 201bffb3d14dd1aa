import { planUpgrade } from "../history/target.ts";
import type { RunReport } from "../migrate/run-report.ts";
import { previewVerb, type RunOptions, type RunPreview, runVerb } from "./run-verb.ts";

/**
 * Applies what is pending up to the target (`head` unless told), each revision exactly once whatever other runs do.
 * Safe at application start with any number of replicas: one that finds nothing to do makes one read and takes no lock.
 */
export async function upgrade(options: RunOptions = {}): Promise<RunReport> {
  return await runVerb(options, planUpgrade, "head");
}

/** Says what `upgrade` would run and where it would lead; writes nothing. */
export async function previewUpgrade(options: RunOptions = {}): Promise<RunPreview> {
  return await previewVerb(options, planUpgrade, "head");
}
