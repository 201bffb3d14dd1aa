/** Whether a text holds no statement: nothing but white space, semicolons and comments. */
export function isBlankSql(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const next = text.startsWith("--", at)
      ? lineEnd(text, at)
      : text.startsWith("/*", at)
        ? commentEnd(text, at)
        : at + 1;
    if (next === at + 1 && !/[\s;]/.test(text.charAt(at))) return false;
    at = next;
  }
  return true;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

/** Where a block comment ends; PostgreSQL nests them. An unclosed one runs to the end of the text. */
function commentEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    if (text.startsWith("/*", at)) {
      depth++;
      at += 2;
    } else if (text.startsWith("*/", at)) {
      depth--;
      at += 2;
      if (depth === 0) return at;
    } else at++;
  }
  return text.length;
}
