import { afterKeywords, findKeyword, tableAt, verbAt } from "./statement-tokens.ts";
import { isKeyword, nameOf, type Token } from "./tokens.ts";

/** What a statement does to whole tables, as far as the rows in them are concerned. */
interface TableEvent {
  readonly what: "creates" | "fills" | "drops" | "renames" | "other";
  readonly table: string;
  readonly written: string;
  /** The new name of a renamed table. */
  readonly to: string;
}

const insertInto = ["INSERT", "OR?", "REPLACE?", "ROLLBACK?", "ABORT?", "FAIL?", "IGNORE?", "INTO"];

const nothing: TableEvent = { what: "other", table: "", written: "", to: "" };

/**
 * Says for each statement of a script what rows it may destroy, or null. A table that the script itself created holds
 * nothing of the user's, and a table that was copied before it is dropped and replaced (a rebuild) keeps its rows.
 */
export function destroyedRows(statements: readonly (readonly Token[])[]): readonly (string | null)[] {
  const events = statements.map(tableEvent);
  return statements.map((tokens, index) => {
    const event = events[index] ?? nothing;
    const loss =
      event.what === "drops" ? { table: event.table, words: `drops table ${event.written}` } : lossWithin(tokens);
    if (loss === null) return null;
    const before = events.slice(0, index);
    if (madeHere(before, loss.table)) return null;
    if (event.what === "drops" && isRebuild(statements, before, events.slice(index + 1), event.table)) return null;
    return loss.words;
  });
}

/** What a statement takes out of a table that stays. */
function lossWithin(tokens: readonly Token[]): { readonly table: string; readonly words: string } | null {
  const from = afterKeywords(tokens, verbAt(tokens), "DELETE", "FROM");
  if (from !== null) {
    const { name, written, next } = tableAt(tokens, from);
    if (findKeyword(tokens, next, "WHERE", "LIMIT") !== -1) return null;
    return { table: name, words: `deletes every row of ${written}` };
  }
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered === null) return null;
  const { name, written, next } = tableAt(tokens, altered);
  const dropped = afterKeywords(tokens, next, "DROP", "COLUMN?");
  if (dropped === null || isKeyword(tokens[dropped], "CONSTRAINT")) return null;
  return { table: name, words: `drops column ${written}.${tableAt(tokens, dropped).written}` };
}

function tableEvent(tokens: readonly Token[]): TableEvent {
  const verb = verbAt(tokens);
  const created = afterKeywords(tokens, 0, "CREATE", "TEMP?", "TEMPORARY?", "VIRTUAL?", "TABLE");
  // IF NOT EXISTS may leave a table of the user's in place.
  if (created !== null && !isKeyword(tokens[created], "IF")) return event("creates", tokens, created);
  const filled = afterKeywords(tokens, verb, ...insertInto) ?? afterKeywords(tokens, verb, "REPLACE", "INTO");
  if (filled !== null) return event("fills", tokens, filled);
  const dropped = afterKeywords(tokens, 0, "DROP", "TABLE");
  if (dropped !== null) return event("drops", tokens, afterKeywords(tokens, dropped, "IF", "EXISTS") ?? dropped);
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered === null) return nothing;
  const { next } = tableAt(tokens, altered);
  const renamed = afterKeywords(tokens, next, "RENAME", "TO");
  return renamed === null ? nothing : { ...event("renames", tokens, altered), to: nameOf(tokens[renamed]) };
}

function event(what: TableEvent["what"], tokens: readonly Token[], at: number): TableEvent {
  const { name, written } = tableAt(tokens, at);
  return { what, table: name, written, to: "" };
}

/** The last thing that happened to the name was that this script made it anew. */
function madeHere(before: readonly TableEvent[], table: string): boolean {
  const last = before.findLast(
    (event) => (event.what === "renames" ? event.to : event.table) === table && event.what !== "fills",
  );
  return last?.what === "creates";
}

/**
 * Both orders of a rebuild: copy to a new table, drop the old one, rename the new one to its name; or rename the old
 * one away, create and fill the new one, drop the old one.
 */
function isRebuild(
  statements: readonly (readonly Token[])[],
  before: readonly TableEvent[],
  after: readonly TableEvent[],
  table: string,
): boolean {
  const takesName = after.find((event) => event.what === "renames" && event.to === table)?.table;
  const gaveName = before.find((event) => event.what === "renames" && event.to === table)?.table;
  const copy = takesName ?? (gaveName !== undefined && madeHere(before, gaveName) ? gaveName : undefined);
  if (copy === undefined) return false;
  return before.some(
    (event, index) =>
      (event.what === "fills" || event.what === "creates") &&
      event.table === copy &&
      (statements[index] ?? []).some((token) => isKeyword(token, "SELECT")) &&
      (statements[index] ?? []).some((token) => nameOf(token) === table),
  );
}
