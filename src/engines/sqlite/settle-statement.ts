import type { ParsedStatement, Settlement } from "../engine.ts";
import { afterKeywords, findKeyword, readPragma, tableAt } from "./script/statement-tokens.ts";
import { foldName, isKeyword, nameOf, readTokens, type Token } from "./script/tokens.ts";
import type { SqliteSession } from "./sqlite-session.ts";

/** What is noted before a statement that changes the schema outside a transaction. */
interface Note {
  readonly schemaVersion: number;
}

/** See `Engine.noteBefore`: the schema's version, which every change of the schema moves. */
export async function noteBefore(session: SqliteSession, statement: ParsedStatement): Promise<string | null> {
  if (!changesSchema([...readTokens(statement.sql)])) return null;
  return JSON.stringify({ schemaVersion: await schemaVersion(session) } satisfies Note);
}

/**
 * See `Engine.settle`. VACUUM and pragmas may run twice, attached databases end with their connection, and a statement
 * takes effect wholly or not at all; nothing is ever left half-made.
 */
export async function settleStatement(
  session: SqliteSession,
  statement: ParsedStatement,
  note: string | null,
): Promise<Settlement> {
  const tokens = [...readTokens(statement.sql)];
  const [first] = tokens;
  if (readPragma(tokens) !== null) return "repeat";
  // VACUUM INTO refuses a file that it has begun to write.
  if (isKeyword(first, "VACUUM")) return tokens.some((token) => isKeyword(token, "INTO")) ? "unknown" : "repeat";
  if (isKeyword(first, "ATTACH"))
    return (await isAttached(session, nameOf(tokens[findKeyword(tokens, 1, "AS") + 1]))) ? "done" : "repeat";
  const detached = afterKeywords(tokens, 0, "DETACH", "DATABASE?");
  if (detached !== null) return (await isAttached(session, nameOf(tokens[detached]))) ? "repeat" : "done";
  return note === null ? "unknown" : await settleSchemaChange(session, tokens, readNote(note));
}

function readNote(note: string): Note {
  return JSON.parse(note) as Note;
}

/** An unmoved version proves that nothing happened; a moved one may be another program's work, so the object is looked for. */
async function settleSchemaChange(session: SqliteSession, tokens: readonly Token[], note: Note): Promise<Settlement> {
  if ((await schemaVersion(session)) === note.schemaVersion) return "repeat";
  const created = objectOf(tokens, "CREATE");
  if (created !== null) return (await exists(session, tableAt(tokens, created).name)) ? "done" : "repeat";
  const dropped = objectOf(tokens, "DROP");
  if (dropped !== null) return (await exists(session, tableAt(tokens, dropped).name)) ? "repeat" : "done";
  return "unknown";
}

function objectOf(tokens: readonly Token[], verb: "CREATE" | "DROP"): number | null {
  for (const kind of ["TABLE", "INDEX", "VIEW", "TRIGGER"]) {
    const at = afterKeywords(tokens, 0, verb, "UNIQUE?", "VIRTUAL?", kind, "IF?", "NOT?", "EXISTS?");
    if (at !== null) return at;
  }
  return null;
}

function changesSchema(tokens: readonly Token[]): boolean {
  return ["CREATE", "DROP", "ALTER"].some((keyword) => isKeyword(tokens[0], keyword));
}

async function schemaVersion(session: SqliteSession): Promise<number> {
  const result = await session.query<{ readonly schema_version: number }>("PRAGMA schema_version");
  return Number(result.rows[0]?.schema_version);
}

async function exists(session: SqliteSession, name: string): Promise<boolean> {
  const result = await session.query("SELECT 1 AS found FROM sqlite_schema WHERE lower(name) = $1", [name]);
  return result.rows.length > 0;
}

async function isAttached(session: SqliteSession, name: string): Promise<boolean> {
  const result = await session.query<{ readonly name: string }>("PRAGMA database_list");
  return result.rows.some((row) => foldName(row.name) === name);
}
