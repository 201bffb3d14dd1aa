import { relative, resolve, sep } from "node:path";
import type { Settings } from "../config/settings.ts";
import { keepOutOfGit } from "../platform/keep-out-of-git.ts";
import { mergeWorkTree } from "../revisions/merge-work-tree.ts";
import { checkModels, declaresModels } from "./check-models.ts";
import type { CheckProblem } from "./check-problem.ts";
import { type Project, withProject } from "./project.ts";
import { projectCache } from "./project-cache.ts";

/** What was found, and what could not be judged. */
export interface Verdict {
  readonly problems: readonly CheckProblem[];
  readonly unknown: readonly string[];
}

/**
 * Whether the models of the project merged with a git ref declare what the merged history does not make: two branches may
 * each be in order, and their merge not. Reads a merge that is made for it and removed again.
 */
export async function checkMergedModels(project: Project, ref: string): Promise<Verdict> {
  const { settings, engine, on, signal } = project;
  const { root, migrations } = settings;
  // The settings are those of the work tree, and so is the question whether anything is declared at all.
  if (!declaresModels(project)) return { problems: [], unknown: [] };
  const reason = whyNot(settings);
  if (reason !== null) return unknown(reason);
  const place = projectCache(settings);
  await keepOutOfGit(place);
  const merged = await mergeWorkTree({ root, ref, place });
  if (merged === null) {
    return unknown(
      `git can't merge with ${ref} without help (a conflict, no common ancestor in this clone, or a git older than 2.38)`,
    );
  }
  try {
    const within = { ...settings, root: merged.root, migrations: resolve(merged.root, relative(root, migrations)) };
    const options = { settings: within, engine, on, ...(signal === undefined ? {} : { signal }) };
    return { problems: await withProject(options, checkModels), unknown: [] };
  } finally {
    await merged.remove();
  }
}

/** Why the files of a merge alone don't say what is declared, or null. */
function whyNot({ root, migrations, schema }: Settings): string | null {
  if (relative(root, migrations).split(sep)[0] === "..") return "the folder of revisions lies outside of the project's";
  const sources = [...(schema.postgres ?? []), ...(schema.sqlite ?? [])];
  const program = sources.find((source) => source.kind === "program");
  return program === undefined ? null : "a program prints them, and it may need more than the files of a merge";
}

function unknown(reason: string): Verdict {
  return { problems: [], unknown: [`models after the merge: ${reason}`] };
}
