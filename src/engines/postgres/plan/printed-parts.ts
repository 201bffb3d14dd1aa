/** A list in parentheses that the server printed, and what stands behind it. */
export interface PrintedList {
  readonly items: readonly string[];
  /** All of it, without the parentheses. */
  readonly inside: string;
  readonly rest: string;
}

/**
 * Cuts what the server printed at the first parenthesis that opens at or after `from`: its items, and the text behind it.
 * Quoted names and constants are passed over as they are; null where nothing opens.
 */
export function printedList(printed: string, from = 0): PrintedList | null {
  const open = indexOutside(printed, "(", from);
  if (open < 0) return null;
  const items: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < printed.length; at = next(printed, at)) {
    const char = printed[at];
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth--;
    if (char === "," && depth === 1) {
      items.push(printed.slice(start, at).trim());
      start = at + 1;
    }
    if (depth > 0) continue;
    const last = printed.slice(start, at).trim();
    return {
      items: last === "" && items.length === 0 ? [] : [...items, last],
      inside: printed.slice(open + 1, at),
      rest: printed.slice(at + 1),
    };
  }
  return null;
}

/** The expression that a part of an index or of a key begins with, and the words behind it. */
export function leadingExpression(item: string): readonly [expression: string, words: string] {
  let depth = 0;
  for (let at = 0; at < item.length; at = next(item, at)) {
    const char = item[at];
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === " " && depth === 0) return [item.slice(0, at), item.slice(at + 1)];
  }
  return [item, ""];
}

/** Where a text stands outside of quotes, or -1. */
export function indexOutside(printed: string, wanted: string, from = 0): number {
  for (let at = from; at < printed.length; at = next(printed, at)) if (printed.startsWith(wanted, at)) return at;
  return -1;
}

/** The place behind a character, a quoted name or a constant. */
function next(printed: string, at: number): number {
  const quote = printed[at];
  if (quote !== "'" && quote !== '"') return at + 1;
  const escapes = quote === "'" && printed[at - 1] === "E";
  for (let end = at + 1; end < printed.length; end++) {
    if (escapes && printed[end] === "\\") end++;
    else if (printed[end] === quote) {
      if (printed[end + 1] !== quote) return end + 1;
      end++;
    }
  }
  return printed.length;
}
