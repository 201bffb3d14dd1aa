import { idParts, ownName } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { quoteText } from "../sql-text.ts";
import { addedColumns, valueInOldRows } from "./added-columns.ts";
import { isOfForeignTable } from "./foreign-tables.ts";
import { inheritedFrom } from "./inheritance.ts";
import { indexOutside, leadingExpression, printedList } from "./printed-parts.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { columnId, keyColumns, shownTable } from "./row-source.ts";
import { isSet, list, type PlanObject, text } from "./schema-model.ts";

const parentSeparator = " REFERENCES ";

/** What rows must be like for a constraint to come, or to be validated. */
export function constraintRequirements(
  from: PlanObject | null,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  const definition = text(to, "definition") ?? "";
  const table = to.parent ?? "";
  const same = from !== null && text(from, "definition") === definition;
  const unchecked = definition.endsWith(" NOT VALID") || definition.includes(" NOT ENFORCED");
  if (same || unchecked || !request.source.isThere(table) || isOfForeignTable(to, request.context.to)) return [];
  if (text(to, "attachedTo") !== null || inheritedFrom(to, request.context.to) !== null) return [];
  if (text(to, "type") !== "foreign key" && !readsWhatIsThere(to, definition, request)) return [];
  switch (text(to, "type")) {
    case "check":
      return checkRequirement(to, definition, request);
    case "foreign key":
      return foreignKeyRequirement(to, definition, request);
    case "exclude":
      return exclusionRequirement(to, definition, request);
    default:
      return definition.includes(" WITHOUT OVERLAPS)")
        ? overlapRequirement(to, request)
        : uniqueRequirement(to, definition, request);
  }
}

/** What rows must be like for a unique index to come. */
export function indexRequirements(
  from: PlanObject | null,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  const definition = text(to, "definition") ?? "";
  const table = to.parent ?? "";
  if (!isSet(to, "unique") || isSet(to, "invalid") || text(to, "attachedTo") !== null) return [];
  if (from !== null && isSet(from, "unique") && text(from, "definition") === definition) return [];
  if (!request.source.isThere(table) || !readsWhatIsThere(to, definition, request)) return [];
  return uniqueRequirement(to, definition, request);
}

/** Whether everything that an expression reads is there before the plan, and stays what it is. */
export function readsWhatIsThere(object: PlanObject, definition: string, request: RequirementRequest): boolean {
  const { context, decisions } = request;
  return object.dependsOn.every((id) => {
    const needed = context.to.get(id);
    if (needed === undefined || id === object.parent || needed.kind === "table") return true;
    if (context.from.get(id) === undefined)
      return needed.kind === "column" && needed.parent === object.parent && valueInOldRows(needed, request) !== null;
    const decision = decisions.get(id);
    if (decision === undefined) return true;
    if (decision.what !== "alter") return false;
    if (needed.kind === "column") return !decision.retypes;
    if (needed.kind !== "enum") return needed.kind !== "function";
    const before = list(decision.from, "labels");
    return list(needed, "labels").every((label) => before.includes(label) || !definition.includes(quoteText(label)));
  });
}

function checkRequirement(to: PlanObject, definition: string, request: RequirementRequest): readonly Requirement[] {
  const condition = printedList(definition)?.inside;
  if (condition === undefined) return [];
  const title = `rows of ${shownTable(to)} that break the check ${ownName(to.id)}`;
  return [{ title, sql: request.source.rows(to.parent ?? "", `NOT (${condition})`, addedColumns(to, request)) }];
}

function uniqueRequirement(to: PlanObject, definition: string, request: RequirementRequest): readonly Requirement[] {
  const printed = printedList(definition);
  if (printed === null || printed.items.length === 0) return [];
  const keys = printed.items.map((item) => {
    const [expression, words] = leadingExpression(item);
    const [, collation] = /^COLLATE (\S+)/.exec(words) ?? [];
    return collation === undefined ? expression : `${expression} COLLATE ${collation}`;
  });
  const where = indexOutside(printed.rest, " WHERE ");
  const nulls = `${definition.slice(0, 60)}${printed.rest}`.includes("NULLS NOT DISTINCT");
  const conditions = [
    ...(nulls ? [] : keys.map((key) => `${key} IS NOT NULL`)),
    ...(where < 0 ? [] : [printed.rest.slice(where + " WHERE ".length)]),
  ];
  const what = to.kind === "index" ? `the unique index ${ownName(to.id)}` : `the ${text(to, "type")} ${ownName(to.id)}`;
  const condition = conditions.length === 0 ? null : conditions.join(" AND ");
  return [
    {
      title: `rows of ${shownTable(to)} that agree in ${keys.join(", ")}, which ${what} forbids`,
      sql: request.source.duplicates(to.parent ?? "", keys, {
        condition,
        only: true,
        added: addedColumns(to, request),
      }),
    },
  ];
}

