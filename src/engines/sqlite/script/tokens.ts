/** What a token is; comments and white space are never tokens. `unterminated` runs to the end of the text. */
export type TokenKind =
  | "word"
  | "quoted"
  | "string"
  | "number"
  | "variable"
  | "semicolon"
  | "punctuation"
  | "unterminated";

/** One token of SQLite's lexical grammar. */
export interface Token {
  readonly kind: TokenKind;
  /** The token as it is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const spaces = new Set([" ", "\t", "\n", "\f", "\r", "\uFEFF"]);
const closers: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "[": "]" };

/**
 * Yields the tokens of a text in order, as SQLite's own tokenizer cuts it (https://sqlite.org/src/file/src/tokenize.c),
 * so that a semicolon in a string, a quoted name or a comment is never taken for the end of a statement.
 */
export function* readTokens(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const skipped = skipBlank(text, at);
    if (skipped.unterminated) {
      yield token("unterminated", text, at, text.length);
      return;
    }
    if (skipped.end > at) {
      at = skipped.end;
      continue;
    }
    const next = tokenAt(text, at);
    yield next;
    at = next.end;
  }
}

/** The name that a token stands for, in lower case because SQLite's names ignore it; a string may be a name too. */
export function nameOf(token: Token | undefined): string {
  return foldName(plainName(token));
}

/** A name as SQLite compares it: only the letters of ASCII lose their case. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The name that a token stands for, as it is written without its quotes. */
export function plainName(token: Token | undefined): string {
  if (token === undefined) return "";
  if (token.kind !== "quoted" && token.kind !== "string") return token.text;
  const open = token.text.charAt(0);
  const inner = token.text.slice(1, -1);
  return open === "[" ? inner : inner.replaceAll(open + open, open);
}

/** Whether a token is this keyword, which must be given in upper case; quoted words never are. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  return token?.kind === "word" && token.text.length === keyword.length && token.text.toUpperCase() === keyword;
}

/** Whether a token is this piece of punctuation. */
export function isPunctuation(token: Token | undefined, text: string): boolean {
  return token?.kind === "punctuation" && token.text === text;
}

function skipBlank(text: string, start: number): { readonly end: number; readonly unterminated: boolean } {
  const char = text.charAt(start);
  if (spaces.has(char)) return { end: start + 1, unterminated: false };
  if (text.startsWith("--", start)) {
    const newline = text.indexOf("\n", start);
    return { end: newline === -1 ? text.length : newline + 1, unterminated: false };
  }
  if (text.startsWith("/*", start)) {
    const close = text.indexOf("*/", start + 2);
    return close === -1 ? { end: start, unterminated: true } : { end: close + 2, unterminated: false };
  }
  return { end: start, unterminated: false };
}

function tokenAt(text: string, start: number): Token {
  const char = text.charAt(start);
  if (char === ";") return token("semicolon", text, start, start + 1);
  if (closers[char] !== undefined) return quotedAt(text, start, start);
  if ((char === "x" || char === "X") && text.charAt(start + 1) === "'") return quotedAt(text, start, start + 1);
  if (isNameChar(char) && !isDigit(char) && char !== "$") return token("word", text, start, endOfName(text, start + 1));
  if (isDigit(char)) return token("number", text, start, endOfNumber(text, start + 1));
  if ("?$@:#".includes(char)) return token("variable", text, start, endOfName(text, start + 1));
  return token("punctuation", text, start, start + 1);
}

function quotedAt(text: string, start: number, open: number): Token {
  const opener = text.charAt(open);
  const closer = closers[opener] ?? opener;
  // Brackets and blobs have no doubled closers.
  const doubles = opener !== "[" && open === start;
  for (let close = text.indexOf(closer, open + 1); close !== -1; close = text.indexOf(closer, close + 1)) {
    if (!doubles || text.charAt(close + 1) !== closer) {
      const kind = open > start || opener === "'" ? "string" : "quoted";
      return token(kind, text, start, close + 1);
    }
    close++;
  }
  return token("unterminated", text, start, text.length);
}

function endOfName(text: string, from: number): number {
  let end = from;
  while (end < text.length && isNameChar(text.charAt(end))) end++;
  return end;
}

function endOfNumber(text: string, from: number): number {
  let end = from;
  while (end < text.length && (isNameChar(text.charAt(end)) || text.charAt(end) === ".")) end++;
  return end;
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

/** Every character outside ASCII may stand in a name. */
function isNameChar(char: string): boolean {
  return (
    (char >= "a" && char <= "z") ||
    (char >= "A" && char <= "Z") ||
    isDigit(char) ||
    char === "_" ||
    char === "$" ||
    char >= "\u0080"
  );
}

function token(kind: TokenKind, text: string, start: number, end: number): Token {
  return { kind, text: text.slice(start, end), start, end };
}
