import { afterKeywords } from "./statement-tokens.ts";
import { isKeyword, isPunctuation, nameOf, type Token } from "./tokens.ts";

/** A statement that copies every row of one table into another. Names are in lower case. */
export interface TableCopy {
  readonly from: string;
  readonly to: string;
  /** The columns that are filled, in their order; null for all of them. */
  readonly columns: readonly string[] | null;
  /** What they are filled with: a column as it is, `*` for all of them, or null for anything else. */
  readonly values: readonly (string | null)[];
  /** Fails where a row can't be taken over, whatever the table's own conflict clauses say. */
  readonly strict: boolean;
}

const strictInserts = ["ABORT", "FAIL", "ROLLBACK"];

/**
 * Reads `INSERT INTO a (x, y) SELECT x, y FROM b` and `CREATE TABLE a AS SELECT * FROM b`; null for every statement that
 * may leave out rows: anything may stand behind the table but its end.
 */
export function readCopy(tokens: readonly Token[]): TableCopy | null {
  const head = insertHead(tokens) ?? createHead(tokens);
  if (head === null) return null;
  const selected = afterKeywords(tokens, head.next, "SELECT");
  if (selected === null) return null;
  const { items, next } = selectItems(tokens, selected);
  const from = tokenName(tokens, next);
  if (!isKeyword(tokens[next - 1], "FROM") || from === null || from.next !== tokens.length) return null;
  const { to, columns, strict } = head;
  return { from: from.name, to, columns, strict, values: items.map((item) => plainValue(item, from.name)) };
}

interface Head extends Pick<TableCopy, "to" | "columns" | "strict"> {
  readonly next: number;
}

function insertHead(tokens: readonly Token[]): Head | null {
  const strict = strictInserts.find((word) => afterKeywords(tokens, 0, "INSERT", "OR", word) !== null);
  const into = afterKeywords(tokens, 0, "INSERT", ...(strict === undefined ? [] : ["OR", strict]), "INTO");
  const table = into === null ? null : tokenName(tokens, into);
  if (table === null) return null;
  const { name: to, next } = table;
  const found = { to, strict: strict !== undefined };
  if (!isPunctuation(tokens[next], "(")) return { ...found, columns: null, next };
  const end = tokens.findIndex((token, index) => index > next && isPunctuation(token, ")"));
  const names = tokens.slice(next + 1, end).filter((token) => !isPunctuation(token, ","));
  return { ...found, columns: names.map(nameOf), next: end + 1 };
}

function createHead(tokens: readonly Token[]): Head | null {
  const at = afterKeywords(tokens, 0, "CREATE", "TABLE");
  const table = at === null ? null : tokenName(tokens, at);
  const next = table === null ? null : afterKeywords(tokens, table.next, "AS");
  return table === null || next === null ? null : { to: table.name, columns: null, strict: true, next };
}

/** `name` or `main.name`; another database's tables are not looked at. */
function tokenName(tokens: readonly Token[], at: number): { readonly name: string; readonly next: number } | null {
  const qualified = isPunctuation(tokens[at + 1], ".");
  if (tokens[at] === undefined || (qualified && nameOf(tokens[at]) !== "main")) return null;
  return { name: nameOf(tokens[qualified ? at + 2 : at]), next: at + (qualified ? 3 : 1) };
}

/** The items between SELECT and its FROM, and the place behind the FROM. */
function selectItems(
  tokens: readonly Token[],
  from: number,
): { readonly items: readonly (readonly Token[])[]; readonly next: number } {
  const items: Token[][] = [[]];
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || (depth === 0 && isKeyword(token, "FROM"))) break;
    if (isPunctuation(token, "(")) depth++;
    if (isPunctuation(token, ")")) depth--;
    if (depth === 0 && isPunctuation(token, ",")) items.push([]);
    else items.at(-1)?.push(token);
  }
  return { items, next: at + 1 };
}

/** `x`, `t.x`, `*`, `t.*`, or `CAST(x AS TEXT)`, which keeps the bytes in a strict table. */
function plainValue(item: readonly Token[], table: string): string | null {
  const cast = afterKeywords(item, 0, "CAST") === null ? null : item.slice(2, -3);
  if (cast !== null) {
    const [as, type, close] = item.slice(-3);
    const keepsBytes = isKeyword(as, "AS") && (isKeyword(type, "TEXT") || isKeyword(type, "BLOB"));
    return isPunctuation(item[1], "(") && keepsBytes && isPunctuation(close, ")") ? plainValue(cast, table) : null;
  }
  const isQualified = isPunctuation(item[1], ".") && nameOf(item[0]) === table;
  const [name, ...more] = isQualified ? item.slice(2) : item;
  if (name === undefined || more.length > 0) return null;
  if (isPunctuation(name, "*")) return "*";
  return name.kind === "word" || name.kind === "quoted" ? nameOf(name) : null;
}
