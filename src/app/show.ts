import { isKeelsonError, KeelsonError } from "../errors.ts";
import { resolveRevisions } from "../history/target.ts";
import { emptyLedger, type Ledger, readAppliedSource } from "../store/read-ledger.ts";
import { type Project, type ProjectOptions, withProject, withReadSession } from "./project.ts";
import { standingOf } from "./standing.ts";
import { type HistoryLine, historyLines } from "./status.ts";

/** What `show` accepts besides the project. */
export interface ShowOptions extends ProjectOptions {
  /** A target that names one or more revisions. */
  readonly target: string;
  readonly offline?: boolean;
}

/** One revision in full. */
export interface ShowReport {
  readonly revision: HistoryLine;
  /** Paths of its files; empty when the file is gone. */
  readonly paths: readonly string[];
  /** The text of the file as it is now, canonical; null when the file is gone. */
  readonly text: string | null;
  /** The text that ran, where the ledger keeps one and it differs from the file. */
  readonly appliedText: string | null;
}

/** Shows revisions with their text, and the text that ran where it differs. Writes nothing. */
export async function show(options: ShowOptions): Promise<readonly ShowReport[]> {
  return await withProject(options, async (project) => {
    const read = options.offline === true ? emptyLedger : await ledgerIfReachable(project);
    const { history: files, ledger } = standingOf((await project.folder()).revisions, read);
    const lines = new Map(historyLines(files, ledger).map((line) => [line.id, line]));
    const ids = resolveIds(options.target, lines, () =>
      resolveRevisions(files, options.target, ledger.applied).map((r) => r.id),
    );
    return await Promise.all(ids.map((id) => report(project, lines.get(id), id)));
  });
}

/** A revision that only the ledger knows is found by its whole id. */
function resolveIds(
  target: string,
  lines: ReadonlyMap<string, HistoryLine>,
  resolve: () => readonly string[],
): readonly string[] {
  if (lines.has(target)) return [target];
  return resolve();
}

/** The text of a file can be shown although the database is away. */
async function ledgerIfReachable(project: Project): Promise<Ledger> {
  try {
    return await project.ledger();
  } catch (error) {
    if (!isKeelsonError(error) || !error.code.startsWith("connection.")) throw error;
    project.on({
      event: "notice",
      level: "warning",
      code: error.code,
      message: `Shown without what is applied: ${error.message}`,
    });
    return emptyLedger;
  }
}

async function report(project: Project, line: HistoryLine | undefined, id: string): Promise<ShowReport> {
  if (line === undefined) throw new KeelsonError("target.unknown", `No revision has the id ${id}.`);
  const folder = await project.folder();
  const revision = folder.revisions.find((one) => one.id === id);
  const text = revision === undefined ? null : await folder.readSource(revision);
  const changed = line.state === "edited" || line.state === "missing";
  const appliedText = changed
    ? await withReadSession(project.engine, (session) =>
        readAppliedSource(project.engine, session, project.settings.ledger.history, id),
      )
    : null;
  return { revision: line, paths: revision === undefined ? [] : folder.paths(revision), text, appliedText };
}
