import { isKeelsonError } from "../errors.ts";
import { defaultSources } from "../sources/find-source-files.ts";
import { type CheckProblem, problemOf } from "./check-problem.ts";
import { describeDifference, some } from "./describe-difference.ts";
import { planModels } from "./generate.ts";
import type { Project } from "./project.ts";
import { proofStandings } from "./proof-state.ts";
import { folderOf, projectDialects } from "./schema-work.ts";
import type { CoverageOptions } from "./strict-coverage.ts";

/**
 * Whether the models declare what no revision makes yet. What can't be found out is a problem as well: a gate must not
 * open because nobody looked. A project without a schema source has nothing to be ahead.
 */
export async function checkModels(project: Project, coverage: CoverageOptions = {}): Promise<readonly CheckProblem[]> {
  if (!declaresModels(project)) return [];
  try {
    const found = await planModels(project, coverage, "look");
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
    return [problemOf(error, "whether the models are ahead")];
  }
}

/** Whether the project has any schema source. */
export function declaresModels({ settings: { schema, root } }: Pick<Project, "settings">): boolean {
  return schema.postgres !== null || schema.sqlite !== null || defaultSources(root).length > 0;
}

/**
 * Revisions whose header speaks of a proof that is not about the text they have now, or not about every PostgreSQL major
 * that the project runs on.
 */
export async function checkProofs(project: Project): Promise<readonly CheckProblem[]> {
  const edited = new Set<string>();
  const lacking = new Map<string, number[]>();
  for (const dialect of await projectDialects(project)) {
    const folder = await folderOf(project, dialect);
    const majors = dialect === "postgres" ? project.settings.postgres : [];
    for (const [revision, { state, versions }] of await proofStandings(folder, folder.revisions)) {
      if (state === "edited") edited.add(revision.id);
      const open = majors.filter((major) => !versions.includes(String(major)));
      if (state === "proven" && open.length > 0) lacking.set(revision.id, open);
    }
  }
  return [...editedProblem([...edited]), ...lackingProblem(lacking)];
}

function editedProblem(revisions: readonly string[]): readonly CheckProblem[] {
  if (revisions.length === 0) return [];
  return [
    {
      code: "revision.unproven",
      message: `${counted(revisions)} not proven as written now: ${some(revisions)}.`,
      hint: `keelson prove ${revisions.slice(0, 8).join(" ")}`,
      details: { revisions },
    },
  ];
}

function lackingProblem(lacking: ReadonlyMap<string, readonly number[]>): readonly CheckProblem[] {
  if (lacking.size === 0) return [];
  const revisions = [...lacking.keys()];
  const majors = [...new Set([...lacking.values()].flat())].sort((a, b) => a - b);
  const on = `PostgreSQL ${majors.join(", ")}`;
  return [
    {
      code: "revision.unproven",
      message: `${counted(revisions)} not proven on ${on}: ${some(revisions)}.`,
      hint: `keelson prove, where ${on} is at hand as a scratch database.`,
      details: { revisions, majors },
    },
  ];
}

function counted({ length }: readonly string[]): string {
  return `${length} ${length === 1 ? "revision is" : "revisions are"}`;
}
