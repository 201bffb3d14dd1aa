import { isKeelsonError } from "../errors.ts";
import { type CheckProblem, problemOf } from "./check-problem.ts";
import { judgeBranches } from "./judge-branches.ts";
import type { Project } from "./project.ts";

/** Whether several heads can be joined by themselves: a problem for each two branches whose order matters. */
export async function checkBranches(project: Project): Promise<readonly CheckProblem[]> {
  const heads = (await project.history()).heads.map(({ id }) => id);
  try {
    const { conflicts } = await judgeBranches(project, heads);
    return conflicts.map(({ message, heads: both, dialect, details }) => ({
      code: "history.conflict",
      message,
      hint: "Change one of the two branches before they are joined: keelson merge refuses them as they are.",
      details: { ...details, dialect, heads: both },
    }));
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    return [problemOf(error, "whether the branches go together")];
  }
}
