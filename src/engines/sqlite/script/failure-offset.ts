import type { Connection } from "../load-driver.ts";
import { foldName, isKeyword, nameOf, readTokens, type Token } from "./tokens.ts";

/**
 * Characters into a statement at which SQLite stopped, or null when its message does not tell. The driver does not pass
 * on SQLite's own offset, so a syntax error is found by preparing beginnings of the statement, and a missing name by the
 * only place where it stands.
 */
export function failureOffset(connection: Connection, sql: string, message: string): number | null {
  if (isSyntaxError(message)) return syntaxErrorOffset(connection, sql);
  const named = /^no such (?:column|table|function|index|view|trigger|collation sequence): (.+)$/.exec(message)?.[1];
  if (named === undefined) return null;
  const name = foldName(named.slice(named.lastIndexOf(".") + 1));
  const places = [...readTokens(sql)].filter((token) => nameOf(token) === name);
  return places.length === 1 ? (places[0]?.start ?? null) : null;
}

/** Whether SQLite's message means that the text is no SQL, whatever the schema. */
export function isSyntaxError(message: string): boolean {
  return (
    /^near ".*": syntax error$/s.test(message) ||
    message.startsWith("unrecognized token:") ||
    message === "incomplete input"
  );
}

/** The shortest beginning that SQLite refuses ends with the wrong token; every longer one is refused too. */
function syntaxErrorOffset(connection: Connection, sql: string): number | null {
  const tokens: readonly Token[] = [...readTokens(sql)];
  // Preparing the beginning of a pragma could already carry it out.
  if (isKeyword(tokens[0], "PRAGMA")) return null;
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isRefused(connection, sql.slice(0, tokens[middle]?.end))) high = middle;
    else low = middle + 1;
  }
  return tokens[low]?.start ?? null;
}

function isRefused(connection: Connection, beginning: string): boolean {
  try {
    connection.prepare(beginning);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return isSyntaxError(message) && message !== "incomplete input";
  }
}
