import { KeelsonError } from "../errors.ts";
import { type History, reach } from "../history/graph.ts";
import type { Revision, RevisionBody } from "../history/revision.ts";
import { runSection } from "./run-section.ts";
import type { ScratchDatabase } from "./scratch-database.ts";

/** Where the texts of revisions come from; a folder of revisions is one. */
export interface RevisionTexts {
  readBody(revision: Revision): Promise<RevisionBody>;
  /** The whole text of a revision. */
  readSource(revision: Revision): Promise<string>;
}

/** A history to replay, or the part of it that some revisions need. */
export interface ReplayRequest {
  readonly history: History;
  readonly bodies: RevisionTexts;
  /** Ends with these revisions and what they need; with all heads unless told. */
  readonly upTo?: readonly Revision[];
  /** Exactly these, in this order, whatever the history says of it; each must come after what it needs. */
  readonly inOrder?: readonly Revision[];
  /** Runs the way up of a revision that is code; the body of such a one has no SQL. */
  readonly runCode?: (revision: Revision, database: ScratchDatabase) => Promise<void>;
}

/** The revisions that a replay runs, each after what it needs. */
export function replayedRevisions(request: Pick<ReplayRequest, "history" | "upTo" | "inOrder">): readonly Revision[] {
  const { history, upTo, inOrder } = request;
  if (inOrder !== undefined) return inOrder;
  if (upTo === undefined) return history.revisions;
  const wanted = reach(upTo, (revision) => history.requirements(revision));
  return history.revisions.filter((revision) => wanted.has(revision));
}

/**
 * Runs the way up of each revision on an empty scratch database, without a ledger. `revision.failed` names the file and
 * the line of the statement that does not run.
 */
export async function replay(database: ScratchDatabase, request: ReplayRequest): Promise<void> {
  for (const revision of replayedRevisions(request)) {
    if (revision.format === "ts") {
      await runCode(database, request, revision);
      continue;
    }
    const body = await request.bodies.readBody(revision);
    await runSection(database, { section: body.up, transaction: revision.transaction, revision: revision.id });
  }
}

/** The texts of all revisions of a replay, so that a scratch database can be made ready for it. */
export async function replayedText(request: ReplayRequest): Promise<string> {
  const texts: string[] = [];
  for (const revision of replayedRevisions(request)) texts.push(await request.bodies.readSource(revision));
  return texts.join("\n");
}

async function runCode(database: ScratchDatabase, request: ReplayRequest, revision: Revision): Promise<void> {
  if (request.runCode === undefined) {
    throw new KeelsonError(
      "internal",
      `${revision.file} is code, and the caller can't run code on a scratch database.`,
    );
  }
  await request.runCode(revision, database);
}
