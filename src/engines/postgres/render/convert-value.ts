import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import type { ValueMap } from "../../../diff/value-maps.ts";
import type { PlanObject, SchemaModel } from "../plan/schema-model.ts";
import { attributesOf, innerTypes, type TypeUse, typeUse } from "../plan/type-names.ts";
import { quoteIdentifier, quoteText } from "../sql-text.ts";
import { asideName } from "./set-aside.ts";

/** What the conversion of a value may look up. */
export interface ConversionContext {
  readonly from: SchemaModel;
  readonly to: SchemaModel;
  /** What rows get instead of values that an enum no longer has. */
  readonly maps?: readonly ValueMap[];
}

/** A value of the old type as one of the new type, and the statements that this expression needs around it. */
export interface Conversion {
  readonly sql: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What rows get instead of the values that an enum no longer has. */
export function mapsOf(type: PlanObject, { maps = [] }: Pick<ConversionContext, "maps">): readonly ValueMap[] {
  return maps.filter((map) => map.enum === type.id);
}

/**
 * Carries a value over to a type that was made again. Its text says all of it, but for values that are mapped and for
 * composites whose attributes are others, or stand elsewhere: those are put together anew, each from its own part.
 */
export function convertValue(
  value: string,
  types: { readonly from: string; readonly to: string },
  context: ConversionContext,
): Conversion {
  const converter = new Converter(context);
  const sql = converter.convert(value, types);
  return { sql, before: converter.before, after: converter.after };
}

/** Whether the text of an old value is not the text of the new one. */
export function needsRebuilding(
  types: { readonly from: string; readonly to: string },
  context: ConversionContext,
): boolean {
  const from = typeUse(types.from, context.from).object;
  const to = typeUse(types.to, context.to).object;
  if (from === null || to === null || from.kind !== to.kind) return false;
  if (from.kind === "enum") return mapsOf(to, context).length > 0;
  if (from.kind !== "type") return innerNeedsRebuilding(innerTypes(from), innerTypes(to), context);
  const before = attributesOf(from);
  const after = attributesOf(to);
  const sameNames = before.map(({ name }) => name).join("\0") === after.map(({ name }) => name).join("\0");
  return (
    !sameNames ||
    innerNeedsRebuilding(
      before.map(({ type }) => type),
      after.map(({ type }) => type),
      context,
    )
  );
}

function innerNeedsRebuilding(from: readonly string[], to: readonly string[], context: ConversionContext): boolean {
  return from.some((type, index) => needsRebuilding({ from: type, to: to[index] ?? "" }, context));
}

class Converter {
  readonly #context: ConversionContext;
  readonly before: string[] = [];
  readonly after: string[] = [];

  constructor(context: ConversionContext) {
    this.#context = context;
  }

  convert(value: string, types: { readonly from: string; readonly to: string }): string {
    const from = typeUse(types.from, this.#context.from);
    const to = typeUse(types.to, this.#context.to);
    if (from.array !== to.array || !needsRebuilding(types, this.#context)) return throughText(value, from, types.to);
    if (from.array) return this.#array(value, types, { from, to });
    return this.#scalar(value, types.to, { from, to });
  }

  #scalar(value: string, type: string, { from, to }: { readonly from: TypeUse; readonly to: TypeUse }): string {
    const [before, after] = [from.object, to.object];
    if (before === null || after === null) return throughText(value, from, type);
    if (after.kind === "enum") return `${this.#label(value, after)}::${type}`;
    if (after.kind === "type") return this.#composite(value, before, after);
    const [inner = "", base = ""] = [innerTypes(before)[0], innerTypes(after)[0]];
    if (after.kind === "domain") return `${this.convert(value, { from: inner, to: base })}::${type}`;
    return this.#range(value, type, { from: inner, to: base });
  }

  /** The text of a label, or of the one that takes its place. */
  #label(value: string, type: PlanObject): string {
    const text = `${value}::text`;
    const cases = mapsOf(type, this.#context).map(
      (map) => ` WHEN ${quoteText(map.from)} THEN ${map.to === null ? "NULL" : quoteText(map.to)}`,
    );
    return `(CASE ${text}${cases.join("")} ELSE ${text} END)`;
  }

  #composite(value: string, from: PlanObject, to: PlanObject): string {
    const old = new Map(attributesOf(from).map(({ name, type }) => [name, type]));
    const parts = attributesOf(to).map(({ name, type }) => {
      const before = old.get(name);
      if (before === undefined) return `NULL::${type}`;
      const part = `(${value}).${name}`;
      const own = typeUse(before, this.#context.from).object === null;
      return own && before === type ? part : this.convert(part, { from: before, to: type });
    });
    return `CASE WHEN ${value} IS DISTINCT FROM NULL THEN ROW(${parts.join(", ")})::${sqlName(to.id)} END`;
  }

  #range(value: string, type: string, inner: { readonly from: string; readonly to: string }): string {
    const bound = (end: "lower" | "upper"): string => this.convert(`${end}(${value})`, inner);
    const sides = `(CASE WHEN lower_inc(${value}) THEN '[' ELSE '(' END) || (CASE WHEN upper_inc(${value}) THEN ']' ELSE ')' END)`;
    return `CASE WHEN isempty(${value}) THEN 'empty'::${type} WHEN ${value} IS NOT NULL THEN ${type}(${bound("lower")}, ${bound("upper")}, ${sides}) END`;
  }

  #array(
    value: string,
    types: { readonly from: string; readonly to: string },
    { from, to }: { readonly from: TypeUse; readonly to: TypeUse },
  ): string {
    const label = to.object === null ? null : labelType(to.object, this.#context.to);
    if (label !== null) {
      const texts = mapsOf(label, this.#context).reduce(
        (list, map) =>
          `array_replace(${list}, ${quoteText(map.from)}, ${map.to === null ? "NULL" : quoteText(map.to)})`,
        `${value}::text[]`,
      );
      return `${texts}::${types.to}`;
    }
    // An expression of ALTER COLUMN may not hold a query, so that the elements go through a function of this session.
    const [schema = ""] = from.object === null ? [] : idParts(from.object.id);
    const old = from.object === null ? types.from : `${schema}.${asideName(ownName(from.object.id))}[]`;
    const call = `pg_temp.${quoteIdentifier(`convert_${this.before.length + 1}`)}`;
    const element = this.#scalar("$1[place]", types.to.slice(0, -2), { from, to });
    this.before.push(
      `CREATE FUNCTION ${call}(${old}) RETURNS ${types.to} LANGUAGE sql IMMUTABLE AS $convert$\n  SELECT CASE WHEN $1 IS NOT NULL THEN coalesce((SELECT array_agg(${element} ORDER BY place) FROM generate_subscripts($1, 1) AS place), '{}') END\n$convert$`,
    );
    this.after.push(`DROP FUNCTION ${call}(${old})`);
    return `${call}(${value})`;
  }
}

/** The enum that an element of an array is, perhaps under the names of domains, or null. */
function labelType(type: PlanObject, model: SchemaModel): PlanObject | null {
  if (type.kind === "enum") return type;
  if (type.kind !== "domain") return null;
  const base = typeUse(innerTypes(type)[0] ?? "", model);
  return base.array || base.object === null ? null : labelType(base.object, model);
}

function throughText(value: string, from: TypeUse, to: string): string {
  return `${value}::${from.array && to.endsWith("[]") ? "text[]" : "text"}::${to}`;
}
