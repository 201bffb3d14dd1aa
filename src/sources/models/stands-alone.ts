const literal =
  /^(?:[+-]?\s*(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|[+-]?\s*0x[\da-f]+|x?'(?:[^']|'')*'|null|true|false|current_(?:time|date|timestamp))$/i;

/** Whether an expression may follow SQLite's DEFAULT as it is: one literal, or in parentheses from end to end. */
export function standsAlone(expression: string): boolean {
  return literal.test(expression) || isEnclosed(expression);
}

function isEnclosed(expression: string): boolean {
  if (!expression.startsWith("(") || !expression.endsWith(")")) return false;
  let depth = 0;
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "'" || character === '"' || character === "`") {
      const end = expression.indexOf(character, at + 1);
      if (end < 0) return false;
      at = end;
    }
    if (depth === 0 && at < expression.length - 1) return false;
  }
  return depth === 0;
}