function foreignKeyRequirement(
  to: PlanObject,
  definition: string,
  request: RequirementRequest,
): readonly Requirement[] {
  const { source, context } = request;
  const own = printedList(definition);
  const named = own?.rest.startsWith(parentSeparator) === true ? own.rest.slice(parentSeparator.length) : "";
  const referenced = printedList(named);
  if (own === null || referenced === null || own.inside.includes("PERIOD ")) return [];
  const parent = `table:${named.slice(0, indexOutside(named, "("))}`;
  const columns = own.items;
  const table = to.parent ?? "";
  if (!keepsColumns(table, columns, request)) return [];
  const title = `rows of ${shownTable(to)} whose ${columns.join(", ")} no row of ${idParts(parent).join(".")} has`;
  const all = columns.map((name) => `child.${name} IS NOT NULL`).join(" AND ");
  const mixed = `NOT (${all}) AND (${columns.map((name) => `child.${name} IS NOT NULL`).join(" OR ")})`;
  const full = columns.length > 1 && referenced.rest.startsWith(" MATCH FULL");
  const select = (condition: string): string =>
    `SELECT ${source.keyList(table, "child")}\nFROM ${source.from(table, { alias: "child", only: true })}\nWHERE ${condition}`;
  if (context.from.get(parent) === undefined) return [{ title, sql: select(full ? `(${all}) OR (${mixed})` : all) }];
  if (!source.isThere(parent) || !keepsColumns(parent, referenced.items, request)) return [];
  const equal = referenced.items.map((name, index) => `parent.${name} = child.${columns[index]}`).join(" AND ");
  const orphan = `${all}\n  AND NOT EXISTS (SELECT FROM ${source.from(parent, { alias: "parent", only: true })} WHERE ${equal})`;
  return [{ title, sql: select(full ? `(${orphan}) OR (${mixed})` : orphan) }];
}

/** Whether the columns of a key are there, and stay what they are. */
function keepsColumns(table: string, names: readonly string[], { context, decisions }: RequirementRequest): boolean {
  return names.every((name) => {
    const id = columnId(table, name);
    const decision = decisions.get(id);
    return context.from.get(id) !== undefined && (decision?.what !== "alter" || !decision.retypes);
  });
}

/** Each row is compared with those that are equal in what must be equal; without such a part that would take for ever. */
function exclusionRequirement(to: PlanObject, definition: string, request: RequirementRequest): readonly Requirement[] {
  const printed = printedList(definition);
  if (printed === null) return [];
  const parts = printed.items.map((item) => {
    const at = item.lastIndexOf(" WITH ");
    return { expression: leadingExpression(item)[0], operator: item.slice(at + " WITH ".length) };
  });
  const where = indexOutside(printed.rest, " WHERE ");
  const condition =
    where < 0 ? null : printed.rest.slice(where + " WHERE ".length).replace(/ (?:NOT )?DEFERRABLE.*$/, "");
  return conflicting(to, { parts, condition }, request);
}

function overlapRequirement(to: PlanObject, request: RequirementRequest): readonly Requirement[] {
  const names = keyColumns(to);
  const parts = names.map((expression, index) => ({ expression, operator: index < names.length - 1 ? "=" : "&&" }));
  return conflicting(to, { parts, condition: null }, request);
}

interface Conflict {
  readonly parts: readonly { readonly expression: string; readonly operator: string }[];
  readonly condition: string | null;
}

function conflicting(
  to: PlanObject,
  { parts, condition }: Conflict,
  { source }: RequirementRequest,
): readonly Requirement[] {
  if (!parts.some(({ operator }) => operator === "=")) return [];
  const table = to.parent ?? "";
  const where = condition === null ? "" : ` WHERE ${condition}`;
  const columns = parts.map(({ expression }, index) => `${expression} AS part_${index + 1}`).join(", ");
  const rows = `SELECT tableoid AS own_table, ctid AS own_place, ${columns}`;
  const from = source.from(table, { only: true });
  const agree = parts
    .map(({ operator }, index) => `one.part_${index + 1} ${operator} other.part_${index + 1}`)
    .join(" AND ");
  return [
    {
      title: `rows of ${shownTable(to)} that conflict with another one, which ${ownName(to.id)} forbids`,
      sql: `WITH compared AS (${rows} FROM ${from}${where})\nSELECT ${source.keyList(table)}\nFROM ${from}\nWHERE (tableoid, ctid) IN (\n  SELECT one.own_table, one.own_place FROM compared AS one JOIN compared AS other ON ${agree}\n  WHERE (one.own_table, one.own_place) <> (other.own_table, other.own_place)\n)`,
    },
  ];
}
