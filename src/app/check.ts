import type { Catalog } from "../catalog/catalog.ts";
import { withoutExternal } from "../catalog/external.ts";
import { isKeelsonError } from "../errors.ts";
import { currentRevisions, outOfOrder } from "../history/applied.ts";
import type { History } from "../history/graph.ts";
import type { Revision } from "../history/revision.ts";
import { findDisagreements } from "../migrate/judge.ts";
import { mergeTrees, readRevisionsAtRef } from "../revisions/read-git-ref.ts";
import type { Ledger } from "../store/read-ledger.ts";
import { readStoredCatalog } from "../store/stored-catalog.ts";
import { checkBranches } from "./check-branches.ts";
import { checkMerged, type Verdict } from "./check-merged.ts";
import { checkModels, checkProofs } from "./check-models.ts";
import type { CheckProblem } from "./check-problem.ts";
import { describeDifference, some } from "./describe-difference.ts";
import { liveDifferences } from "./live-differences.ts";
import { type Project, type ProjectOptions, withProject, withReadSession } from "./project.ts";
import { fileHistory, type Standing } from "./standing.ts";
import { type CoverageOptions, incompleteCoverage } from "./strict-coverage.ts";

/** What `check` accepts besides the project. */
export interface CheckOptions extends ProjectOptions, CoverageOptions {
  /** Judges the folder merged with its state at a git ref, and asks no database. */
  readonly against?: string;
  /** Judges the files only. */
  readonly offline?: boolean;
}

/** The verdict for a pipeline. `unknown` lists what could not be judged; it is never counted as well. */
export interface CheckReport {
  readonly database: string | null;
  readonly revisions: number;
  readonly problems: readonly CheckProblem[];
  readonly unknown: readonly string[];
}

/**
 * Looks for everything that should stop a deployment: pending, edited, missing, out of order, several heads, drift,
 * models ahead of the history, revisions that are not proven.
 */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  return await withProject(options, async (project) => {
    const revisions = await revisionsToJudge(project, options);
    const built = build(revisions);
    if (!("history" in built))
      return { database: null, revisions: revisions.length, problems: [built.problem], unknown: [] };
    const problems: CheckProblem[] = [...severalHeads(built.history)];
    const base = { revisions: revisions.length };
    problems.push(...(await checkProofs(project)));
    const models = await judgeModels(project, options, built.history);
    problems.push(...models.problems);
    if (options.against !== undefined || options.offline === true)
      return { database: null, ...base, problems, unknown: models.unknown };
    const standing = await project.standing();
    problems.push(...ledgerProblems(standing.history, standing.ledger, project.engine.label));
    const drift = await findDrift(project, standing, options);
    problems.push(...drift.problems);
    return { database: project.engine.label, ...base, problems, unknown: drift.unknown };
  });
}

/**
 * A revision builds on one head, so that there are no models to compare with where there are several; whether these can be
 * joined by themselves is said instead.
 */
async function judgeModels(project: Project, options: CheckOptions, history: History): Promise<Verdict> {
  if (options.against !== undefined) return await checkMerged(project, options.against, options);
  if (history.heads.length > 1) return { problems: await checkBranches(project), unknown: [] };
  return { problems: await checkModels(project, options), unknown: [] };
}

async function revisionsToJudge(project: Project, options: CheckOptions): Promise<readonly Revision[]> {
  const here = (await project.folder()).revisions;
  if (options.against === undefined) return here;
  const there = await readRevisionsAtRef({
    directory: project.settings.migrations,
    ref: options.against,
    dialect: project.engine.dialect,
  });
  return mergeTrees(there, here);
}

function build(revisions: readonly Revision[]): { readonly history: History } | { readonly problem: CheckProblem } {
  try {
    return { history: fileHistory(revisions) };
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    return { problem: { code: error.code, message: error.message, hint: error.hint ?? "", details: error.details } };
  }
}

function severalHeads(history: History): readonly CheckProblem[] {
  if (history.heads.length < 2) return [];
  const names = history.heads.map((head) => `${head.id} (${head.message})`);
  return [
    {
      code: "history.several-heads",
      message: `The history has ${names.length} heads: ${names.join(", ")}.`,
      hint: `Join them: keelson merge ${history.heads.map((head) => head.id).join(" ")}`,
      details: { heads: history.heads.map((head) => head.id) },
    },
  ];
}

