import type { Engine, Session } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { type Revision, transactionFor } from "../history/revision.ts";
import type { ProgressSink } from "../progress/events.ts";
import { codeDatabase } from "./code-database.ts";
import type { Check, Checks, RevisionDatabase } from "./define-revision.ts";
import { lineOf } from "./error-line.ts";
import type { LoadedCode } from "./load-code.ts";
import { readStructure } from "./table-structure.ts";

/** What running parts of a revision needs. */
export interface CodeRun {
  readonly engine: Engine;
  readonly session: Session;
  readonly code: LoadedCode;
  readonly revision: Pick<Revision, "id" | "transaction" | "transactionDown">;
  readonly on: ProgressSink;
  /** Two statements outside of a transaction may reach different server sessions. */
  readonly pooled?: boolean;
  /** Called before each statement of the code; throws to stop it. */
  readonly beforeStatement?: () => void;
}

/** The name of a part, for messages. */
type PartName = "fixture" | "needed" | "preflight" | "confirm" | "up" | "down" | "verify";

/** Whether there is anything to do: what `needed` says, yes without one. */
export async function isNeeded(run: CodeRun): Promise<boolean> {
  const { needed } = run.code.definition;
  if (needed === undefined) return true;
  return await withDatabase(run, "needed", async (db) => {
    const answer: unknown = await needed(db);
    if (typeof answer === "boolean") return answer;
    throw new KeelsonError("revision.failed", `It returned ${shown(answer)}; it must return true or false.`);
  });
}

/** Runs the checks before the change; `revision.preflight-failed` names the first that does not hold. */
export async function runPreflight(run: CodeRun): Promise<void> {
  await runChecks(run, "preflight", run.code.definition.preflight ?? {});
}

/** The question that a person must answer with yes, or null where there is none. */
export async function questionOf(run: CodeRun): Promise<string | null> {
  const { confirm } = run.code.definition;
  if (typeof confirm !== "function") return confirm ?? null;
  return await withDatabase(run, "confirm", async (db) => {
    const question: unknown = await confirm(db);
    if (question === null || typeof question === "string") return question;
    throw new KeelsonError("revision.failed", `It returned ${shown(question)}; it must return a question or null.`);
  });
}

/** Runs one of the parts that change the database. A part that the revision does not have does nothing. */
export async function runPart(run: CodeRun, part: "fixture" | "up" | "down"): Promise<void> {
  const work = run.code.definition[part];
  if (work !== undefined) await withDatabase(run, part, async (db) => void (await work(db)));
}

/** Runs the checks after the change; `revision.verify-failed` names the first that does not hold. */
export async function runVerify(run: CodeRun): Promise<void> {
  const { verify = {} } = run.code.definition;
  if (!isQueries(verify)) return await runChecks(run, "verify", verify);
  for (const query of verify) {
    await withDatabase(run, "verify", async (db) => {
      const { rows } = await db.query(query);
      if (rows.length === 0) return;
      throw new KeelsonError(
        "revision.verify-failed",
        `It found ${rows.length} ${rows.length === 1 ? "row" : "rows"} where it must find none: ${query.replaceAll(/\s+/g, " ").trim()}`,
        { hint: `The first row: ${JSON.stringify(rows[0])}.`, details: { rows: rows.slice(0, 5) } },
      );
    });
  }
}

/** Tells the structure of the tables that the revision shows. */
export async function showTables(run: CodeRun): Promise<void> {
  for (const table of run.code.definition.shows ?? []) {
    const columns = (await readStructure(run, table))?.columns ?? [];
    run.on({ event: "revision-table", id: run.revision.id, table, columns });
  }
}

async function runChecks(run: CodeRun, part: "preflight" | "verify", checks: Checks): Promise<void> {
  for (const [name, check] of Object.entries(checks)) {
    await withDatabase(run, part, (db) => runCheck(db, part, name, check));
  }
}

async function runCheck(db: RevisionDatabase, part: "preflight" | "verify", name: string, check: Check): Promise<void> {
  const code = part === "preflight" ? "revision.preflight-failed" : "revision.verify-failed";
  let answer: unknown;
  try {
    answer = await check(db);
  } catch (error) {
    // A check may be written as code that throws; the failure of a statement says more by its own code.
    if (!(error instanceof Error) || isKeelsonError(error)) throw error;
    throw new KeelsonError(code, `${name}: ${error.message}`, { details: { check: name }, cause: error });
  }
  if (answer === true) return;
  if (answer === false) throw new KeelsonError(code, `This does not hold: ${name}.`, { details: { check: name } });
  if (typeof answer === "string") throw new KeelsonError(code, `${name}: ${answer}`, { details: { check: name } });
  throw new KeelsonError(
    "revision.failed",
    `The check "${name}" returned ${shown(answer)}; it must return true, false, or a text that says what is wrong.`,
  );
}

async function withDatabase<Result>(
  run: CodeRun,
  part: PartName,
  work: (db: RevisionDatabase) => Promise<Result>,
): Promise<Result> {
  const { engine, session, code, revision, on } = run;
  const { id } = revision;
  const { db, end, abandon } = codeDatabase({
    engine,
    session,
    path: code.path,
    inTransaction: (part !== "up" && part !== "down") || transactionFor(revision, part) === "auto",
    pooled: run.pooled === true,
    beforeStatement: run.beforeStatement ?? (() => undefined),
    onProgress: (message, done, total) => on({ event: "revision-progress", id, message, done, total }),
    onLog: (message) => on({ event: "revision-log", id, message }),
  });
  try {
    const result = await work(db);
    await end();
    return result;
  } catch (error) {
    await abandon();
    throw partFailure(code, part, error);
  }
}

/** Says where in the file a part failed; errors that are about the connection or a lock keep their code. */
function partFailure(code: LoadedCode, part: PartName, error: unknown): KeelsonError {
  const known = isKeelsonError(error);
  const line =
    known && typeof error.details["line"] === "number"
      ? error.details["line"]
      : lineOf(known ? error.cause : error, code.path);
  const where = line === null ? code.file : `${code.file}:${line}`;
  const details = { ...(known ? error.details : {}), part, file: code.file, line };
  if (!known) {
    const said =
      error instanceof Error
        ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}`
        : `it threw ${shown(error)}`;
    return new KeelsonError("revision.failed", `${where}: ${part} failed: ${said}`, { details, cause: error });
  }
  const errorCode =
    error.code === "statement.failed" || error.code === "revision.syntax" ? "revision.failed" : error.code;
  return new KeelsonError(errorCode, `${where}: ${part} failed: ${error.message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details,
    cause: error,
  });
}

function isQueries(verify: Checks | readonly string[]): verify is readonly string[] {
  return Array.isArray(verify);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}
