import { relative, resolve, sep } from "node:path";
import type { Settings } from "../config/settings.ts";
import { keepOutOfGit } from "../platform/keep-out-of-git.ts";
import { mergeWorkTree } from "../revisions/merge-work-tree.ts";
import { checkBranches } from "./check-branches.ts";
import { checkModels, declaresModels } from "./check-models.ts";
import type { CheckProblem } from "./check-problem.ts";
import { type Project, withProject } from "./project.ts";
import { projectCache } from "./project-cache.ts";
import type { CoverageOptions } from "./strict-coverage.ts";

/** What was found, and what could not be judged. */
export interface Verdict {
  readonly problems: readonly CheckProblem[];
  readonly unknown: readonly string[];
}

/**
 * Whether the project merged with a git ref is in order: two branches may each be, and their merge not. Its several heads are
 * run in both orders, and where there is one head, its models are compared with its history. Reads a merge that is made for
 * it and removed again.
 */
export async function checkMerged(project: Project, ref: string, coverage: CoverageOptions): Promise<Verdict> {
  const { settings, engine, on, signal } = project;
  const { root, migrations } = settings;
  const reason = whyNot(settings, { models: declaresModels(project) });
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
    return { problems: await withProject(options, (tree) => checkOneTree(tree, coverage)), unknown: [] };
  } finally {
    await merged.remove();
  }
}

async function checkOneTree(project: Project, coverage: CoverageOptions): Promise<readonly CheckProblem[]> {
  const { heads } = await project.history();
  return heads.length > 1 ? await checkBranches(project) : await checkModels(project, coverage);
}

/** Why the files of a merge alone don't say what is declared, or null. */
function whyNot({ root, migrations, schema }: Settings, { models }: { readonly models: boolean }): string | null {
  if (relative(root, migrations).split(sep)[0] === "..") return "the folder of revisions lies outside of the project's";
  if (!models) return null;
  const sources = [...(schema.postgres ?? []), ...(schema.sqlite ?? [])];
  const program = sources.find((source) => source.kind === "program");
  return program === undefined ? null : "a program prints them, and it may need more than the files of a merge";
}

function unknown(reason: string): Verdict {
  return { problems: [], unknown: [`after the merge: ${reason}`] };
}
