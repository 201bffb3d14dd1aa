import type { Rebuild } from "./find-rebuilds.ts";
import { type TableEvent, tableEvent } from "./table-events.ts";
import type { Token } from "./tokens.ts";

/**
 * Says for each statement of a script what rows it may destroy, or null. A table that the script itself made holds
 * nothing of the user's. A table that is dropped after its rows were copied counts as destroyed, unless it is one of the
 * rebuilds that were found to keep everything; its copy then holds what is the user's.
 */
export function destroyedRows(
  statements: readonly (readonly Token[])[],
  kept: readonly Rebuild[] = [],
): readonly (string | null)[] {
  const rebuilds = new Map(kept.map((rebuild) => [rebuild.drop, rebuild]));
  const own = new Set<string>();
  return statements.map((tokens, index) => {
    const event = tableEvent(tokens);
    const rebuild = rebuilds.get(index);
    const loss = own.has(event.table) || rebuild !== undefined ? null : event.loss;
    if (rebuild !== undefined) own.delete(rebuild.copy);
    follow(own, event);
    return loss;
  });
}

/** Keeps the names of the tables that the script made. */
function follow(own: Set<string>, event: TableEvent): void {
  if (event.what === "creates") own.add(event.table);
  if (event.what === "drops") own.delete(event.table);
  if (event.what === "renames" && own.delete(event.table)) own.add(event.to);
}
