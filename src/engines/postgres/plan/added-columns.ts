import { ownName } from "../../../catalog/object-id.ts";
import { indexOutside } from "./printed-parts.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import type { AddedColumn } from "./row-source.ts";
import { defaultId, type PlanObject, text } from "./schema-model.ts";
import { typeUse } from "./type-names.ts";

/** The new columns of its own table that something is built on, each with its value; without those that are not known. */
export function addedColumns(object: PlanObject, request: RequirementRequest): readonly AddedColumn[] {
  const { from, to } = request.context;
  return object.dependsOn.flatMap((id) => {
    const column = to.get(id);
    if (column?.kind !== "column" || column.parent !== object.parent || from.get(id) !== undefined) return [];
    const value = valueInOldRows(column, request);
    return value === null ? [] : [{ name: ownName(id), value }];
  });
}

/** NULL, or a default that is a plain constant: a function could say something else when it is asked a second time. */
export function valueInOldRows(column: PlanObject, { context }: RequirementRequest): string | null {
  if (text(column, "generated") !== null || text(column, "identity") !== null) return null;
  const type = text(column, "type") ?? "";
  // A type of the schema's own or of an extension, which may only come with the revision.
  if (typeUse(type, context.to).object !== null || indexOutside(type, ".") >= 0) return null;
  const constant = context.to.get(defaultId(column.id));
  if (constant === undefined) return `NULL::${type}`;
  const expression = text(constant, "expression");
  const called = expression === null || indexOutside(expression, "(") >= 0;
  return called ? null : `(${expression})::${type}`;
}
