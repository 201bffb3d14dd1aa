import type { ParsedStatement } from "../engines/engine.ts";
import { type ErrorCode, isKeelsonError, KeelsonError } from "../errors.ts";
import type { SqlSection, TransactionMode } from "../history/revision.ts";
import type { ScratchDatabase } from "./scratch-database.ts";
import { standInRole } from "./stand-in-role.ts";
import {
  linesInto,
  missingExtension,
  missingRole,
  oneLine,
  serverWords,
  statementFailure,
} from "./statement-trouble.ts";

/** A section of a revision and how its statements are grouped. */
export interface SectionRun {
  readonly section: SqlSection;
  readonly transaction: TransactionMode;
  /** The revision's id, for messages; null where it has none yet. */
  readonly revision: string | null;
}

/**
 * Runs one section as an upgrade would, without a ledger: settings first, statements in one transaction where they can
 * be, the others by themselves. `revision.failed` names the file, the line and the server's message.
 */
export async function runSection(database: ScratchDatabase, run: SectionRun): Promise<void> {
  const statements = await parseSection(database, run);
  const control = statements.find((statement) => statement.mode === "control");
  if (control !== undefined) throw controlsTransaction(run, control);
  const { session, engine } = database;
  const settings = statements.filter((statement) => statement.mode === "setting");
  // A step's own check at its end takes the place of foreign keys that would be checked at each statement.
  const opening = engine.capabilities.enforcesForeignKeysInSteps ? [] : engine.sql.scriptSettings;
  const before = [...opening, ...settings.map(({ sql }) => sql)];
  await attempt(database, run, [...opening.map(() => null), ...settings], async () => {
    if (before.length > 0) await session.script(before);
  });
  for (const group of groups(
    run,
    statements.filter((statement) => statement.mode !== "setting"),
  )) {
    await withRoles(database, () => runGroup(database, run, group));
  }
  await session.script(engine.sql.resetSession);
}

/** Runs a section of queries that must return no rows (verify, require); `revision.verify-failed` says which of them did. */
export async function runChecks(database: ScratchDatabase, run: SectionRun): Promise<void> {
  const statements = await parseSection(database, run);
  for (const statement of statements) {
    await attempt(database, run, [statement], async () => {
      const { rowCount, columns } = await database.session.query(statement.sql);
      if (columns.length > 0 && rowCount > 0) throw verifyFailed(run, statement, rowCount);
    });
  }
}

interface Group {
  readonly inTransaction: boolean;
  readonly statements: readonly ParsedStatement[];
}

function groups(run: SectionRun, statements: readonly ParsedStatement[]): readonly Group[] {
  const made: { readonly inTransaction: boolean; readonly statements: ParsedStatement[] }[] = [];
  for (const statement of statements) {
    const inTransaction = run.transaction === "auto" && statement.mode === "transactional";
    const last = made.at(-1);
    if (inTransaction && last?.inTransaction === true) last.statements.push(statement);
    else made.push({ inTransaction, statements: [statement] });
  }
  return made;
}

async function runGroup(database: ScratchDatabase, run: SectionRun, group: Group): Promise<void> {
  const { session, engine } = database;
  const texts = group.statements.map(({ sql }) => sql);
  if (!group.inTransaction) {
    for (const statement of group.statements) {
      await attempt(database, run, [statement], async () => void (await session.query(statement.sql)));
    }
    return;
  }
  const checked = !engine.capabilities.enforcesForeignKeysInSteps;
  await attempt(database, run, [null, ...group.statements], async () => {
    await session.script([engine.sql.begin, ...texts, ...(checked ? [] : ["COMMIT"])]);
  });
  if (!checked) return;
  const problems = await engine.checkStep(session);
  if (problems.length > 0) {
    await session.rollback();
    throw foreignKeys(run, problems);
  }
  await session.script(["COMMIT"]);
}

