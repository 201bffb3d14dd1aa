import type { Catalog } from "../catalog/catalog.ts";
import { KeelsonError } from "../errors.ts";
import type { DeclaredStatement } from "../sources/declared-schema.ts";
import type { ScratchDatabase } from "./scratch-database.ts";
import { standInRole } from "./stand-in-role.ts";
import {
  linesInto,
  missingExtension,
  missingRole,
  oneLine,
  serverWords,
  statementFailure,
  troubleOf,
} from "./statement-trouble.ts";

/**
 * Makes the declared schema on an empty scratch database and reads its catalog. Statements may come in any order: one
 * that lacks something waits for the others. `source.failed` says which statement the server refuses, where it is
 * declared, and why.
 */
export async function elaborate(database: ScratchDatabase, declared: readonly DeclaredStatement[]): Promise<Catalog> {
  const { session, engine } = database;
  if (!(await inOneGo(database, declared, "COMMIT"))) {
    const left = await inTransaction(database, declared);
    await session.script(["COMMIT"]);
    await outsideTransaction(database, left);
  }
  await session.reset();
  return await engine.introspect(session);
}

/**
 * The same within a transaction that is rolled back, so that the database stays empty and can be used again; null where
 * a statement must be committed before the next can run.
 */
export async function elaborateAndForget(
  database: ScratchDatabase,
  declared: readonly DeclaredStatement[],
): Promise<Catalog | null> {
  const { session, engine } = database;
  try {
    if (!(await inOneGo(database, declared, null))) {
      const left = await inTransaction(database, declared);
      if (left.length > 0) return null;
    }
    return await engine.introspect(session);
  } finally {
    await session.rollback();
    await session.reset();
  }
}

/**
 * One round trip, which is how it goes nearly always, and one for each role that is named and not made; false, with
 * nothing done, where a statement fails.
 */
async function inOneGo(
  { session, engine, ownsRoles }: ScratchDatabase,
  declared: readonly DeclaredStatement[],
  end: "COMMIT" | null,
): Promise<boolean> {
  const named = new Set<string>();
  for (;;) {
    const roles = [...named].flatMap((name) => standInRole(engine, name));
    const work = [...roles, ...declared.map(({ sql }) => sql)];
    try {
      await session.script([engine.sql.begin, ...work, ...(end === null ? [] : [end])]);
      return true;
    } catch (error) {
      const role = missingRole(statementFailure(error));
      await session.rollback();
      await session.reset();
      if (role === null || !ownsRoles || named.has(role)) return false;
      named.add(role);
    }
  }
}

interface Waiting {
  readonly statement: DeclaredStatement;
  readonly failure: KeelsonError;
}

/**
 * Statement by statement in a transaction that is left open. Gives back, in their order, those that must run after it
 * is committed.
 */
async function inTransaction(
  database: ScratchDatabase,
  declared: readonly DeclaredStatement[],
): Promise<readonly DeclaredStatement[]> {
  const { session, engine } = database;
  await session.script([engine.sql.begin]);
  const postponed = new Set<DeclaredStatement>();
  const attempt = async (sql: string): Promise<KeelsonError | null> => {
    try {
      await session.script(["SAVEPOINT keelson_elaborate", sql, "RELEASE SAVEPOINT keelson_elaborate"]);
      return null;
    } catch (error) {
      const failure = statementFailure(error);
      // PostgreSQL reads the whole script first, so after a syntax error there is no savepoint; that failure is final.
      await session
        .script(["ROLLBACK TO SAVEPOINT keelson_elaborate", "RELEASE SAVEPOINT keelson_elaborate"])
        .catch(statementFailure);
      return failure;
    }
  };
  const waiting = await untilNoProgress(database, declared, attempt, (statement) => postponed.add(statement));
  if (waiting.length > 0 && postponed.size === 0) throw sourceFailed(database, waiting);
  for (const { statement } of waiting) postponed.add(statement);
  return declared.filter((statement) => postponed.has(statement));
}

