import type { ParsedStatement } from "../../engine.ts";
import type { Connection } from "../load-driver.ts";
import { identifier } from "../sql-text.ts";
import { failureOffset, isSyntaxError } from "./failure-offset.ts";
import { syntaxProblem } from "./parse-script.ts";
import { findKeyword, tableAt } from "./statement-tokens.ts";
import { readTokens } from "./tokens.ts";

/**
 * Throws `revision.syntax` for the first statement that SQLite's own parser refuses, before anything runs. The
 * connection is to an empty database: whatever depends on the schema is left for the run to find.
 */
export function checkSyntax(connection: Connection, script: string, statements: readonly ParsedStatement[]): void {
  for (const { sql, offset } of statements) {
    // Preparing some pragmas already carries them out, and a few of them are settings of the whole process.
    if (/^pragma\b/i.test(sql)) continue;
    const problem = withTriggerTable(connection, sql, () => findProblem(connection, sql));
    if (problem === null) continue;
    const message = `SQLite does not accept this statement: ${problem.message}.`;
    throw syntaxProblem(script, offset + problem.place, message, "Correct the SQL.");
  }
}

/** SQLite reads no further than the name of a trigger's table when there is none, so one is made for the moment. */
function withTriggerTable<Result>(connection: Connection, sql: string, work: () => Result): Result {
  if (!/^create\s+(?:temp\s|temporary\s)?\s*trigger\b/i.test(sql)) return work();
  const tokens = [...readTokens(sql)];
  const table = identifier(tableAt(tokens, findKeyword(tokens, 0, "ON") + 1).written);
  const onView = findKeyword(tokens, 0, "INSTEAD") !== -1;
  connection.exec("BEGIN");
  try {
    connection.exec(onView ? `CREATE VIEW ${table} AS SELECT 1` : `CREATE TABLE ${table} (x)`);
  } catch {
    // A name that SQLite keeps for itself: the run will say so.
  }
  try {
    return work();
  } finally {
    connection.exec("ROLLBACK");
  }
}

function findProblem(connection: Connection, sql: string): { readonly message: string; readonly place: number } | null {
  try {
    connection.prepare(sql);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (!isSyntaxError(message)) return null;
    return {
      message,
      place: message === "incomplete input" ? sql.length : (failureOffset(connection, sql, message) ?? 0),
    };
  }
}
