import { ownName } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { isOfForeignTable } from "./foreign-tables.ts";
import { inheritedFrom } from "./inheritance.ts";
import { refusedValues } from "./require-casts.ts";
import { identityRequirements } from "./require-sequences.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { shownTable } from "./row-source.ts";
import { defaultId, isSet, type PlanObject, text } from "./schema-model.ts";
import { typeUse } from "./type-names.ts";

/** What rows must have for a column to come, to be NOT NULL, or to get another type. */
export function columnRequirements(
  from: PlanObject | null,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  const table = to.parent ?? "";
  const { context, source } = request;
  if (!source.isThere(table) || isOfForeignTable(to, context.to) || text(to, "generated") !== null) return [];
  if (inheritedFrom(to, context.to) !== null) return [];
  if (from === null) {
    if (!needsValue(to, request)) return [];
    const title = `rows of ${shownTable(to)}, which have no value for the new column ${ownName(to.id)} (NOT NULL, and without a default)`;
    return [{ title, sql: source.rows(table, null) }];
  }
  return [
    ...valuesMissing(from, to, request),
    ...valuesRefused(from, to, request),
    ...identityRequirements(from, to, request),
  ];
}

/** Whether a new column leaves rows that are there without a value that it must have. */
function needsValue(column: PlanObject, { context }: RequirementRequest): boolean {
  if (text(column, "identity") !== null || context.to.get(defaultId(column.id)) !== undefined) return false;
  const { object } = typeUse(text(column, "type") ?? "", context.to);
  if (object?.kind === "domain" && text(object, "default") !== null) return false;
  return isNeeded(column) || (object?.kind === "domain" && isSet(object, "notNull"));
}

function valuesMissing(from: PlanObject, to: PlanObject, { source }: RequirementRequest): readonly Requirement[] {
  if (isNeeded(from) || !isNeeded(to)) return [];
  const name = ownName(to.id);
  const title = `rows of ${shownTable(to)} that have no value for ${name}, which becomes NOT NULL`;
  return [{ title, sql: source.rows(to.parent ?? "", `${name} IS NULL`) }];
}

/** NOT NULL that was not looked at says nothing of the rows. */
function isNeeded(column: PlanObject): boolean {
  return isSet(column, "notNull") && !(text(column, "notNullConstraint") ?? "").endsWith(" NOT VALID");
}

function valuesRefused(from: PlanObject, to: PlanObject, request: RequirementRequest): readonly Requirement[] {
  const types = { from: text(from, "type") ?? "", to: text(to, "type") ?? "" };
  if (types.from === types.to || text(from, "generated") !== null) return [];
  const { context, source, major } = request;
  const table = to.parent ?? "";
  const name = ownName(to.id);
  const title = `rows of ${shownTable(to)} whose ${name} is no value of ${types.to}, which becomes its type`;
  const casts = { from: context.from, to: context.to, major };
  if (types.from.endsWith("[]") && types.to.endsWith("[]")) {
    const condition = refusedValues({ from: types.from.slice(0, -2), to: types.to.slice(0, -2) }, casts);
    return condition === null
      ? []
      : [{ title, sql: source.rowsWithElement(table, { array: name, value: `(${name})[place]` }, condition) }];
  }
  const condition = refusedValues(types, casts);
  return condition === null ? [] : [{ title, sql: source.rowsWithValue(table, name, condition) }];
}
