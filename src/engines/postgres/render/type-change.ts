import { ownName } from "../../../catalog/object-id.ts";
import { type PlanObject, text } from "../plan/schema-model.ts";

const families: readonly ReadonlySet<string>[] = [
  new Set(["smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "oid"]),
  new Set([
    "timestamp without time zone",
    "timestamp with time zone",
    "date",
    "time without time zone",
    "time with time zone",
    "interval",
  ]),
  new Set(["json", "jsonb"]),
  new Set(["inet", "cidr"]),
  new Set(["bit", "bit varying"]),
];
/** The types of the server whose values are texts. */
export const textTypes: ReadonlySet<string> = new Set([
  "text",
  "character varying",
  "character",
  "name",
  "citext",
  '"char"',
]);

/**
 * The clause that gives a column another type and its values with it. Where the server has no cast between the two, the
 * values go through their text.
 */
export function castColumn(
  from: PlanObject,
  to: PlanObject,
  options: { readonly throughText: boolean; readonly ofForeign?: boolean },
): string {
  const type = text(to, "type") ?? "";
  const collation = text(to, "collation");
  const before = text(from, "type") ?? "";
  const name = ownName(to.id);
  const clause = `TYPE ${type}${collation === null ? "" : ` COLLATE ${collation}`}`;
  // A foreign table has no values to convert, and the server refuses to be told how.
  if (options.ofForeign === true || (!options.throughText && isWidening(before, type))) return clause;
  // Told how, the server would cut texts that are too long; without that it refuses them.
  if (!options.throughText && refusesLongTexts(before, type)) return clause;
  const direct = !options.throughText && hasCast(before, type);
  const text1 = before.endsWith("[]") && type.endsWith("[]") ? "text[]" : "text";
  return `${clause} USING ${name}::${direct ? "" : `${text1}::`}${type}`;
}

/**
 * Why values may come out of a change of type as others, or null where each stays what it is or is refused. What would be
 * refused is no loss: it is asked before the revision begins.
 */
export function lossOfTypeChange(from: string, to: string): string | null {
  if (from === to || isWidening(from, to)) return null;
  const loss = lossOfValues(parseType(from), parseType(to));
  return loss === null ? null : `changes its type from ${from} to ${to}, which ${loss}`;
}

const cuts = "may cut or round values";
const wholeNumbers: readonly string[] = ["smallint", "integer", "bigint"];

/** What the server may make of values without saying so. */
function lossOfValues(before: TypeName, after: TypeName): string | null {
  if (before.array !== after.array) return null;
  const intoTexts = textTypes.has(after.base);
  if (intoTexts) return after.modifiers.length > 0 && before.array && !textTypes.has(before.base) ? cuts : null;
  if (textTypes.has(before.base)) return lossOfTexts(after);
  if (before.base === after.base && after.modifiers.length === 0) return null;
  if (wholeNumbers.includes(before.base)) return roundsWholeNumbers(before.base, after.base) ? cuts : null;
  if (before.base === "numeric" && isExact(after.base)) return losesDigits(before, after) ? cuts : null;
  const lossless = before.base === "jsonb" || before.base === "cidr";
  const related = families.some((family) => family.has(before.base) && family.has(after.base));
  return related && !lossless ? cuts : null;
}

function isExact(base: string): boolean {
  return base === "numeric" || wholeNumbers.includes(base);
}

function losesDigits({ modifiers: [, scale] }: TypeName, { modifiers: [, kept = 0] }: TypeName): boolean {
  return scale === undefined || kept < scale;
}

/** Texts that stand for one value may be spelt in several ways. */
function lossOfTexts({ base, modifiers }: TypeName): string | null {
  if (base === "numeric" && modifiers.length > 0) return cuts;
  if (wholeNumbers.includes(base) || base === "numeric") return "loses the spelling of texts ('007' becomes 7)";
  if (base === "boolean") return "loses the spelling of texts ('yes' becomes true)";
  return keepsTexts.has(base) || families.every((family) => !family.has(base)) ? null : cuts;
}

const keepsTexts: ReadonlySet<string> = new Set(["json", "inet"]);

function roundsWholeNumbers(from: string, to: string): boolean {
  if (to === "boolean") return true;
  if (to === "double precision") return from === "bigint";
  return families[0]?.has(to) === true && to !== "numeric" && !wholeNumbers.includes(to);
}

function refusesLongTexts(from: string, to: string): boolean {
  const before = parseType(from);
  const after = parseType(to);
  const limited = ["character varying", "character"].includes(after.base) && after.modifiers.length > 0;
  return limited && before.array === after.array && (textTypes.has(before.base) || !before.array);
}

/** Whether every value of one type is a value of the other, so that the server converts it by itself. */
function isWidening(from: string, to: string): boolean {
  if (from === to) return true;
  const before = parseType(from);
  const after = parseType(to);
  if (before.array !== after.array) return false;
  if (after.base === "text") return textTypes.has(before.base);
  if (before.base === "character varying" && after.base === "character varying")
    return fits(before.modifiers, after.modifiers);
  const integers = ["smallint", "integer", "bigint"];
  if (integers.includes(before.base)) {
    if (integers.includes(after.base)) return integers.indexOf(before.base) <= integers.indexOf(after.base);
    return after.base === "numeric" && after.modifiers.length === 0;
  }
  if (before.base === "numeric" && after.base === "numeric") return numericFits(before.modifiers, after.modifiers);
  if (before.base === "real") return after.base === "double precision";
  if (before.base === "date") return after.base === "timestamp without time zone" && after.modifiers.length === 0;
  return false;
}

/** A type of the server taken apart. */
export interface TypeName {
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

/** Takes apart what `format_type` prints. */
export function parseType(type: string): TypeName {
  const array = type.endsWith("[]");
  const scalar = array ? type.slice(0, -2) : type;
  const open = scalar.indexOf("(");
  if (open < 0) return { base: scalar, modifiers: [], array };
  const close = scalar.indexOf(")", open);
  const modifiers = scalar
    .slice(open + 1, close)
    .split(",")
    .map(Number);
  return { base: `${scalar.slice(0, open)}${scalar.slice(close + 1)}`.trim(), modifiers, array };
}

function fits(before: readonly number[], after: readonly number[]): boolean {
  if (after.length === 0) return true;
  return before.length > 0 && (before[0] ?? 0) <= (after[0] ?? 0);
}

function numericFits(before: readonly number[], after: readonly number[]): boolean {
  if (after.length === 0) return true;
  if (before.length === 0) return false;
  const [precision = 0, scale = 0] = before;
  const [newPrecision = 0, newScale = 0] = after;
  return newScale >= scale && newPrecision - newScale >= precision - scale;
}

/** Whether the server converts one of its types to another without going through the texts of the values. */
export function hasCast(from: string, to: string): boolean {
  const before = parseType(from);
  const after = parseType(to);
  if (before.array !== after.array)
    return textTypes.has(before.base) && !before.array ? true : textTypes.has(after.base) && !after.array;
  if (before.base === after.base) return true;
  if (textTypes.has(before.base) || textTypes.has(after.base)) return true;
  if (before.base === "integer" && after.base === "boolean") return true;
  if (before.base === "boolean" && after.base === "integer") return true;
  return families.some((family) => family.has(before.base) && family.has(after.base));
}
