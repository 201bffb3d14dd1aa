import type { ParsedStatement } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { JournalEntry } from "../store/read-ledger.ts";
import { type NumberedStatement, type PreparedStep, settingsBefore, summarise } from "./prepare.ts";
import type { RunContext } from "./run-context.ts";
import { runTransaction, withSettings } from "./transaction.ts";

/** What is kept beside a started statement, so that its outcome can be judged even after the file was edited. */
interface StartedNote {
  readonly sql: string;
  readonly note: string | null;
}

/** Writes what is kept beside a started statement. */
export function startedNote(sql: string, note: string | null): string {
  return JSON.stringify({ sql, note } satisfies StartedNote);
}

/**
 * Finds out which statements of a half-finished revision still have to run. Statements that took effect must be
 * unchanged in the file; one that was started and never recorded is judged by the database itself.
 */
export async function remainingStatements(
  context: RunContext,
  step: PreparedStep,
  journal: readonly JournalEntry[],
): Promise<readonly NumberedStatement[]> {
  const entries = new Map(
    journal
      .filter((entry) => entry.revision === step.revision.id && entry.direction === step.direction)
      .map((entry) => [entry.statement, entry]),
  );
  const remaining: NumberedStatement[] = [];
  for (const entry of entries.values()) {
    if (entry.statement >= step.statements.length) throw editedWhilePartial(step, entry.statement);
  }
  for (const statement of step.statements) {
    const entry = entries.get(statement.number);
    if (entry === undefined || !(await tookEffect(context, step, statement, entry))) remaining.push(statement);
  }
  return remaining;
}

async function tookEffect(
  context: RunContext,
  step: PreparedStep,
  statement: NumberedStatement,
  entry: JournalEntry,
): Promise<boolean> {
  const unchanged = entry.hash === context.hash(statement.parsed.sql);
  const done = entry.state === "done" || (await settleStarted(context, step, entry));
  if (done && !unchanged) throw editedWhilePartial(step, statement.number);
  return done;
}

async function settleStarted(context: RunContext, step: PreparedStep, entry: JournalEntry): Promise<boolean> {
  const { engine, session, write, lock } = context;
  lock.assertHeld();
  const started = JSON.parse(entry.note ?? "null") as StartedNote | null;
  const [statement] = started === null ? [] : await engine.parse(started.sql);
  const answer =
    statement === undefined
      ? "unknown"
      : await withSettings(context, settingsBefore(step, entry.statement), () =>
          engine.settle(session, statement, started?.note ?? null),
        );
  if (answer === "unknown") throw unknownEffect(step, entry, statement);
  const record =
    answer === "done"
      ? write.journalStatement({ ...entry, state: "done", note: null, epoch: context.epoch })
      : write.forgetJournalStatement(entry.revision, entry.direction, entry.statement);
  await runTransaction(context, {
    revision: entry.revision,
    settings: [],
    session: [],
    changesSession: false,
    statements: [],
    check: null,
    records: () => [record],
    alreadyDone: async () => false,
  });
  return answer === "done";
}

function editedWhilePartial(step: PreparedStep, number: number): KeelsonError {
  return new KeelsonError(
    "revision.partial",
    `${step.section.file}: statement ${number + 1} of revision ${step.revision.id} has already run, and the file no longer has it as it ran.`,
    {
      hint: "Put that statement back as it was; only the statements after it may be changed until the revision is finished. Nothing was run.",
      details: { revision: step.revision.id, file: step.section.file, statement: number + 1 },
    },
  );
}

function unknownEffect(step: PreparedStep, entry: JournalEntry, statement: ParsedStatement | undefined): KeelsonError {
  const text = statement === undefined ? `statement ${entry.statement + 1}` : summarise(statement.sql);
  return new KeelsonError(
    "revision.unknown-effect",
    `${step.section.file}: an earlier run was interrupted during statement ${entry.statement + 1} of revision ${step.revision.id}, and nothing in the database tells whether it took effect: ${text}`,
    {
      hint: `Look at the database. If it took effect: keelson stamp --statement-done ${step.revision.id}:${entry.statement + 1}. If it did not: keelson stamp --statement-undone ${step.revision.id}:${entry.statement + 1}. Then run again.`,
      details: {
        revision: step.revision.id,
        file: step.section.file,
        statement: entry.statement + 1,
        sql: statement?.sql ?? null,
      },
    },
  );
}
