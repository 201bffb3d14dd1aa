import { hasCast, parseType, textTypes } from "../render/type-change.ts";
import { quoteText } from "../sql-text.ts";
import { indexOutside } from "./printed-parts.ts";
import { list, type SchemaModel, text } from "./schema-model.ts";
import { typeUse } from "./type-names.ts";

/** The two types of a conversion, as the server prints them, without `[]`. */
export interface CastTypes {
  readonly from: string;
  readonly to: string;
}

/** Where types are looked up, and what the server that the plan is made for can be asked. */
export interface CastContext {
  readonly from: SchemaModel;
  readonly to: SchemaModel;
  readonly major: number;
}

const integers: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};
const numbers: ReadonlySet<string> = new Set([...Object.keys(integers), "numeric", "real", "double precision"]);
const wholeNumber = "^\\s*[-+]?[0-9]+\\s*$";
const number = "^\\s*([-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[-+]?[0-9]+)?|nan|[-+]?inf(inity)?)\\s*$";
const uuid = "^(\\{([0-9a-f]{4}-?){7}[0-9a-f]{4}\\}|([0-9a-f]{4}-?){7}[0-9a-f]{4})$";
/** A day in nothing but digits: the year, then two for the month and two for the day. */
const dayInDigits = "^\\s*([0-9]{2}|[0-9]{4,})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\\s*$";
const moments = ["epoch", "infinity", "+infinity", "-infinity", "now", "today", "tomorrow", "yesterday"];
const jsonBeginning = '^\\s*([\\[{"0-9-]|true|false|null)';
const addressCharacters = "^\\s*[0-9a-f.:/]+\\s*$";
const truths = [
  "t",
  "tr",
  "tru",
  "true",
  "f",
  "fa",
  "fal",
  "fals",
  "false",
  "y",
  "ye",
  "yes",
  "n",
  "no",
  "on",
  "of",
  "off",
  "1",
  "0",
];

/**
 * A condition that holds for each `value` of one type that the server would refuse as one of the other; null where it
 * takes all of them, or where no query can tell.
 */
export function refusedValues({ from, to }: CastTypes, context: CastContext): string | null {
  if (from === to) return null;
  if (from.endsWith("[]")) return to.endsWith("[]") ? null : refusedValues({ from: "text", to }, context);
  const { object, array } = typeUse(to, context.to);
  if (array) return object === null ? refusedTexts(to, context.major) : null;
  if (object?.kind === "enum") return notAmong(list(object, "labels"));
  if (object?.kind === "domain") return refusedValues({ from, to: text(object, "type") ?? "" }, context);
  return object === null ? refusedByServer({ from: baseOf(from, context.from), to }, context) : null;
}

/** The same for a type of the server's own. */
function refusedByServer({ from, to }: CastTypes, context: CastContext): string | null {
  const before = parseType(from);
  const after = parseType(to);
  if (after.base === "character varying" || after.base === "character") {
    const [length] = after.modifiers;
    return length === undefined ? null : `length(rtrim(value::text, ' ')) > ${length}`;
  }
  const limits = integers[after.base];
  if (numbers.has(before.base)) {
    if (limits !== undefined) return isNarrower(before.base, after.base) ? outside("value", limits) : null;
    if (after.base === "numeric") return tooLarge("value::numeric", after.modifiers);
  }
  // Where the server has a conversion of its own, that decides.
  if (!textTypes.has(before.base) && typeUse(from, context.from).object === null && hasCast(from, to)) return null;
  return refusedTexts(to, context.major);
}

/** A condition on texts that are no values of one of the server's own types. */
function refusedTexts(to: string, major: number): string | null {
  const { base, modifiers, array } = parseType(to);
  // The type of an extension, which the revision may only bring.
  if (indexOutside(to, ".") >= 0) return null;
  if (array) return major < 16 ? null : `NOT pg_input_is_valid(value::text, ${quoteText(to)})`;
  const limits = integers[base];
  const matched = (pattern: string): string => `value::text ~* ${quoteText(pattern)}`;
  const unlike = (pattern: string): string => `value::text !~* ${quoteText(pattern)}`;
  if (limits !== undefined) {
    return `CASE WHEN ${matched(wholeNumber)} THEN ${outside("value::text::numeric", limits)} ELSE value IS NOT NULL END`;
  }
  if (base === "numeric") {
    const large = tooLarge("value::text::numeric", modifiers);
    return large === null ? unlike(number) : `CASE WHEN ${matched(number)} THEN ${large} ELSE value IS NOT NULL END`;
  }
  if (base === "real" || base === "double precision") return unlike(number);
  if (base === "boolean") return `lower(btrim(value::text)) <> ALL (ARRAY[${truths.map(quoteText).join(", ")}])`;
  if (base === "uuid") return unlike(uuid);
  if (textTypes.has(base)) return null;
  return major < 16 ? impossibleTexts(base) : `NOT pg_input_is_valid(value::text, ${quoteText(to)})`;
}

/**
 * A condition on texts that can be no values of a type, whatever else is right or wrong about them. Before 16 nothing but
 * the conversion itself could say all, and that stops at the first value.
 */
function impossibleTexts(base: string): string | null {
  if (base === "date" || base.startsWith("timestamp")) {
    const words = `lower(btrim(value::text)) <> ALL (ARRAY[${moments.map(quoteText).join(", ")}])`;
    return `CASE WHEN value::text ~ ${quoteText(wholeNumber)} THEN value::text !~ ${quoteText(dayInDigits)} ELSE value::text !~ '[0-9]' AND ${words} END`;
  }
  if (base === "json" || base === "jsonb") return `value::text !~ ${quoteText(jsonBeginning)}`;
  if (base === "inet" || base === "cidr") return `value::text !~* ${quoteText(addressCharacters)}`;
  return null;
}

/** The type that a domain restricts. */
function baseOf(type: string, model: SchemaModel): string {
  const { object } = typeUse(type, model);
  return object?.kind === "domain" ? baseOf(text(object, "type") ?? "", model) : type;
}

function notAmong(labels: readonly string[]): string {
  return labels.length === 0 ? "value IS NOT NULL" : `value::text <> ALL (ARRAY[${labels.map(quoteText).join(", ")}])`;
}

function isNarrower(from: string, to: string): boolean {
  const order = Object.keys(integers);
  return !order.includes(from) || order.indexOf(from) > order.indexOf(to);
}

function outside(value: string, [least, most]: readonly [string, string]): string {
  return `${value} NOT BETWEEN ${least} AND ${most}`;
}

function tooLarge(value: string, [precision, scale = 0]: readonly number[]): string | null {
  return precision === undefined ? null : `abs(round(${value}, ${scale})) >= 1e${precision - scale}`;
}
