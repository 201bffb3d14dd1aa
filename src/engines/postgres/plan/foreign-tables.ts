import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** Whether a table is a foreign one, which holds no rows of its own. */
export function isForeign(table: PlanObject): boolean {
  return text(table, "server") !== null;
}

/** Whether what is done to a column is done to a foreign table too: its own table, or one that inherits from it. */
export function reachesForeignTable(column: PlanObject, model: SchemaModel): boolean {
  const table = model.get(column.parent ?? "");
  return table !== undefined && isForeignBelow(table, model);
}

/** Whether a table is a foreign one, or one of those that inherit from it. */
export function isForeignBelow(table: PlanObject, model: SchemaModel): boolean {
  if (isForeign(table)) return true;
  const heirs = model.dependents(table.id).filter((other) => list(other, "inherits").includes(sqlName(table.id)));
  return heirs.some((heir) => isForeignBelow(heir, model));
}

/** Whether an object is a part of a foreign table. */
export function isOfForeignTable(part: PlanObject, model: SchemaModel): boolean {
  const table = model.get(part.parent ?? "");
  return table !== undefined && isForeign(table);
}
