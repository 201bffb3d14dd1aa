import { currentRevisions, outOfOrder } from "../history/applied.ts";
import type { History } from "../history/graph.ts";
import type { Revision } from "../history/revision.ts";
import { type Disagreement, findDisagreements } from "../migrate/judge.ts";
import type { Ledger } from "../store/read-ledger.ts";
import { type ProjectOptions, withProject } from "./project.ts";

/** Where one revision stands in one database. `partial`: begun and not finished; the next run goes on with it. */
export type RevisionState = "applied" | "pending" | "partial" | "edited" | "missing";

/** One line of the history as a database sees it. */
export interface HistoryLine {
  readonly id: string;
  readonly message: string;
  readonly file: string;
  readonly state: RevisionState;
  readonly parents: readonly string[];
  readonly labels: readonly string[];
  readonly dependsOn: readonly string[];
  /** From the file's header, or null. */
  readonly created: string | null;
  readonly appliedAt: string | null;
  readonly appliedBy: string | null;
  readonly durationMs: number | null;
  readonly isHead: boolean;
  /** Not applied, although a revision that builds on it is. */
  readonly outOfOrder: boolean;
}

/** Where a database and the history stand. */
export interface StatusReport {
  readonly database: string;
  readonly migrations: string;
  /** False when the database has no ledger yet. */
  readonly ledger: boolean;
  readonly current: readonly HistoryLine[];
  readonly pending: readonly HistoryLine[];
  readonly heads: readonly string[];
  /** Oldest first; applied revisions whose files are gone come last. */
  readonly history: readonly HistoryLine[];
}

/** Says where the database is, what is pending, and the state of every revision. Writes nothing and takes no lock. */
export async function status(options: ProjectOptions = {}): Promise<StatusReport> {
  return await withProject(options, async (project) => {
    const { ledger, history } = await project.standing();
    const lines = historyLines(history, ledger);
    const current = new Set(currentRevisions(history, ledger.applied).map((revision) => revision.id));
    return {
      database: project.engine.label,
      migrations: project.settings.migrations,
      ledger: ledger.exists,
      current: lines.filter((line) => current.has(line.id)),
      pending: lines.filter((line) => line.state === "pending" || line.state === "partial"),
      heads: history.heads.map((revision) => revision.id),
      history: lines,
    };
  });
}

/** Every revision of the history with its state, oldest first, then those that only the ledger knows. */
export function historyLines(history: History, ledger: Ledger): readonly HistoryLine[] {
  const late = outOfOrder(history, ledger.applied);
  const found = findDisagreements(history.revisions, late, ledger);
  const states = stateSets(found, ledger);
  const heads = new Set(history.heads.map((revision) => revision.id));
  const lines = history.revisions.map((revision) => toLine(revision, ledger, states, heads));
  for (const entry of found.missing) {
    lines.push({
      id: entry.id,
      message: entry.message,
      file: entry.file,
      state: "missing",
      parents: entry.parents,
      labels: [],
      dependsOn: [],
      created: null,
      appliedAt: entry.appliedAt,
      appliedBy: entry.appliedBy,
      durationMs: entry.durationMs,
      isHead: false,
      outOfOrder: false,
    });
  }
  return lines;
}

interface StateSets {
  readonly edited: ReadonlySet<string>;
  readonly partial: ReadonlySet<string>;
  readonly late: ReadonlySet<string>;
}

function stateSets(found: Disagreement, ledger: Ledger): StateSets {
  return {
    edited: new Set(found.edited.map(({ revision }) => revision.id)),
    partial: new Set(ledger.journal.map((entry) => entry.revision)),
    late: new Set(found.outOfOrder.map((revision) => revision.id)),
  };
}

function toLine(revision: Revision, ledger: Ledger, states: StateSets, heads: ReadonlySet<string>): HistoryLine {
  const entry = ledger.entries.get(revision.id);
  return {
    id: revision.id,
    message: revision.message,
    file: revision.file,
    state: stateOf(revision.id, entry !== undefined, states),
    parents: revision.parents,
    labels: revision.labels,
    dependsOn: revision.dependsOn,
    created: revision.created,
    appliedAt: entry?.appliedAt ?? null,
    appliedBy: entry?.appliedBy ?? null,
    durationMs: entry?.durationMs ?? null,
    isHead: heads.has(revision.id),
    outOfOrder: states.late.has(revision.id),
  };
}

function stateOf(id: string, applied: boolean, states: StateSets): RevisionState {
  if (states.partial.has(id)) return "partial";
  if (!applied) return "pending";
  return states.edited.has(id) ? "edited" : "applied";
}
