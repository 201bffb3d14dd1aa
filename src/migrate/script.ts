import type { Engine } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { createStoreTables } from "../store/store-schema.ts";
import { ledgerStatements } from "../store/write-ledger.ts";
import { startedNote } from "./journal.ts";
import {
  type BodySource,
  changesSession,
  groupStatements,
  type NumberedStatement,
  type PreparedStep,
  prepareStep,
  settingsBefore,
} from "./prepare.ts";
import { needsNewerServer } from "./requirements.ts";
import { stepRecords } from "./step-records.ts";

/** What a script for another program is made of. */
export interface ScriptRequest {
  readonly engine: Engine;
  readonly bodies: BodySource;
  readonly history: string;
  readonly direction: "up" | "down";
  readonly steps: readonly Revision[];
  /** The ids that must be applied when the script starts, and no others; null to check only the steps' own. */
  readonly startsFrom: readonly string[];
  readonly performedBy: string;
  readonly hash: (text: string) => string;
}

/**
 * Writes the SQL that a run would execute, for `psql` or `sqlite3`. It begins with a guard on the ledger, so that it
 * stops before its first statement on any other starting point, and records each revision in the revision's own
 * transaction, so that its result is the online run's. Needs no database.
 */
export async function writeScript(request: ScriptRequest): Promise<string> {
  const { engine } = request;
  const { sql } = engine;
  const code = request.steps.find((revision) => revision.format === "ts");
  if (code !== undefined) throw hasNoScript(code);
  const lines: string[] = [];
  const all: string[] = [];
  const block = (statements: readonly string[]): void => {
    all.push(...statements);
    for (const statement of statements) lines.push(terminate(statement));
    lines.push("");
  };
  block(sql.scriptSettings);
  block([sql.begin, ...sql.createHome, ...createStoreTables(sql), "COMMIT"]);
  block(guard(request));
  for (const revision of request.steps) {
    const step = await prepareStep(engine, request.bodies, revision, request.direction);
    lines.push(`-- ${request.direction} ${revision.id} ${oneLine(revision.message)}`);
    for (const part of await stepBlocks(request, step)) block(part);
  }
  return `${[...sql.scriptHead(all), "", ...lines].join("\n").trimEnd()}\n`;
}

/** The ledger must hold exactly what the script starts from. */
function guard(request: ScriptRequest): readonly string[] {
  const { sql } = request.engine;
  const table = sql.table("ledger");
  const own = `history = ${sql.literal(request.history)}`;
  const ids = request.startsFrom.map((id) => sql.literal(id)).join(", ");
  const found = `(SELECT count(*) FROM ${table} WHERE ${own})`;
  const expected =
    request.startsFrom.length === 0
      ? ""
      : ` AND (SELECT count(*) FROM ${table} WHERE ${own} AND id IN (${ids})) = ${request.startsFrom.length}`;
  const unfinished = `(SELECT count(*) FROM ${sql.table("journal")} WHERE ${own})`;
  return [
    sql.assert(
      `${found} = ${request.startsFrom.length}${expected}`,
      `keelson: this script starts from ${startName(request)}, and the ledger says otherwise; nothing was run`,
    ),
    sql.assert(
      `${unfinished} = 0`,
      "keelson: a revision is half-finished; finish it with keelson upgrade first; nothing was run",
    ),
  ];
}

function startName(request: ScriptRequest): string {
  const count = request.startsFrom.length;
  return count === 0 ? "an empty ledger" : `${count} applied ${count === 1 ? "revision" : "revisions"}`;
}

async function stepBlocks(request: ScriptRequest, step: PreparedStep): Promise<readonly (readonly string[])[]> {
  const { sql } = request.engine;
  const write = ledgerStatements(sql, request.history);
  const records = await recordStatements(request, step);
  const verify = step.verify.map((query) =>
    sql.assert(
      `NOT EXISTS (${query.sql})`,
      `keelson: the verify section of ${step.revision.id} found rows; this revision was not applied`,
    ),
  );
  // A script runs on servers of any version, and would stop at a function that an older one lacks.
  const askable = step.requires.filter((query) => !needsNewerServer(query));
  const require = askable.map(({ sql: query, title }) =>
    sql.assert(`NOT EXISTS (${query}\n)`, `keelson: ${title}; revision ${step.revision.id} was not begun`),
  );
  const blocks: (readonly string[])[] = step.settings.length > 0 ? [step.settings.map((setting) => setting.sql)] : [];
  const transaction = (...statements: readonly string[]) => blocks.push([sql.begin, ...statements, "COMMIT"]);
  const groups = groupStatements(step, step.statements);
  if (step.journalled && require.length > 0) transaction(...require);
  for (const group of step.journalled ? groups : []) {
    const settings = settingsBefore(step, group.statements[0]?.number ?? 0);
    const undo =
      settings.length > 0 || changesSession(group.statements) ? [...sql.resetSession, ...sql.scriptSettings] : [];
    const statements = [...settings, ...group.statements.map((statement) => statement.parsed.sql), ...undo];
    if (group.kind === "autocommit") {
      transaction(...group.statements.map((statement) => journal(request, step, statement, "started")));
      blocks.push(statements);
      transaction(...group.statements.map((statement) => journal(request, step, statement, "done")));
    } else {
      transaction(...statements, ...group.statements.map((statement) => journal(request, step, statement, "done")));
    }
  }
  const plain = step.journalled ? [] : [...require, ...step.statements.map((statement) => statement.parsed.sql)];
  const forget = step.journalled ? [write.clearJournal(step.revision.id)] : [];
  const settings = settingsBefore(step, step.statements.length);
  const reset = [...sql.resetSession, ...sql.scriptSettings];
  const undo = changesSession(step.statements) ? reset : [];
  blocks.push([sql.begin, ...settings, ...plain, ...verify, ...undo, ...records, ...forget, "COMMIT", ...reset]);
  return blocks;
}

/** The same journal as an online run keeps, so that `upgrade` can take up a script that stopped half-way. */
function journal(
  request: ScriptRequest,
  step: PreparedStep,
  statement: NumberedStatement,
  state: "started" | "done",
): string {
  return ledgerStatements(request.engine.sql, request.history).journalStatement({
    revision: step.revision.id,
    direction: step.direction,
    statement: statement.number,
    hash: request.hash(statement.parsed.sql),
    state,
    note: state === "started" ? startedNote(statement.parsed.sql, null) : null,
    epoch: 0,
  });
}

async function recordStatements(request: ScriptRequest, step: PreparedStep): Promise<readonly string[]> {
  const write = ledgerStatements(request.engine.sql, request.history);
  const source = step.direction === "down" ? null : await request.bodies.readSource(step.revision);
  return stepRecords(write, step, {
    origin: "script",
    run: "script",
    performedBy: request.performedBy,
    durationMs: null,
    source,
  });
}

function hasNoScript({ file, id }: Revision): KeelsonError {
  return new KeelsonError(
    "usage.invalid",
    `${file} (${id}) is written as code, and which statements that runs is known only when it runs: no script can hold it. Nothing was written.`,
    {
      hint: `Write the scripts of the revisions before it and after it (keelson sql from:to), and run this one with Keelson: keelson upgrade ${id}`,
      details: { revision: id, file },
    },
  );
}

/** A comment at a statement's end would swallow the semicolon, so it goes on a line of its own then. */
function terminate(statement: string): string {
  const text = statement.trimEnd();
  if (text === "" || text.endsWith(";")) return text;
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  return lastLine.includes("--") ? `${text}\n;` : `${text};`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
