import { isKeyword, isPunctuation, nameOf, plainName, type Token } from "./tokens.ts";

/** The name of a table in a statement, and where the statement goes on after it. */
export interface NamedTable {
  /** In lower case, without its schema. */
  readonly name: string;
  /** As written, without quotes. */
  readonly written: string;
  readonly next: number;
}

/** Reads `[schema.]name` at a place in a statement. */
export function tableAt(tokens: readonly Token[], at: number): NamedTable {
  const qualified = isPunctuation(tokens[at + 1], ".");
  const place = qualified ? at + 2 : at;
  return { name: nameOf(tokens[place]), written: plainName(tokens[place]), next: place + 1 };
}

/** Where the given keywords end when they stand one after the other, or null; a `?` at the end makes a keyword optional. */
export function afterKeywords(tokens: readonly Token[], from: number, ...keywords: readonly string[]): number | null {
  let at = from;
  for (const keyword of keywords) {
    const optional = keyword.endsWith("?");
    if (isKeyword(tokens[at], optional ? keyword.slice(0, -1) : keyword)) at++;
    else if (!optional) return null;
  }
  return at;
}

/** The place of the first of these keywords outside parentheses, or -1. */
export function findKeyword(tokens: readonly Token[], from: number, ...keywords: readonly string[]): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (isPunctuation(token, "(")) depth++;
    else if (isPunctuation(token, ")")) depth--;
    else if (depth === 0 && keywords.some((keyword) => isKeyword(token, keyword))) return at;
  }
  return -1;
}

/** Where the verb of a statement stands: after the common table expressions of WITH. */
export function verbAt(tokens: readonly Token[]): number {
  if (!isKeyword(tokens[0], "WITH")) return 0;
  const at = findKeyword(tokens, 1, "INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT", "VALUES");
  return at === -1 ? 0 : at;
}

/** A pragma: its name in lower case, and the value it sets in lower case, or null when it only asks. */
export interface Pragma {
  readonly name: string;
  readonly value: string | null;
}

/** Reads `PRAGMA [schema.]name [= value | (value)]`, or null for any other statement. */
export function readPragma(tokens: readonly Token[]): Pragma | null {
  if (!isKeyword(tokens[0], "PRAGMA")) return null;
  const { name, next } = tableAt(tokens, 1);
  const sets = isPunctuation(tokens[next], "=") || isPunctuation(tokens[next], "(");
  const sign = tokens[next + 1];
  const signed = isPunctuation(sign, "-") || isPunctuation(sign, "+");
  return { name, value: sets ? nameOf(tokens[next + (signed ? 2 : 1)]) : null };
}
