import type { Engine, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { currentRevisions, outOfOrder } from "../history/applied.ts";
import type { History } from "../history/graph.ts";
import type { Route } from "../history/route.ts";
import { findLosses, findObstacles } from "../migrate/foresee.ts";
import { findDisagreements, refuseDisagreements } from "../migrate/judge.ts";
import { groupStatements, type PreparedStep, prepareStep, type StatementGroup } from "../migrate/prepare.ts";
import { run } from "../migrate/run.ts";
import type { RunReport } from "../migrate/run-report.ts";
import type { Confirmation, RunRequest } from "../migrate/run-request.ts";
import { sha256Hex } from "../platform/hash.ts";
import { newRunId } from "../platform/ids.ts";
import { pause } from "../platform/poll.ts";
import type { RevisionFolder } from "../revisions/read-folder.ts";
import { emptyLedger, type Ledger } from "../store/read-ledger.ts";
import { type CodePreview, previewCode } from "./preview-code.ts";
import { type Project, type ProjectOptions, performer, withProject, withReadSession } from "./project.ts";
import { type Standing, standingHeads, standingOf } from "./standing.ts";

/** What `upgrade`, `downgrade` and `migrate` accept besides the project. */
export interface RunOptions extends ProjectOptions {
  /** One target or several; `head` for `upgrade` and `migrate` unless told. */
  readonly target?: string | readonly string[];
  /** All revisions in one transaction. */
  readonly singleTransaction?: boolean;
  /** Goes on without asking where the run goes down or destroys data. */
  readonly yes?: boolean;
  /** Asked instead of refusing when `yes` is not given; false stops the run before anything is run. */
  readonly confirm?: (question: Confirmation) => Promise<boolean>;
  readonly outOfOrder?: "refuse" | "apply";
  /** Goes on although the ledger has revisions that the folder lacks. */
  readonly allowMissing?: boolean;
  /** How often a transaction is tried again after it waited too long for a lock; 4 unless told. */
  readonly lockRetries?: number;
}

/** What a run would do, with every statement, and where it would lead. */
export interface RunPreview {
  readonly database: string;
  readonly target: string;
  readonly direction: "up" | "down" | "none";
  readonly steps: readonly PreviewStep[];
  readonly headsBefore: readonly string[];
  readonly headsAfter: readonly string[];
  readonly destroys: readonly string[];
  /** What would fail on the rows that the live database holds now, with what to do about it. */
  readonly obstacles: readonly string[];
}

/** One revision of a preview, its statements grouped by the transactions they run in. */
export interface PreviewStep {
  readonly id: string;
  readonly message: string;
  readonly file: string;
  /** Statements that run before the first transaction begins, because they do nothing inside one. */
  readonly settings: readonly string[];
  readonly groups: readonly { readonly kind: StatementGroup["kind"]; readonly statements: readonly string[] }[];
  /** What the rows must not be before its first statement, in words; each is a query of its require section. */
  readonly requires: readonly string[];
  /** Queries that must return no rows before the revision is recorded. */
  readonly verify: readonly string[];
  /** Of a revision that is written as code, whose statements are not known beforehand; null for SQL. */
  readonly code: CodePreview | null;
}

/** How a verb turns targets into a route. */
export type RoutePlanner = (history: History, applied: ReadonlySet<string>, targets: readonly string[]) => Route;

/** Runs a verb that moves the database. */
export async function runVerb(options: RunOptions, planner: RoutePlanner, defaultTarget: string): Promise<RunReport> {
  return await withProject(options, async (project) => {
    const targets = targetsOf(options, defaultTarget);
    const { settings } = project;
    const opening = openEarly(project);
    const { folder, history } = await readFiles(project).catch(async (error: unknown) => {
      await opening?.then((session) => session.close()).catch(() => undefined);
      throw error;
    });
    let standing: Standing = { history, ledger: emptyLedger, covered: new Map() };
    const request: RunRequest = {
      engine: project.engine,
      open: () => opening ?? project.engine.open("write"),
      bodies: folder,
      history: settings.ledger.history,
      target: targets.join(" "),
      route(ledger) {
        standing = standingOf(folder.revisions, ledger, history);
        return judgedRoute(project, standing.history, standing.ledger, options, planner, targets);
      },
      covered(ledger) {
        const { history: now, covered } = standingOf(folder.revisions, ledger, history);
        return [...covered].flatMap(([id, replaced]) => {
          const squash = now.get(id);
          return squash === undefined ? [] : [{ squash, replaced }];
        });
      },
      headsOf: (applied) => standingHeads(folder.revisions, applied, history),
      requirementsOf: (revision) => standing.history.requirements(revision).map(({ id }) => id),
      dependantsOf: (revision) => standing.history.dependants(revision).map(({ id }) => id),
      confirm: (question) => requireConfirmation(question, options),
      singleTransaction: options.singleTransaction ?? false,
      lockTimeoutMs: settings.lockTimeoutMs,
      lockRetries: options.lockRetries ?? 4,
      runLockTimeoutMs: settings.runLockTimeoutMs,
      runId: newRunId(),
      performedBy: performer(),
      hash: sha256Hex,
      now: () => performance.now(),
      sleep: (milliseconds) => pause(milliseconds, project.signal),
      on: project.on,
      signal: project.signal,
    };
    return await run(request);
  });
}

async function readFiles(project: Project): Promise<{ readonly folder: RevisionFolder; readonly history: History }> {
  return { folder: await project.folder(), history: await project.history() };
}

/** A server answers while the files are read. A database in files would be created, although the files may be refused. */
function openEarly({ engine }: Project): Promise<Session> | null {
  if (engine.capabilities.databases !== "server") return null;
  const opening = engine.open("write");
  // What the files have wrong is told first; the failure to connect is told when its turn comes.
  opening.catch(() => undefined);
  return opening;
}

/** Says what a verb would do; reads the live database and writes nothing. */
export async function previewVerb(
  options: RunOptions,
  planner: RoutePlanner,
  defaultTarget: string,
): Promise<RunPreview> {
  return await withProject(options, async (project) => {
    const targets = targetsOf(options, defaultTarget);
    const folder = await project.folder();
    const { history, ledger } = await project.standing();
    const route = judgedRoute(project, history, ledger, options, planner, targets);
    const steps: PreviewStep[] = [];
    const prepared: PreparedStep[] = [];
    for (const revision of route.steps) {
      const step = await prepareStep(project.engine, folder, revision, route.direction === "down" ? "down" : "up");
      prepared.push(step);
      const groups = groupStatements(step, step.statements).map((group) => ({
        kind: group.kind,
        statements: group.statements.map((statement) => statement.parsed.sql),
      }));
      steps.push({
        id: revision.id,
        message: revision.message,
        file: revision.file,
        settings: step.settings.map((setting) => setting.sql),
        groups,
        requires: step.requires.map(({ title }) => title),
        verify: step.verify.map((query) => query.sql),
        code: await previewCode(project, step, { isFirst: steps.length === 0 }),
      });
    }
    const after = new Set(ledger.applied);
    for (const step of steps) {
      if (route.direction === "down") after.delete(step.id);
      else after.add(step.id);
    }
    const heads = (applied: ReadonlySet<string>) => currentRevisions(history, applied).map((revision) => revision.id);
    return {
      database: project.engine.label,
      target: targets.join(" "),
      direction: route.direction,
      steps,
      headsBefore: heads(ledger.applied),
      headsAfter: heads(after),
      ...(await foreseen(project.engine, prepared)),
    };
  });
}

/** What is asked of the live database: nothing where no statement would run. */
async function foreseen(
  engine: Engine,
  steps: readonly PreparedStep[],
): Promise<Pick<RunPreview, "destroys" | "obstacles">> {
  if (steps.length === 0) return { destroys: [], obstacles: [] };
  const found = await withReadSession(engine, async (session) => ({
    destroys: await findLosses(engine, session, steps),
    obstacles: await findObstacles(engine, session, steps),
  }));
  return found ?? { destroys: await findLosses(engine, null, steps), obstacles: [] };
}

function targetsOf(options: RunOptions, fallback: string): readonly string[] {
  if (options.target === undefined) return [fallback];
  return typeof options.target === "string" ? [options.target] : options.target;
}

function judgedRoute(
  project: Project,
  history: History,
  ledger: Ledger,
  options: RunOptions,
  planner: RoutePlanner,
  targets: readonly string[],
): Route {
  const found = findDisagreements(history.revisions, outOfOrder(history, ledger.applied), ledger);
  refuseDisagreements(
    found,
    {
      outOfOrder: options.outOfOrder ?? project.settings.outOfOrder,
      missing: options.allowMissing === true ? "ignore" : "refuse",
    },
    project.engine.label,
  );
  return planner(history, ledger.applied, targets);
}

/** More than that nobody reads in an error; `--dry-run` has all of them. */
const shownLosses = 20;

async function requireConfirmation(question: Confirmation, options: RunOptions): Promise<void> {
  const own = question.question;
  if (question.direction === "up" && question.destroys.length === 0 && own === undefined) return;
  if (options.yes === true) return;
  const what =
    own !== undefined
      ? `run ${question.revisions[0]?.file ?? ""}, which asks "${own}", in`
      : question.direction === "down"
        ? `revert ${question.revisions.length} revision(s) of`
        : "run statements that destroy data in";
  if (options.confirm === undefined) {
    throw new KeelsonError(
      "confirm.required",
      [
        `This would ${what} ${question.database}, and nobody confirmed it.${own === undefined ? " Nothing was run." : ""}`,
        ...question.destroys.slice(0, shownLosses).map((loss) => `  ${loss}`),
        ...(question.destroys.length > shownLosses ? [`  and ${question.destroys.length - shownLosses} more`] : []),
      ].join("\n"),
      {
        hint: "Look at it first (--dry-run), then confirm with --yes (`yes: true` in the library).",
        details: {
          direction: question.direction,
          destroys: question.destroys,
          revisions: question.revisions.map((r) => r.id),
        },
      },
    );
  }
  if (await options.confirm(question)) return;
  const declined = own === undefined ? `nothing was run in ${question.database}.` : own;
  throw new KeelsonError("confirm.declined", `Declined: ${declined}`, {
    hint: "Run the command again when the answer is yes.",
  });
}
