import type { ObjectKind, SchemaObject } from "../../../catalog/catalog.ts";

/**
 * A schema object as the planner sees it. A column's default is an object of its own, because it comes later and goes
 * earlier than its column; so is each member of a publication.
 */
export interface PlanObject extends Omit<SchemaObject, "kind" | "attributeDependencies"> {
  readonly kind: ObjectKind | "default" | "publication-member";
}
