import { ownName } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { mapsOf, needsRebuilding } from "../render/convert-value.ts";
import { isNotValid } from "../render/domain-type.ts";
import { firstWord } from "../render/first-word.ts";
import { quoteText } from "../sql-text.ts";
import type { Decision } from "./decision.ts";
import { inheritedFrom } from "./inheritance.ts";
import { printedList } from "./printed-parts.ts";
import { refusedValues } from "./require-casts.ts";
import { readsWhatIsThere } from "./require-keys.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { shownTable } from "./row-source.ts";
import { isSet, list, type PlanObject, text } from "./schema-model.ts";
import { attributesOf, involves } from "./type-names.ts";
import { columnsHolding } from "./type-users.ts";
import { type ValuePath, valuePaths } from "./value-paths.ts";

/** What the values of columns must be like for the type that they are of, or are made of, to change. */
export function typeRequirements(
  from: PlanObject,
  { what, to }: Exclude<Decision, { what: "drop" }>,
  request: RequirementRequest,
): readonly Requirement[] {
  if (to.kind === "enum") return what === "replace" ? labelRequirements(from, to, request) : [];
  if (to.kind === "domain") return domainRequirements(from, to, request);
  return what === "replace" ? attributeRequirements(from, to, request) : [];
}

/** Rows that use a value which is no longer there, and which nothing says the place of. */
function labelRequirements(from: PlanObject, to: PlanObject, request: RequirementRequest): readonly Requirement[] {
  const labels = list(to, "labels");
  const gone = list(from, "labels").filter((label) => !labels.includes(label));
  const maps = mapsOf(to, request.context);
  const unmapped = gone.filter((label) => !maps.some((map) => map.from === label));
  const emptied = maps.filter((map) => map.to === null).map((map) => map.from);
  const among = (wanted: readonly string[]): string => `value::text IN (${wanted.map(quoteText).join(", ")})`;
  return holders(from, request).flatMap(({ column, path, after }) => {
    const shown = `rows of ${shownTable(column)} whose ${ownName(column.id)}`;
    const used =
      unmapped.length === 0
        ? []
        : [
            {
              title: `${shown} is ${unmapped.join(" or ")}, which the enum ${to.name} no longer has (--map says what they become)`,
              sql: query(column, path, among(unmapped), request),
            },
          ];
    const needed = emptied.length > 0 && path.array === null && !path.inside && isSet(after, "notNull");
    const missing = {
      title: `${shown} is ${emptied.join(" or ")}, which is mapped to no value, and the column is NOT NULL`,
      sql: query(column, path, among(emptied), request),
    };
    return needed ? [...used, missing] : used;
  });
}

/** Values that a new check, NOT NULL or another base type of a domain would refuse. */
function domainRequirements(from: PlanObject, to: PlanObject, request: RequirementRequest): readonly Requirement[] {
  const { context, major } = request;
  const types = { from: text(from, "type") ?? "", to: text(to, "type") ?? "" };
  const casts = types.from.endsWith("[]") ? null : refusedValues(types, { from: context.from, to: context.to, major });
  const before = new Set(list(from, "checks"));
  const added = list(to, "checks").filter((check) => !isNotValid(check) && !before.has(check));
  const asked = types.from === types.to && readsWhatIsThere(to, added.join(" "), request) ? added : [];
  const needed = !isSet(from, "notNull") && isSet(to, "notNull");
  return holders(from, request).flatMap(({ column, path }) => {
    const shown = `rows of ${shownTable(column)} whose ${ownName(column.id)}`;
    const find = (title: string, condition: string): Requirement => ({
      title,
      sql: query(column, path, condition, request),
    });
    return [
      ...(casts === null ? [] : [find(`${shown} is no value of ${types.to}, on which ${to.name} is based now`, casts)]),
      ...asked.flatMap((check) => {
        const condition = printedList(check, firstWord(check).length)?.inside;
        const title = `${shown} breaks the check ${firstWord(check)} of the domain ${to.name}`;
        return condition === undefined ? [] : [find(title, `NOT (${condition})`)];
      }),
      ...(needed && !path.inside
        ? [find(`${shown} has no value, as the domain ${to.name} demands`, "value IS NULL")]
        : []),
    ];
  });
}

/** Values of attributes that their new types would refuse, and arrays that can't be put together again as they are. */
function attributeRequirements(from: PlanObject, to: PlanObject, request: RequirementRequest): readonly Requirement[] {
  const { context, major } = request;
  const after = new Map(attributesOf(to).map(({ name, type }) => [name, type]));
  return holders(from, request).flatMap(({ column, path }) => {
    const shown = `rows of ${shownTable(column)} whose ${ownName(column.id)}`;
    const refused = attributesOf(from).flatMap(({ name, type }) => {
      const condition = refusedValues(
        { from: type, to: after.get(name) ?? type },
        { from: context.from, to: context.to, major },
      );
      if (condition === null || type.endsWith("[]")) return [];
      const part = { ...path, value: `(${path.value}).${name}` };
      const title = `${shown} has a ${name} that is no value of ${after.get(name)}, which becomes its type`;
      return [{ title, sql: query(column, part, condition, request) }];
    });
    const types = { from: text(column, "type") ?? "", to: text(column, "type") ?? "" };
    const { array } = path;
    const rebuilt = array !== null && needsRebuilding(types, context);
    const shape = `array_ndims(${array}) > 1 OR array_lower(${array}, 1) <> 1`;
    const title = `${shown} is an array of several dimensions, or one that does not begin with 1`;
    return rebuilt ? [...refused, { title, sql: request.source.rows(column.parent ?? "", shape) }] : refused;
  });
}

/** A column that holds values of a type and goes on doing so, with one place of them. */
interface Holder {
  readonly column: PlanObject;
  readonly after: PlanObject;
  readonly path: ValuePath;
}

function holders(type: PlanObject, { context, source }: RequirementRequest): readonly Holder[] {
  return columnsHolding(type, context.from).flatMap((column) => {
    const after = context.to.get(column.id);
    const keeps = after !== undefined && involves(text(after, "type") ?? "", context.to, ({ id }) => id === type.id);
    const own = source.isThere(column.parent ?? "") && inheritedFrom(column, context.from) === null;
    if (after === undefined || !keeps || !own || text(column, "generated") !== null) return [];
    const paths = valuePaths(ownName(column.id), text(column, "type") ?? "", type, context.from);
    return paths.map((path) => ({ column, after, path }));
  });
}

function query(column: PlanObject, path: ValuePath, condition: string, { source }: RequirementRequest): string {
  const table = column.parent ?? "";
  if (path.array === null) return source.rowsWithValue(table, path.value, condition);
  return source.rowsWithElement(table, path, condition);
}
