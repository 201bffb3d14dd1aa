import type { ParsedStatement } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { DeclaredStatement } from "./declared-schema.ts";

/** Cuts a script into statements as the engine's own grammar does. */
export type CutScript = (script: string) => Promise<readonly ParsedStatement[]>;

/** Cuts SQL of one origin; throws `source.invalid` with its line where the grammar refuses it. */
export async function cutStatements(
  script: string,
  origin: string,
  cut: CutScript,
): Promise<readonly DeclaredStatement[]> {
  let statements: readonly ParsedStatement[];
  try {
    statements = await cut(script.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!isKeelsonError(error, "revision.syntax")) throw error;
    const line = typeof error.details.line === "number" ? error.details.line : null;
    const place = line === null ? origin : `${origin}:${line}`;
    throw new KeelsonError("source.invalid", `The SQL of ${place} can't be read: ${error.message}`, {
      hint: psqlLine(script, line) ?? "Correct the SQL; no database was contacted.",
      details: { file: origin, line },
      cause: error,
    });
  }
  // A dump's own BEGIN and COMMIT say nothing of the schema, and whoever elaborates it has a transaction already.
  return statements
    .filter(({ mode }) => mode !== "control")
    .map(({ sql, line }) => ({ sql, origin, line, subject: null }));
}

/** Commands of psql are no SQL; pg_dump prints some. */
function psqlLine(script: string, line: number | null): string | null {
  const text = line === null ? "" : (script.split(/\r?\n/)[line - 1] ?? "");
  if (!text.trimStart().startsWith("\\")) return null;
  return "This line is a command of psql and no SQL: take it out, or dump with pg_dump --schema-only and without \\restrict lines.";
}
