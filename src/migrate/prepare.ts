import type { Engine, ParsedStatement } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { type Revision, type RevisionBody, type SqlSection, transactionFor } from "../history/revision.ts";
import type { LoadedCode } from "../revisions/load-code.ts";

/** Statements that are sent together: one transaction, or one statement that the database refuses inside one. */
export interface StatementGroup {
  readonly kind: "transaction" | "autocommit";
  readonly statements: readonly NumberedStatement[];
}

/** A statement with its place among the statements of its section, from 0: its identity in the journal. */
export interface NumberedStatement {
  readonly number: number;
  readonly parsed: ParsedStatement;
}

/** A query that must return no rows before a step begins. */
export interface RequiredQuery {
  readonly sql: string;
  /** The comment above it, which says what the rows are that it finds. */
  readonly title: string;
  readonly file: string;
  readonly line: number;
}

/** A revision that is ready to run in one direction. */
export interface PreparedStep {
  readonly revision: Revision;
  readonly direction: "up" | "down";
  readonly section: SqlSection;
  /** Statements that must precede the transaction to have an effect. */
  readonly settings: readonly ParsedStatement[];
  readonly statements: readonly NumberedStatement[];
  readonly requires: readonly RequiredQuery[];
  readonly verify: readonly ParsedStatement[];
  readonly verifySection: SqlSection | null;
  /** More than one commit is needed, so every statement's completion is written down. */
  readonly journalled: boolean;
  /** A revision that is written as code, which then has no statements that are known beforehand; null for SQL. */
  readonly code: LoadedCode | null;
}

/** Where revision texts come from. */
export interface BodySource {
  readBody(revision: Revision): Promise<RevisionBody>;
  /** Loads a revision that is written as code. */
  loadCode(revision: Revision): Promise<LoadedCode>;
  /** The canonical text of the whole revision. */
  readSource(revision: Revision): Promise<string>;
}

/**
 * Reads and parses one revision for one direction. Refuses what could not run: text that the grammar does not accept, a
 * missing down, statements that begin or end a transaction by themselves.
 */
export async function prepareStep(
  engine: Engine,
  bodies: BodySource,
  revision: Revision,
  direction: "up" | "down",
): Promise<PreparedStep> {
  if (revision.format === "ts") return await prepareCode(bodies, revision, direction);
  const body = await bodies.readBody(revision);
  const section = direction === "up" ? body.up : body.down;
  if (section === null) throw noDown(revision);
  const parsed = await parseSection(engine, revision, section);
  const control = parsed.find((statement) => statement.mode === "control");
  if (control !== undefined) throw controlsTransaction(section, control);
  const verifySection = direction === "up" ? body.verify : null;
  const statements = parsed
    .filter((statement) => statement.mode !== "setting")
    .map((statement, number) => ({ number, parsed: statement }));
  return {
    revision,
    direction,
    section,
    settings: parsed.filter((statement) => statement.mode === "setting"),
    statements,
    requires: await requiredQueries(engine, revision, direction === "up" ? body.require : body.requireDown),
    verify: verifySection === null ? [] : await parseSection(engine, revision, verifySection),
    verifySection,
    journalled: needsJournal(transactionFor(revision, direction), statements),
    code: null,
  };
}

/** Loads the code, so that what can't be loaded stops a run before anything of it has run. */
async function prepareCode(bodies: BodySource, revision: Revision, direction: "up" | "down"): Promise<PreparedStep> {
  if (direction === "down" && !revision.hasDown) throw noDown(revision);
  return {
    revision,
    direction,
    section: { sql: "", file: revision.file, firstLine: 1 },
    settings: [],
    statements: [],
    requires: [],
    verify: [],
    verifySection: null,
    journalled: transactionFor(revision, direction) === "none",
    code: await bodies.loadCode(revision),
  };
}

async function requiredQueries(
  engine: Engine,
  revision: Revision,
  section: SqlSection | undefined,
): Promise<readonly RequiredQuery[]> {
  if (section === undefined) return [];
  const parsed = await parseSection(engine, revision, section);
  return requiredIn(section, parsed);
}

/** The queries of a require section, each with the comment lines right above it. */
function requiredIn(section: SqlSection, parsed: readonly ParsedStatement[]): readonly RequiredQuery[] {
  const lines = section.sql.split("\n");
  return parsed.map(({ sql, line }) => {
    let from = line - 1;
    while (from > 0 && (lines[from - 1] ?? "").trimStart().startsWith("--")) from--;
    const words = lines.slice(from, line - 1).map((comment) => comment.trim().replace(/^-+\s*/, ""));
    const title = words.join(" ").trim() || summarise(sql);
    return { sql, title, file: section.file, line: section.firstLine + line - 1 };
  });
}

