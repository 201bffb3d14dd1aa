import type { Dialect } from "../../engines/engine.ts";

/**
 * Whether typed text is complete: it ends with a semicolon that is neither quoted, nor in a comment, nor inside the
 * body of a trigger or function. Decides only whether to read another line; statements are cut by the real parser.
 */
export function endsStatement(text: string, dialect: Dialect): boolean {
  const code = withoutQuotesAndComments(text, dialect);
  if (code === null || !/;\s*$/.test(code)) return false;
  const hasBody =
    dialect === "sqlite"
      ? /^\s*create\s+(?:temp(?:orary)?\s+)?trigger\b/i.test(code)
      : /\bbegin\s+atomic\b/i.test(code);
  return !hasBody || /\bend\s*;\s*$/i.test(code);
}

/** The text with quoted parts emptied and comments left out; null where one of them is still open. */
function withoutQuotesAndComments(text: string, dialect: Dialect): string | null {
  let code = "";
  let at = 0;
  while (at < text.length) {
    const part = specialPart(text, at, dialect);
    if (part === null) code += text[at++];
    else if (part.end === null) return null;
    else {
      code += part.replacement;
      at = part.end;
    }
  }
  return code;
}

interface SpecialPart {
  /** Where the text goes on; null where the part is not closed. */
  readonly end: number | null;
  readonly replacement: string;
}

function specialPart(text: string, at: number, dialect: Dialect): SpecialPart | null {
  const two = text.slice(at, at + 2);
  if (two === "--") return { end: endOf(text, "\n", at) ?? text.length, replacement: "\n" };
  if (two === "/*") return { end: commentEnd(text, at, dialect), replacement: " " };
  const character = text[at] ?? "";
  if (character === "'" || character === '"' || (character === "`" && dialect === "sqlite")) {
    const escapes =
      dialect === "postgres" && character === "'" && /(?:^|[^\w$])[eE]$/.test(text.slice(Math.max(0, at - 2), at));
    return { end: quoteEnd(text, at, character, escapes), replacement: "q" };
  }
  if (character === "[" && dialect === "sqlite") return { end: endOf(text, "]", at), replacement: "q" };
  const tag =
    character === "$" && dialect === "postgres"
      ? /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(at))
      : null;
  if (tag !== null && !/[\w$]/.test(text[at - 1] ?? ""))
    return { end: endOf(text, tag[0], at + tag[0].length), replacement: "q" };
  return null;
}

function endOf(text: string, mark: string, from: number): number | null {
  const found = text.indexOf(mark, from);
  return found === -1 ? null : found + mark.length;
}

function quoteEnd(text: string, start: number, quote: string, escapes: boolean): number | null {
  for (let at = start + 1; at < text.length; at++) {
    if (escapes && text[at] === "\\") at++;
    // A doubled quote ends one quoted part and begins the next, which comes to the same here.
    else if (text[at] === quote) return at + 1;
  }
  return null;
}

/** PostgreSQL's comments nest, SQLite's don't. */
function commentEnd(text: string, start: number, dialect: Dialect): number | null {
  if (dialect === "sqlite") return endOf(text, "*/", start + 2);
  let depth = 0;
  for (let at = start; at < text.length - 1; at++) {
    const two = text.slice(at, at + 2);
    if (two === "/*") depth++;
    else if (two === "*/") depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  return null;
}
