import type { Revision } from "../history/revision.ts";
import type { ProgressSink } from "../progress/events.ts";
import type { LoadedCode } from "../revisions/load-code.ts";
import type { RevisionFolder } from "../revisions/read-folder.ts";
import { type CodePurpose, runCodeRevision } from "../revisions/run-code-revision.ts";
import type { ProvableRevision } from "../scratch/prove.ts";
import type { ScratchDatabase } from "../scratch/scratch-database.ts";

/** Runs the way up of revisions that are written as code, for a replay of the history. */
export function codeReplay(
  folder: Pick<RevisionFolder, "loadCode">,
  on: ProgressSink = () => undefined,
): (revision: Revision, database: ScratchDatabase) => Promise<void> {
  return async (revision, database) => {
    await runOn(database, { code: await folder.loadCode(revision), revision, on }, "replay");
  };
}

/** The parts of a revision that is written as code, as a proof runs them: all of them, on the rows of its fixture. */
export async function provableCode(
  folder: Pick<RevisionFolder, "loadCode" | "readSource">,
  revision: Revision,
  on: ProgressSink = () => undefined,
): Promise<ProvableRevision> {
  const code = await folder.loadCode(revision);
  const part = (purpose: CodePurpose) => (database: ScratchDatabase) =>
    runOn(database, { code, revision, on }, purpose);
  const text = await folder.readSource(revision);
  const rows = code.definition.fixture === undefined ? {} : { fixture: part("fixture") };
  return { text, ...rows, up: part("proof"), down: revision.hasDown ? part("down") : null };
}

async function runOn(
  { engine, session }: Pick<ScratchDatabase, "engine" | "session">,
  what: { readonly code: LoadedCode; readonly revision: Revision; readonly on: ProgressSink },
  purpose: CodePurpose,
): Promise<void> {
  await runCodeRevision({ engine, session, ...what }, purpose);
}
