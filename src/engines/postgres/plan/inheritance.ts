import { idParts, ownName } from "../../../catalog/object-id.ts";
import type { RenderContext } from "../render/renderer.ts";
import { partitionsOf } from "./partitions.ts";
import { defaultId, isSet, list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** The object of a parent table or partitioned table that this one comes with, or null for one of the table's own. */
export function inheritedFrom(object: PlanObject, model: SchemaModel): PlanObject | null {
  if (object.kind === "default") {
    const column = model.get(object.parent ?? "");
    const origin = column === undefined ? null : inheritedFrom(column, model);
    return origin === null ? null : (model.get(defaultId(origin.id)) ?? null);
  }
  // What a constraint keeps as an index is attached, under a name of its own.
  if (!isSet(object, "inherited") || text(object, "attachedTo") !== null) return null;
  const table = model.get(object.parent ?? "");
  for (const parent of table === undefined ? [] : list(table, "inherits")) {
    const origin = model.get(`${object.kind}:${parent}.${ownName(object.id)}`);
    if (origin !== undefined) return origin;
  }
  return null;
}

/** Whether a table keeps its parents all the time, so that what happens to the parents happens to it. */
export function keepsParents(table: string | null, context: RenderContext): boolean {
  if (table === null || context.from.get(table) === undefined || context.to.get(table) === undefined) return false;
  const partitions = partitionsOf(context);
  return !partitions.isCopied(table) && !partitions.leaves(table) && partitions.joins(table).length === 0;
}

/**
 * Whether a foreign key of a partition is one that the partitioned table has as well: attached, it becomes a part of
 * that one, and detached it becomes the partition's own.
 */
export function isForeignKeyOfParent(key: PlanObject, model: SchemaModel, ancestors: readonly string[]): boolean {
  if (text(key, "type") !== "foreign key") return false;
  return ancestors.some((table) =>
    model
      .children(table)
      .some((other) => text(other, "type") === "foreign key" && text(other, "definition") === text(key, "definition")),
  );
}

/**
 * Whether a column goes that a table which inherits it keeps; dropped from the parent alone, it becomes that table's own.
 * One that is to be inherited from the parent's new column goes with the old one.
 */
export function isKeptBelow(column: PlanObject, context: RenderContext): boolean {
  if (column.kind !== "column" || column.parent === null) return false;
  return partitionsOf(context)
    .heirs(column.parent, "from")
    .some((heir) => {
      const kept = context.to.get(`column:${heir.id.slice("table:".length)}.${ownName(column.id)}`);
      if (kept === undefined || !keepsParents(heir.id, context)) return false;
      return inheritedFrom(kept, context.to)?.id !== column.id;
    });
}

/** The id of the table that a column, a default or a constraint is a part of. */
export function tableOf(object: PlanObject): string {
  return `table:${idParts(object.id).slice(0, 2).join(".")}`;
}
