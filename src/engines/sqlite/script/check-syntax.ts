import type { ParsedStatement } from "../../engine.ts";
import type { Connection } from "../load-driver.ts";
import { failureOffset, isSyntaxError } from "./failure-offset.ts";
import { syntaxProblem } from "./parse-script.ts";

/**
 * Throws `revision.syntax` for the first statement that SQLite's own parser refuses, before anything runs. The
 * connection is to an empty database: whatever depends on the schema is left for the run to find.
 */
export function checkSyntax(connection: Connection, script: string, statements: readonly ParsedStatement[]): void {
  for (const { sql, offset } of statements) {
    // Preparing some pragmas already carries them out, and a few of them are settings of the whole process.
    if (/^pragma\b/i.test(sql)) continue;
    const message = prepareProblem(connection, sql);
    if (message === null || !isSyntaxError(message)) continue;
    const place = message === "incomplete input" ? sql.length : (failureOffset(connection, sql, message) ?? 0);
    throw syntaxProblem(
      script,
      offset + place,
      `SQLite does not accept this statement: ${message}.`,
      "Correct the SQL.",
    );
  }
}

function prepareProblem(connection: Connection, sql: string): string | null {
  try {
    connection.prepare(sql);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
