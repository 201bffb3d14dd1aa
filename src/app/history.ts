import { currentRevisions } from "../history/applied.ts";
import { drawGraph } from "../history/draw-graph.ts";
import { emptyLedger } from "../store/read-ledger.ts";
import { type ProjectOptions, withProject } from "./project.ts";
import { type HistoryLine, historyLines } from "./status.ts";

/** What `history` accepts besides the project. */
export interface HistoryOptions extends ProjectOptions {
  /** Reads the files only: every revision is then `pending`. */
  readonly offline?: boolean;
  /** Adds the cells that draw the graph. */
  readonly graph?: boolean;
}

/** The history, newest first. */
export interface HistoryReport {
  readonly database: string | null;
  readonly lines: readonly HistoryLine[];
  /** One entry per printed row when asked for: the cells of the drawing, and the revision on that row, if any. */
  readonly graph: readonly { readonly cells: string; readonly id: string | null }[] | null;
}

/** Lists the whole history, newest first, with what is applied where a database can be asked. */
export async function history(options: HistoryOptions = {}): Promise<HistoryReport> {
  return await withProject(options, async (project) => {
    const { ledger, history: files } =
      options.offline === true ? { ledger: emptyLedger, history: await project.history() } : await project.standing();
    const lines = historyLines(files, ledger);
    return {
      database: options.offline === true ? null : project.engine.label,
      lines: lines.toReversed(),
      graph: options.graph === true ? drawGraph(files) : null,
    };
  });
}

/** The revisions that nothing builds on; more than one means that branches wait for a merge. Needs no database. */
export async function heads(options: ProjectOptions = {}): Promise<readonly HistoryLine[]> {
  return await withProject(options, async (project) => {
    const files = await project.history();
    return historyLines(files, emptyLedger).filter((line) => line.isHead);
  });
}

/** The applied revisions that no applied revision builds on: where the database is. */
export async function current(
  options: ProjectOptions = {},
): Promise<{ readonly database: string; readonly revisions: readonly HistoryLine[] }> {
  return await withProject(options, async (project) => {
    const { ledger, history: files } = await project.standing();
    const ids = new Set(currentRevisions(files, ledger.applied).map((revision) => revision.id));
    return {
      database: project.engine.label,
      revisions: historyLines(files, ledger).filter((line) => ids.has(line.id)),
    };
  });
}
