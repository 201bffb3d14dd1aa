import type { PlanObject } from "../plan/schema-model.ts";

/** Whether an object is a type that columns may have, or a collation: columns move from the old one to the new one. */
export function isColumnType(object: PlanObject): boolean {
  return ["enum", "domain", "type", "range", "collation"].includes(object.kind);
}