async function outsideTransaction(database: ScratchDatabase, left: readonly DeclaredStatement[]): Promise<void> {
  const attempt = async (sql: string): Promise<KeelsonError | null> => {
    try {
      await database.session.query(sql);
      return null;
    } catch (error) {
      return statementFailure(error);
    }
  };
  const waiting = await untilNoProgress(database, left, attempt, null);
  if (waiting.length > 0) throw sourceFailed(database, waiting);
}

/**
 * Runs what it can, again and again, as long as that makes a difference. A role is only made once nothing else helps,
 * since a later statement may make it. Gives back what is left.
 */
async function untilNoProgress(
  database: ScratchDatabase,
  statements: readonly DeclaredStatement[],
  attempt: (sql: string) => Promise<KeelsonError | null>,
  postpone: ((statement: DeclaredStatement) => void) | null,
): Promise<readonly Waiting[]> {
  let open = statements;
  for (;;) {
    const waiting: Waiting[] = [];
    let progress = false;
    for (const statement of open) {
      const failure = await attempt(statement.sql);
      if (failure === null) progress = true;
      else if (troubleOf(failure) === "missing") waiting.push({ statement, failure });
      else if (troubleOf(failure) === "outside" && postpone !== null) postpone(statement);
      else throw sourceFailed(database, [{ statement, failure }]);
    }
    if (waiting.length === 0) return [];
    if (!progress && !(await makeRoles(database, waiting, attempt))) return waiting;
    open = waiting.map(({ statement }) => statement);
  }
}

/** Policies and grants name roles, which belong to a server and not to a schema; true where one was made. */
async function makeRoles(
  { ownsRoles, engine }: ScratchDatabase,
  waiting: readonly Waiting[],
  attempt: (sql: string) => Promise<KeelsonError | null>,
): Promise<boolean> {
  if (!ownsRoles) return false;
  const names = new Set(waiting.flatMap(({ failure }) => missingRole(failure) ?? []));
  let made = false;
  for (const name of names) {
    const [create, comment] = standInRole(engine, name);
    if ((await attempt(create)) !== null) continue;
    await attempt(comment);
    made = true;
  }
  return made;
}

function sourceFailed(database: ScratchDatabase, waiting: readonly Waiting[]): KeelsonError {
  const [first] = waiting;
  if (first === undefined) return new KeelsonError("internal", "No statement of the schema source has failed.");
  const { statement, failure } = first;
  // The SQL of a model is not the text of its file: within it, no line is nearer than the model's own.
  const within = statement.subject === null ? linesInto(statement.sql, failure) : 0;
  const line = statement.line === null ? null : statement.line + within;
  const place = line === null ? statement.origin : `${statement.origin}:${line}`;
  const where = statement.subject === null ? place : `${place} (${statement.subject})`;
  const extension = missingExtension(failure, where, database.label);
  if (extension !== null) return extension;
  const others =
    waiting.length === 1
      ? ""
      : `\n${waiting.length - 1} more of the declared statements lack${waiting.length === 2 ? "s" : ""} something, perhaps because of it.`;
  return new KeelsonError(
    "source.failed",
    `${where}: ${serverWords(failure)}, in: ${oneLine(statement.sql)}${others}\nThe declared schema does not load on the scratch database (${database.label}). Nothing was written.`,
    {
      hint: hintFor(failure, database),
      details: {
        ...failure.details,
        file: statement.origin,
        line,
        subject: statement.subject,
        sql: statement.sql,
        scratch: database.label,
      },
      cause: failure,
    },
  );
}

function hintFor(failure: KeelsonError, database: ScratchDatabase): string {
  const role = missingRole(failure);
  if (role !== null && !database.ownsRoles) {
    return `Roles belong to the server, so none is made on one that others use: CREATE ROLE ${database.engine.sql.identifier(role)}; on the scratch server, choose another scratch database, or leave grants and owners to others: privileges: "ignored" in the configuration.`;
  }
  return [failure.hint, "Correct the declaration and run again."].filter(Boolean).join(" ");
}