/** Policies and grants name roles, which no schema declares: on a server of our own they are made and the group runs again. */
async function withRoles(database: ScratchDatabase, work: () => Promise<void>): Promise<void> {
  const made = new Set<string>();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const role = isKeelsonError(error) && isKeelsonError(error.cause) ? missingRole(error.cause) : null;
      if (role === null || !database.ownsRoles || made.has(role)) throw error;
      made.add(role);
      await database.session.script(standInRole(database.engine, role));
    }
  }
}

/** Says of a failure which of the statements it was; `null` stands for one of ours. */
async function attempt(
  database: ScratchDatabase,
  run: SectionRun,
  statements: readonly (ParsedStatement | null)[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await database.session.rollback();
    if (isKeelsonError(error, "revision.verify-failed")) throw error;
    const failure = statementFailure(error);
    const failed = statements[Number(failure.details["statement"] ?? 0)] ?? null;
    throw sectionFailed(database, run, failed, failure);
  }
}

function sectionFailed(
  database: ScratchDatabase,
  run: SectionRun,
  statement: ParsedStatement | null,
  failure: KeelsonError,
): KeelsonError {
  const { file, firstLine } = run.section;
  const line = statement === null ? null : firstLine + statement.line - 1 + linesInto(statement.sql, failure);
  const where = line === null ? file : `${file}:${line}`;
  const extension = missingExtension(failure, where, database.label);
  if (extension !== null) return extension;
  const what = statement === null ? "" : `, in: ${oneLine(statement.sql)}`;
  const role = missingRole(failure);
  const hint =
    role === null || database.ownsRoles
      ? [failure.hint, "Correct the revision and run again."].filter(Boolean).join(" ")
      : `Roles belong to the server, so none is made on one that others use: create ${role} there, or choose another scratch database.`;
  return fail("revision.failed", run, `${where}: ${serverWords(failure)}${what}\n${state(database.label)}`, {
    hint,
    details: { ...failure.details, line, sql: statement?.sql ?? null, scratch: database.label },
    cause: failure,
  });
}

async function parseSection(database: ScratchDatabase, run: SectionRun): Promise<readonly ParsedStatement[]> {
  try {
    return await database.engine.parse(run.section.sql);
  } catch (error) {
    if (!isKeelsonError(error, "revision.syntax")) throw error;
    const line = Number(error.details["line"] ?? 1) + run.section.firstLine - 1;
    throw fail("revision.syntax", run, `${run.section.file}:${line}: ${error.message}`, {
      hint: [error.hint, "Nothing was run. Correct the file and run again."].filter(Boolean).join(" "),
      details: { ...error.details, line },
      cause: error,
    });
  }
}

function controlsTransaction(run: SectionRun, statement: ParsedStatement): KeelsonError {
  const line = run.section.firstLine + statement.line - 1;
  return fail(
    "revision.transaction-control",
    run,
    `${run.section.file}:${line}: \`${oneLine(statement.sql, 40)}\` would end the transaction that also records the revision.`,
    { hint: "Remove BEGIN, COMMIT and ROLLBACK: each revision already runs in one transaction.", details: { line } },
  );
}

function verifyFailed(run: SectionRun, statement: ParsedStatement, rows: number): KeelsonError {
  const line = run.section.firstLine + statement.line - 1;
  return fail(
    "revision.verify-failed",
    run,
    `${run.section.file}:${line}: the query returned ${rows} row${rows === 1 ? "" : "s"} and must return none, in: ${oneLine(statement.sql)}`,
    { hint: "Correct the revision or the query.", details: { line, rows } },
  );
}

function foreignKeys(run: SectionRun, problems: readonly string[]): KeelsonError {
  return fail("revision.foreign-keys", run, `${run.section.file}: ${problems.join("; ")}`, {
    hint: "Correct the revision so that every row's foreign keys hold at its end.",
    details: { problems },
  });
}

function state(label: string): string {
  return `This happened on a scratch database (${label}); no other database was touched.`;
}

function fail(
  code: ErrorCode,
  run: SectionRun,
  message: string,
  options: {
    readonly hint: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly cause?: unknown;
  },
): KeelsonError {
  const { details, ...rest } = options;
  return new KeelsonError(code, message, {
    ...rest,
    details: { ...details, file: run.section.file, revision: run.revision },
  });
}
