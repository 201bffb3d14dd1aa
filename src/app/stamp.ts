import { KeelsonError } from "../errors.ts";
import type { History } from "../history/graph.ts";
import type { Revision } from "../history/revision.ts";
import { planStamp } from "../history/target.ts";
import { parseStatementName, type StampPlan, stampLedger } from "../migrate/stamp.ts";
import { sha256Hex } from "../platform/hash.ts";
import { newRunId } from "../platform/ids.ts";
import type { Ledger } from "../store/read-ledger.ts";
import { type ProjectOptions, performer, withProject } from "./project.ts";
import { type Standing, standingHeads, standingOf } from "./standing.ts";

/** What `stamp` accepts besides the project; exactly one of the four things to do. */
export interface StampOptions extends ProjectOptions {
  /** Targets that the ledger shall stand at; `base` empties it. */
  readonly targets?: readonly string[];
  /** With `targets`: forgets everything else that is recorded, also what the folder does not know. */
  readonly purge?: boolean;
  /** Records the present text of applied revisions that were edited. */
  readonly acceptEdits?: boolean;
  /** `revision:statement`, as the error that asks for it names it: the statement took effect. */
  readonly statementDone?: string;
  /** `revision:statement`: the statement did not take effect. */
  readonly statementUndone?: string;
  readonly yes?: boolean;
  readonly confirm?: (plan: StampReport) => Promise<boolean>;
}

/** What `stamp` changed in the ledger. */
export interface StampReport {
  readonly database: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly accepted: readonly string[];
  readonly settled: string | null;
}

/** Changes what the ledger says without running any revision; asks before it removes anything from it. */
export async function stamp(options: StampOptions): Promise<StampReport> {
  return await withProject(options, async (project) => {
    const folder = await project.folder();
    const label = project.engine.label;
    const done = await stampLedger({
      engine: project.engine,
      bodies: folder,
      history: project.settings.ledger.history,
      plan: (ledger) => {
        const standing = standingOf(folder.revisions, ledger);
        return withReplaced(stampPlan(options, standing.history, standing.ledger), standing);
      },
      confirm: (plan) => confirmRemoval(options, toReport(label, plan)),
      lockTimeoutMs: project.settings.lockTimeoutMs,
      runLockTimeoutMs: project.settings.runLockTimeoutMs,
      runId: newRunId(),
      headsOf: (applied) => standingHeads(folder.revisions, applied).map((revision) => revision.id),
      hash: sha256Hex,
      performedBy: performer(),
      signal: project.signal,
    });
    return toReport(label, done);
  });
}

/** What a squash stands for goes out of the ledger with it. */
function withReplaced(plan: StampPlan, { covered }: Standing): StampPlan {
  return { ...plan, remove: plan.remove.flatMap((id) => covered.get(id) ?? [id]) };
}

function stampPlan(options: StampOptions, history: History, ledger: Ledger): StampPlan {
  const nothing: StampPlan = { add: [], remove: [], accept: [], settle: null };
  if (options.acceptEdits === true) return { ...nothing, accept: editedRevisions(history, ledger) };
  const statement = options.statementDone ?? options.statementUndone;
  if (statement !== undefined) {
    return {
      ...nothing,
      settle: { ...parseStatementName(statement, ledger), tookEffect: options.statementDone !== undefined },
    };
  }
  if (options.targets === undefined || options.targets.length === 0) {
    throw new KeelsonError("usage.invalid", "stamp needs to know where the database stands.", {
      hint: "keelson stamp head, keelson stamp <id>, or keelson stamp base",
    });
  }
  const plan = planStamp(history, ledger.applied, options.targets, { purge: options.purge ?? false });
  const byId = (id: string): Revision[] => {
    const revision = history.get(id);
    return revision === undefined ? [] : [revision];
  };
  return { ...nothing, add: plan.add.flatMap(byId), remove: plan.remove };
}

function editedRevisions(history: History, ledger: Ledger): readonly Revision[] {
  return history.revisions.filter((revision) => {
    const entry = ledger.entries.get(revision.id);
    return entry !== undefined && entry.checksum !== revision.checksum;
  });
}

async function confirmRemoval(options: StampOptions, report: StampReport): Promise<void> {
  if (report.removed.length === 0 || options.yes === true) return;
  if (options.confirm === undefined) {
    throw new KeelsonError(
      "confirm.required",
      `This would remove ${report.removed.length} revision(s) from the ledger of ${report.database} without reverting them. Nothing was changed.`,
      {
        hint: "Confirm with --yes (`yes: true` in the library).",
        details: { removed: report.removed },
      },
    );
  }
  if (await options.confirm(report)) return;
  throw new KeelsonError("confirm.declined", `Declined: the ledger of ${report.database} is as it was.`);
}

function toReport(database: string, plan: StampPlan): StampReport {
  return {
    database,
    added: plan.add.map((revision) => revision.id),
    removed: plan.remove,
    accepted: plan.accept.map((revision) => revision.id),
    settled: plan.settle === null ? null : `${plan.settle.revision}:${plan.settle.statement + 1}`,
  };
}
