import { foldName, isKeyword, isPunctuation, plainName, type Token } from "../script/tokens.ts";
import { columnName, rowidColumn, type TableModel } from "./table-model.ts";

const connecting = ["AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "GLOB", "IS", "TRUE", "FALSE"];
/** Functions that give NULL for NULL only. */
const functions = ["length", "lower", "upper", "trim", "abs", "hex", "typeof", "json_valid"];
const operators = ["(", ")", ",", ".", "=", "==", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "||"];

/**
 * Whether an expression over one row of a table can be seen to give true or false, and never NULL: it is made of columns
 * that are never NULL, of literals, and of what gives NULL for NULL only. A false means that nothing is known.
 */
export function isNeverNull(expression: readonly Token[], table: TableModel): boolean {
  const rowid = rowidColumn(table);
  const filled = new Set(
    table.columns
      .filter(({ attributes }) => attributes["notNull"] === true)
      .map((column) => foldName(columnName(table, column))),
  );
  return expression.every((token, at) => {
    const next = expression[at + 1];
    if (token.kind === "number" || token.kind === "string") return true;
    if (token.kind === "punctuation") return operators.includes(token.text);
    if (connecting.some((word) => isKeyword(token, word))) return true;
    const name = foldName(plainName(token));
    if (isPunctuation(next, "(")) return functions.includes(name);
    if (isPunctuation(next, ".")) return name === foldName(table.name);
    return filled.has(name) || name === rowid;
  });
}