function ledgerProblems(history: History, ledger: Ledger, database: string): readonly CheckProblem[] {
  const found = findDisagreements(history.revisions, outOfOrder(history, ledger.applied), ledger);
  const problems: CheckProblem[] = [];
  const add = (code: CheckProblem["code"], ids: readonly string[], message: string, hint: string): void => {
    if (ids.length > 0) problems.push({ code, message, hint, details: { revisions: ids } });
  };
  const edited = found.edited.map(({ revision }) => revision.id);
  add(
    "revision.edited",
    edited,
    `${count(edited, "applied revision was", "applied revisions were")} edited: ${some(edited)}.`,
    `keelson show ${edited[0] ?? ""} --diff`,
  );
  const missing = found.missing.map((entry) => entry.id);
  add(
    "revision.missing",
    missing,
    `${count(missing, "applied revision has", "applied revisions have")} no file: ${some(missing)}.`,
    "Check out the branch that has them, or bring the files back.",
  );
  const late = new Set(found.outOfOrder.map((revision) => revision.id));
  add(
    "revision.out-of-order",
    [...late],
    `${count([...late], "revision is", "revisions are")} older than what is applied: ${some([...late])}.`,
    "keelson upgrade --out-of-order apply, after reading them",
  );
  const partial = [...new Set(ledger.journal.map((entry) => entry.revision))];
  add(
    "revision.partial",
    partial,
    `${count(partial, "revision is", "revisions are")} half-finished in ${database}: ${some(partial)}.`,
    "keelson upgrade",
  );
  const pending = history.revisions
    .filter((revision) => !ledger.applied.has(revision.id) && !late.has(revision.id))
    .map((r) => r.id);
  add(
    "revision.pending",
    pending,
    `${count(pending, "revision is", "revisions are")} pending in ${database}: ${some(pending)}.`,
    "keelson upgrade",
  );
  return problems;
}

async function findDrift(project: Project, standing: Standing, options: CoverageOptions): Promise<Verdict> {
  const { ledger } = standing;
  if (!ledger.exists) return { problems: [], unknown: [] };
  const read = await withReadSession(project.engine, async (session) => ({
    stored: await readStoredCatalog(project.engine, session, project.settings.ledger.history),
    live: await project.engine.introspect(session, { owners: "all" }),
  }));
  if (read === null) return { problems: [], unknown: [] };
  const { unmanaged } = read.live;
  const { problem, unknown } = await judgeDrift(project, standing, read);
  const problems = problem === null ? [] : [problem];
  if (unmanaged.length === 0) return { problems, unknown };
  if (options.strictCoverage !== true)
    return { problems, unknown: [...unknown, `objects that are not read: ${some(unmanaged)}`] };
  const { code, message, hint = "", details } = incompleteCoverage(unmanaged);
  return { problems: [...problems, { code, message, hint, details }], unknown };
}

async function judgeDrift(
  project: Project,
  { history, ledger, covered }: Standing,
  read: { readonly stored: Awaited<ReturnType<typeof readStoredCatalog>>; readonly live: Catalog },
): Promise<{ readonly problem: CheckProblem | null; readonly unknown: readonly string[] }> {
  if (read.stored === null) return { problem: null, unknown: ["drift: no run has stored a catalog yet"] };
  // Typed as this release writes it; what lies in the ledger may be older.
  if (Number(read.stored.catalog.format) !== Number(read.live.format)) {
    const unknown = ["drift: another release stored the catalog; the next run stores a new one"];
    return { problem: null, unknown };
  }
  const heads = currentRevisions(history, ledger.applied).map((revision) => revision.id);
  const replacedBy = new Map([...covered].flatMap(([id, parts]) => parts.map((part) => [part, id] as const)));
  const storedHeads = [...new Set(read.stored.heads.map((id) => replacedBy.get(id) ?? id))];
  if (ledger.journal.length > 0 || heads.join(",") !== storedHeads.join(",")) {
    const unknown = ["drift: the last change of the ledger stored no catalog; the next run does"];
    return { problem: null, unknown };
  }
  // What is external now may have been stored when it was not.
  const stored = withoutExternal(read.stored.catalog, project.settings.external.tables);
  const { differences, unknown } = await liveDifferences(project, stored, read.live);
  if (differences.length === 0) return { problem: null, unknown };
  const what = differences.map(describeDifference);
  return {
    problem: {
      code: "drift.found",
      message: `${project.engine.label} was changed outside of revisions since ${read.stored.takenAt}: ${some(what)}.`,
      hint: "Undo the change, or write a revision that makes it and record it with keelson stamp.",
      details: { differences, since: read.stored.takenAt },
    },
    unknown,
  };
}

function count(ids: readonly string[], one: string, many: string): string {
  return `${ids.length} ${ids.length === 1 ? one : many}`;
}
