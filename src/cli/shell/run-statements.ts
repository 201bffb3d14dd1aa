import type { Engine, ParsedStatement, QueryResult, Session } from "../../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../../errors.ts";
import type { Screen } from "../screen.ts";
import { runBackslash } from "./backslash-command.ts";
import { commandTag } from "./command-tag.ts";
import { type ResultTable, tableText } from "./result-table.ts";

/** An open built-in prompt. */
export interface ShellSession {
  readonly engine: Engine;
  readonly session: Session;
  readonly screen: Screen;
}

/** Runs what was typed, a backslash command or SQL, and prints what it gives; false when the prompt shall close. */
export async function runTyped(
  shell: ShellSession,
  text: string,
  options: { readonly together: boolean },
): Promise<boolean> {
  if (text.trimStart().startsWith("\\")) return await runCommand(shell, text);
  const statements = await cutStatements(shell.engine, text);
  if (options.together && mayRunTogether(shell.engine, statements)) await runTogether(shell, statements);
  else {
    for (const { sql } of statements) printResult(shell, sql, await shell.session.query(sql));
  }
  return true;
}

async function runCommand({ engine, session, screen }: ShellSession, text: string): Promise<boolean> {
  const result = await runBackslash(text, engine, session);
  if (result.kind === "quit") return false;
  if (result.kind === "text") screen.print(result.text);
  else for (const table of result.tables) printTable(screen, table);
  return true;
}

/** `psql -c` sends its statements as one transaction: they all take effect, or none does. */
function mayRunTogether(engine: Engine, statements: readonly ParsedStatement[]): boolean {
  return (
    engine.dialect === "postgres" && statements.length > 1 && statements.every(({ mode }) => mode === "transactional")
  );
}

async function runTogether(shell: ShellSession, statements: readonly ParsedStatement[]): Promise<void> {
  const { session, engine } = shell;
  try {
    const results = await session.script([engine.sql.begin, ...statements.map(({ sql }) => sql), "COMMIT"]);
    for (const [index, { sql }] of statements.entries()) {
      const result = results[index + 1];
      if (result !== undefined) printResult(shell, sql, result);
    }
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

async function cutStatements(engine: Engine, text: string): Promise<readonly ParsedStatement[]> {
  try {
    return await engine.parse(text);
  } catch (error) {
    if (!isKeelsonError(error, "revision.syntax")) throw error;
    // No revision is in play here, so neither the code nor its advice would fit.
    throw new KeelsonError("statement.failed", error.message, { details: error.details, cause: error });
  }
}

function printResult({ screen }: ShellSession, sql: string, result: QueryResult): void {
  if (result.columns.length > 0) printTable(screen, result);
  else if (screen.json)
    screen.record({ event: "statement", command: commandTag(sql, result.rowCount), rowCount: result.rowCount });
  else screen.print(commandTag(sql, result.rowCount));
}

function printTable(screen: Screen, table: ResultTable): void {
  screen.print(`${tableText(table)}\n\n`);
  if (!screen.json) return;
  for (const row of table.rows) {
    screen.record({ event: "row", row: Object.fromEntries(table.columns.map((name) => [name, row[name] ?? null])) });
  }
}
