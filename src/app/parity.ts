import type { Catalog } from "../catalog/catalog.ts";
import type { Dialect } from "../engines/engine.ts";
import type { ProgressSink } from "../progress/events.ts";
import { some } from "./describe-difference.ts";

/** What the models of one dialect declare. */
export interface DeclaredSide {
  readonly dialect: Dialect;
  readonly desired: Catalog;
}

/**
 * Tells which tables and columns the models of one engine have and those of another lack. Types are not compared: what
 * is the same on both is for people to know.
 */
export function noticeParity(sides: readonly DeclaredSide[], on: ProgressSink): void {
  const [first, ...others] = sides;
  if (first === undefined) return;
  for (const other of others) {
    for (const message of [lacking(first, other), lacking(other, first)]) {
      if (message !== null) on({ event: "notice", level: "warning", code: "models-differ", message });
    }
  }
}

function lacking(has: DeclaredSide, lacks: DeclaredSide): string | null {
  const there = columnsByTable(lacks.desired);
  const missing = [...columnsByTable(has.desired)].flatMap(([table, columns]) => {
    const others = there.get(table);
    if (others === undefined) return [table];
    return columns.filter((column) => !others.includes(column)).map((column) => `${table}.${column}`);
  });
  if (missing.length === 0) return null;
  return `The models for ${lacks.dialect} lack what those for ${has.dialect} have: ${some(missing)}.`;
}

/** The columns of each table by names that both engines would use: without the default schema. */
function columnsByTable(catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  const tables = new Map(
    catalog.objects.filter((object) => object.kind === "table").map((object) => [object.id, object.name]),
  );
  const columns = new Map<string, string[]>();
  for (const name of tables.values()) columns.set(withoutPublic(name), []);
  for (const object of catalog.objects) {
    const table = object.kind === "column" && object.parent !== null ? tables.get(object.parent) : undefined;
    if (table !== undefined) columns.get(withoutPublic(table))?.push(object.name.slice(table.length + 1));
  }
  return columns;
}

function withoutPublic(name: string): string {
  return name.startsWith("public.") ? name.slice("public.".length) : name;
}
