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
const texts: ReadonlySet<string> = new Set(["text", "character varying", "character", "name", "citext", '"char"']);

/**
 * The clause that gives a column another type and its values with it. Where the server has no cast between the two, the
 * values go through their text.
 */
export function castColumn(from: PlanObject, to: PlanObject, options: { readonly throughText: boolean }): string {
  const type = text(to, "type") ?? "";
  const collation = text(to, "collation");
  const before = text(from, "type") ?? "";
  const name = ownName(to.id);
  const clause = `TYPE ${type}${collation === null ? "" : ` COLLATE ${collation}`}`;
  if (!options.throughText && isWidening(before, type)) return clause;
  const direct = !options.throughText && hasCast(before, type);
  const text1 = before.endsWith("[]") ? "text[]" : "text";
  return `${clause} USING ${name}::${direct ? "" : `${text1}::`}${type}`;
}

/** Why values may not survive a change of type as they are, or null where every value does. */
export function lossOfTypeChange(from: string, to: string): string | null {
  if (from === to || isWidening(from, to)) return null;
  return `changes its type from ${from} to ${to}, which may refuse, cut or round values`;
}

/** Whether every value of one type is a value of the other, so that the server converts it by itself. */
function isWidening(from: string, to: string): boolean {
  if (from === to) return true;
  const before = parseType(from);
  const after = parseType(to);
  if (before.array !== after.array) return false;
  if (after.base === "text") return texts.has(before.base);
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

interface TypeName {
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

/** Takes apart what `format_type` prints. */
function parseType(type: string): TypeName {
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

function hasCast(from: string, to: string): boolean {
  const before = parseType(from);
  const after = parseType(to);
  if (before.array !== after.array)
    return texts.has(before.base) && !before.array ? true : texts.has(after.base) && !after.array;
  if (before.base === after.base) return true;
  if (texts.has(before.base) || texts.has(after.base)) return true;
  if (before.base === "integer" && after.base === "boolean") return true;
  if (before.base === "boolean" && after.base === "integer") return true;
  return families.some((family) => family.has(before.base) && family.has(after.base));
}
