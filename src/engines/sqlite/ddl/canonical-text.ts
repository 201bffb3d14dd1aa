import { plainName, readTokens, type Token } from "../script/tokens.ts";
import { identifier } from "../sql-text.ts";
import { isReserved } from "./keywords.ts";

/** Operators of more than one character, longest first. */
const operators = ["->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!="];

/** The tokens of a text, comments left out and operators whole. */
export function wholeTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const token of readTokens(text)) {
    const last = tokens.at(-1);
    if (last?.kind === "punctuation" && last.end === token.start && operators.includes(last.text + token.text)) {
      tokens[tokens.length - 1] = { ...last, text: last.text + token.text, end: token.end };
    } else tokens.push(token);
  }
  return tokens;
}

/**
 * Tokens in the one spelling in which they are compared: single blanks between them, keywords in capitals, no quotes
 * around names that need none. Everything else stays exactly as it was written.
 */
export function canonicalText(tokens: readonly Token[]): string {
  return tokens.map(canonicalToken).join(" ");
}

/** A name as short as SQL allows: quoted only where it would read as something else. */
export function shortName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isReserved(name) ? name : identifier(name);
}

function canonicalToken(token: Token): string {
  if (token.kind === "quoted") return shortName(plainName(token));
  if (token.kind === "word" && isReserved(token.text)) return token.text.toUpperCase();
  return token.text;
}
