import { afterKeywords, findKeyword, tableAt, verbAt } from "./statement-tokens.ts";
import { isKeyword, isPunctuation, nameOf, type Token } from "./tokens.ts";

/** What a statement does to one table, as far as the rows in it are concerned. */
export interface TableEvent {
  /** `creates`: a table of the database's own, so neither a temporary one nor IF NOT EXISTS. */
  readonly what: "creates" | "fills" | "drops" | "renames" | "changes" | "other";
  /** In lower case, without its schema; empty for `other`. */
  readonly table: string;
  readonly written: string;
  /** The new name of a renamed table or column. */
  readonly to: string;
  /** What goes that was in the table, in words; null when nothing does. */
  readonly loss: string | null;
  /** The one column that goes, or gets another name; null where it is not about one. */
  readonly column: string | null;
}

const conflict = ["OR?", "REPLACE?", "ROLLBACK?", "ABORT?", "FAIL?", "IGNORE?"];

const nothing: TableEvent = { what: "other", table: "", written: "", to: "", loss: null, column: null };

/** Reads what a statement does to a table. */
export function tableEvent(tokens: readonly Token[]): TableEvent {
  return definition(tokens) ?? alteration(tokens) ?? manipulation(tokens) ?? nothing;
}

/** Whether the statement makes a table that goes when its session ends. */
export function isTemporary(tokens: readonly Token[]): boolean {
  const table = afterKeywords(tokens, 0, "CREATE", "TABLE");
  if (table !== null) return nameOf(tokens[table]) === "temp" && isPunctuation(tokens[table + 1], ".");
  return (
    afterKeywords(tokens, 0, "CREATE", "TEMP") !== null || afterKeywords(tokens, 0, "CREATE", "TEMPORARY") !== null
  );
}

function definition(tokens: readonly Token[]): TableEvent | null {
  const created = afterKeywords(tokens, 0, "CREATE", "TEMP?", "TEMPORARY?", "VIRTUAL?", "TABLE");
  // IF NOT EXISTS may leave a table of the user's in place.
  if (created !== null) return isKeyword(tokens[created], "IF") ? null : event("creates", tokens, created);
  const dropped = afterKeywords(tokens, 0, "DROP", "TABLE");
  if (dropped === null) return null;
  const drop = event("drops", tokens, afterKeywords(tokens, dropped, "IF", "EXISTS") ?? dropped);
  return { ...drop, loss: `drops table ${drop.written}` };
}

function alteration(tokens: readonly Token[]): TableEvent | null {
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered === null) return null;
  const { written, next } = tableAt(tokens, altered);
  const renamed = afterKeywords(tokens, next, "RENAME", "TO");
  if (renamed !== null) return { ...event("renames", tokens, altered), to: nameOf(tokens[renamed]) };
  const change = event("changes", tokens, altered);
  const column = columnRename(tokens, next);
  if (column !== null) return { ...change, ...column };
  const dropped = afterKeywords(tokens, next, "DROP", "COLUMN?");
  if (dropped === null || isKeyword(tokens[dropped], "CONSTRAINT")) return change;
  const gone = tableAt(tokens, dropped);
  return { ...change, loss: `drops column ${written}.${gone.written}`, column: gone.name };
}

function columnRename(tokens: readonly Token[], at: number): Pick<TableEvent, "column" | "to"> | null {
  const renamed = afterKeywords(tokens, at, "RENAME", "COLUMN?");
  if (renamed === null) return null;
  const { name, next } = tableAt(tokens, renamed);
  const to = afterKeywords(tokens, next, "TO");
  return to === null ? null : { column: name, to: nameOf(tokens[to]) };
}

function manipulation(tokens: readonly Token[]): TableEvent | null {
  const verb = verbAt(tokens);
  const filled =
    afterKeywords(tokens, verb, "INSERT", ...conflict, "INTO") ?? afterKeywords(tokens, verb, "REPLACE", "INTO");
  if (filled !== null) return event("fills", tokens, filled);
  const updated = afterKeywords(tokens, verb, "UPDATE", ...conflict);
  if (updated !== null) return event("changes", tokens, updated);
  const from = afterKeywords(tokens, verb, "DELETE", "FROM");
  if (from === null) return null;
  const { written, next } = tableAt(tokens, from);
  const some = findKeyword(tokens, next, "WHERE", "LIMIT") !== -1;
  return { ...event("changes", tokens, from), loss: some ? null : `deletes every row of ${written}` };
}

function event(what: TableEvent["what"], tokens: readonly Token[], at: number): TableEvent {
  const { name, written } = tableAt(tokens, at);
  return { what, table: name, written, to: "", loss: null, column: null };
}
