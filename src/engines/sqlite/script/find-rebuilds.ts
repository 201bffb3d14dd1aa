import { readCopy, type TableCopy } from "./read-copy.ts";
import { isTemporary, type TableEvent, tableEvent } from "./table-events.ts";
import { isKeyword, nameOf, type Token } from "./tokens.ts";

/** A table that is dropped after a statement has copied all of its rows into the one that has its name from then on. */
export interface Rebuild {
  /** The places of the statements that copy and that drop. */
  readonly fill: number;
  readonly drop: number;
  /** The names, in lower case, that both tables have when the rows are copied. */
  readonly table: string;
  readonly copy: string;
  readonly copied: TableCopy;
}

/** A statement with what it does to a table. */
interface Step {
  readonly tokens: readonly Token[];
  readonly event: TableEvent;
}

/**
 * Finds tables that are replaced by a copy, in both orders: copy to a new table, drop the old one, give the new one its
 * name; or name the old one away, make and fill the new one, drop the old one. Nothing may touch either table from the
 * copy on. Which columns the copy leaves out is not known here.
 */
export function findRebuilds(statements: readonly (readonly Token[])[]): readonly Rebuild[] {
  const steps = statements.map((tokens) => ({ tokens, event: tableEvent(tokens) }));
  return steps.flatMap(({ event }, drop) =>
    event.what === "drops" ? (rebuildAt(steps, drop, event.table) ?? []) : [],
  );
}

function rebuildAt(steps: readonly Step[], drop: number, table: string): Rebuild | null {
  const copy = successor(steps, drop, table);
  if (copy === null) return null;
  const fill = steps.findLastIndex(({ event }, index) => index < drop && event.table === copy && fillsTable(event));
  const copied = readCopy(steps[fill]?.tokens ?? []);
  if (copied === null || copied.from !== table || copied.to !== copy) return null;
  const isTouched = steps.some(({ event }, at) => at > fill && at < drop && [table, copy].includes(event.table));
  const made = steps.findLastIndex(({ event }, index) => index <= fill && makesName(event, copy));
  const making = steps[made];
  const isOwn = making?.event.what === "creates" && !isTemporary(making.tokens);
  const before = steps.slice(0, drop);
  if (isTouched || !isOwn || before.some(({ tokens }) => isTriggerNaming(tokens, copy))) return null;
  return { fill, drop, table, copy, copied };
}

/** The table that has the name of a dropped one afterwards, or that took it before; null where nothing of the kind is sure. */
function successor(steps: readonly Step[], drop: number, table: string): string | null {
  const next = steps.slice(drop + 1).find(({ event }) => event.table === table || event.to === table)?.event;
  if (next?.what === "renames" && next.to === table) {
    const between = steps.slice(
      drop + 1,
      steps.findIndex(({ event }) => event === next),
    );
    return between.some(({ event }) => event.table === next.table) ? null : next.table;
  }
  const away = steps.slice(0, drop).findLast(({ event }) => event.what === "renames" && event.to === table);
  return away?.event.table ?? null;
}

function fillsTable(event: TableEvent): boolean {
  return event.what === "fills" || event.what === "creates";
}

function makesName(event: TableEvent, name: string): boolean {
  return (event.what === "creates" && event.table === name) || (event.what === "renames" && event.to === name);
}

/** A trigger on the copy could leave rows out while it is filled. */
function isTriggerNaming(tokens: readonly Token[], name: string): boolean {
  return (
    isKeyword(tokens[0], "CREATE") &&
    tokens.slice(1, 3).some((token) => isKeyword(token, "TRIGGER")) &&
    tokens.some((token) => nameOf(token) === name)
  );
}
