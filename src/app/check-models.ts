import { type ErrorCode, isKeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { defaultSources } from "../sources/find-source-files.ts";
import type { CheckProblem } from "./check-problem.ts";
import { describeDifference, some } from "./describe-difference.ts";
import { planModels } from "./generate.ts";
import type { Project } from "./project.ts";
import { proofStateOf } from "./proof-state.ts";

/**
 * Whether the models declare what no revision makes yet. What can't be found out is a problem as well: a gate must not
 * open because nobody looked. A project without a schema source has nothing to be ahead.
 */
export async function checkModels(project: Project): Promise<readonly CheckProblem[]> {
  const { schema, root } = project.settings;
  const declares = schema.postgres !== null || schema.sqlite !== null || defaultSources(root).length > 0;
  if (!declares) return [];
  try {
    const found = await planModels(project, {}, "look");
    if (found.outcome === "none") return [];
    const differences = found.bodies.flatMap((body) => body.differences);
    return [
      {
        code: "models.ahead",
        message: `The models declare what no revision makes: ${some(differences.map(describeDifference))}.`,
        hint: 'keelson create "what changed"',
        details: { differences },
      },
    ];
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    const { code, message, hint = "", details } = error;
    const unknown = cannotJudge.some((one) => code === one || code.startsWith("connection."));
    return [{ code, message: unknown ? `Unknown whether the models are ahead: ${message}` : message, hint, details }];
  }
}

const cannotJudge: readonly ErrorCode[] = ["scratch.unavailable", "scratch.extension", "engine.missing"];

/** Revisions whose header speaks of a proof that is not about the text they have now. */
export async function checkProofs(project: Project, revisions: readonly Revision[]): Promise<readonly CheckProblem[]> {
  const folder = await project.folder();
  const unproven: string[] = [];
  for (const revision of revisions) {
    if ((await proofStateOf(folder, revision)) === "edited") unproven.push(revision.id);
  }
  if (unproven.length === 0) return [];
  const what = unproven.length === 1 ? "revision is" : "revisions are";
  return [
    {
      code: "revision.unproven",
      message: `${unproven.length} ${what} not proven as written now: ${some(unproven)}.`,
      hint: `keelson prove ${unproven.slice(0, 8).join(" ")}`,
      details: { revisions: unproven },
    },
  ];
}
