import { isKeelsonError } from "../errors.ts";
import type { PreparedStep } from "../migrate/prepare.ts";
import type { CodeRun } from "../revisions/run-code.ts";
import { isNeeded, questionOf, runPreflight } from "../revisions/run-code.ts";
import { type Project, withReadSession } from "./project.ts";

/** What can be said of a revision that is written as code before it runs. */
export interface CodePreview {
  /** Whether its checks were asked; only the first revision of a run finds the database as it is now. */
  readonly checked: boolean;
  /** What `needed` says; null where it was not asked. */
  readonly needed: boolean | null;
  /** What stands in the way, as its checks say; null where nothing does, or nothing was asked. */
  readonly problem: string | null;
  /** The question that it would ask, or null. */
  readonly question: string | null;
}

const nobody = (): void => undefined;

const unchecked: CodePreview = { checked: false, needed: null, problem: null, question: null };

/** Asks the checks of a code step over a session that can't write; null for a step of SQL. */
export async function previewCode(
  { engine }: Pick<Project, "engine">,
  step: PreparedStep,
  { isFirst }: { readonly isFirst: boolean },
): Promise<CodePreview | null> {
  const { code, revision, direction } = step;
  if (code === null) return null;
  if (direction === "down" || !isFirst) return unchecked;
  const preview = await withReadSession(engine, (session) => ask({ engine, session, code, revision, on: nobody }));
  return preview ?? unchecked;
}

async function ask(run: CodeRun): Promise<CodePreview> {
  const asked = { ...unchecked, checked: true };
  try {
    if (!(await isNeeded(run))) return { ...asked, needed: false };
    await runPreflight(run);
    return { ...asked, needed: true, question: await questionOf(run) };
  } catch (error) {
    if (!isKeelsonError(error) || error.code.startsWith("connection.")) throw error;
    return { ...asked, problem: error.message };
  }
}