/** Groups statements of a step by the transactions they need, keeping their order. */
export function groupStatements(
  { revision, direction }: Pick<PreparedStep, "revision" | "direction">,
  statements: readonly NumberedStatement[],
): readonly StatementGroup[] {
  const mode = transactionFor(revision, direction);
  const groups: { kind: StatementGroup["kind"]; statements: NumberedStatement[] }[] = [];
  for (const statement of statements) {
    const alone = runsAlone(mode, statement.parsed);
    const last = groups.at(-1);
    if (!alone && mode === "auto" && last?.kind === "transaction") last.statements.push(statement);
    else groups.push({ kind: alone ? "autocommit" : "transaction", statements: [statement] });
  }
  return groups;
}

/** Whether any of these statements changes a setting of the session. */
export function changesSession(statements: readonly NumberedStatement[]): boolean {
  return statements.some((statement) => statement.parsed.setsSession === true);
}

/**
 * What must be set again before a statement of a revision that needs several commits: the session settings that stand
 * before it in the file, because none outlives the commit before.
 */
export function settingsBefore(
  step: Pick<PreparedStep, "statements" | "journalled">,
  number: number,
): readonly string[] {
  if (!step.journalled) return [];
  return step.statements
    .filter((statement) => statement.number < number && statement.parsed.setsSession === true)
    .map((statement) => statement.parsed.sql);
}

/** The first line of a statement in its file, for messages. */
export function lineInFile(section: SqlSection, statement: ParsedStatement): number {
  return section.firstLine + statement.line - 1;
}

/** A statement shortened to one line for messages and progress. */
export function summarise(sql: string, width = 100): string {
  const line = sql.replaceAll(/\s+/g, " ").trim();
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

function runsAlone(mode: Revision["transaction"], statement: ParsedStatement): boolean {
  return statement.mode === "autocommit" || (mode === "none" && statement.mayCommit);
}

function needsJournal(mode: Revision["transaction"], statements: readonly NumberedStatement[]): boolean {
  if (statements.some((statement) => runsAlone(mode, statement.parsed))) return true;
  return mode === "none" && statements.length > 1;
}

async function parseSection(
  engine: Engine,
  revision: Revision,
  section: SqlSection,
): Promise<readonly ParsedStatement[]> {
  try {
    return await engine.parse(section.sql);
  } catch (error) {
    if (!(error instanceof KeelsonError) || error.code !== "revision.syntax") throw error;
    const line = Number(error.details["line"] ?? 1) + section.firstLine - 1;
    throw new KeelsonError("revision.syntax", `${section.file}:${line}: ${error.message}`, {
      hint: [error.hint, "Nothing was run. Correct the file and run again."].filter(Boolean).join(" "),
      details: { ...error.details, file: section.file, line, revision: revision.id },
      cause: error,
    });
  }
}

function noDown(revision: Revision): KeelsonError {
  return new KeelsonError(
    "revision.no-down",
    `${revision.file} (${revision.id}) has no down${revision.format === "ts" ? "" : " section"}, so it can't be reverted.`,
    {
      hint:
        revision.format === "ts"
          ? "Write a down and remove `// reversible: no` from the header, or write a new revision. Nothing was run."
          : revision.format === "sqlx-simple"
            ? "Write the statements that undo it into a revision of their own, or turn it into a pair of .up.sql and .down.sql files. Deriving a down from the catalogs is not available in this release. Nothing was run."
            : "Add a `-- keelson:down` section with the statements that undo it, or write a new revision. Nothing was run.",
      details: { revision: revision.id, file: revision.file },
    },
  );
}

function controlsTransaction(section: SqlSection, statement: ParsedStatement): KeelsonError {
  const line = lineInFile(section, statement);
  return new KeelsonError(
    "revision.transaction-control",
    `${section.file}:${line}: \`${summarise(statement.sql, 40)}\` would end the transaction that also records the revision.`,
    {
      hint: "Remove BEGIN, COMMIT and ROLLBACK: each revision already runs in one transaction. For statements that must commit one by one, write `transaction: none` in the header (`-- no-transaction` on the first line of a headerless file). Nothing was run.",
      details: { file: section.file, line },
    },
  );
}
