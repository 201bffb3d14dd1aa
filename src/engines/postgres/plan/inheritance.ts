import { ownName } from "../../../catalog/object-id.ts";
import { defaultId, isSet, list, type PlanObject, type SchemaModel } from "./schema-model.ts";

/** The object of a parent table or partitioned table that this one comes with, or null for one of the table's own. */
export function inheritedFrom(object: PlanObject, model: SchemaModel): PlanObject | null {
  if (object.kind === "default") {
    const column = model.get(object.parent ?? "");
    const origin = column === undefined ? null : inheritedFrom(column, model);
    return origin === null ? null : (model.get(defaultId(origin.id)) ?? null);
  }
  if (!isSet(object, "inherited")) return null;
  const table = model.get(object.parent ?? "");
  for (const parent of table === undefined ? [] : list(table, "inherits")) {
    const origin = model.get(`${object.kind}:${parent}.${ownName(object.id)}`);
    if (origin !== undefined) return origin;
  }
  return null;
}

/** Whether a table has the same parents on both sides, so that what happens to the parents happens to it. */
export function keepsParents(
  table: string | null,
  models: { readonly from: SchemaModel; readonly to: SchemaModel },
): boolean {
  const before = models.from.get(table ?? "");
  const after = models.to.get(table ?? "");
  if (before === undefined || after === undefined) return false;
  return list(before, "inherits").join("\0") === list(after, "inherits").join("\0");
}
