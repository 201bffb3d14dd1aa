/** A value as the server prints it; one of a type with parts, by the names of these. */
export type KeptValue =
  | string
  | number
  | boolean
  | null
  | readonly KeptValue[]
  | { readonly [part: string]: KeptValue };

/** Whether a value is a list. */
export function isList(value: KeptValue): value is readonly KeptValue[] {
  return Array.isArray(value);
}

/** The parts of values, as paths: `/city`, and `/#` for what is in a list. */
export function partsOf(value: KeptValue, path = ""): readonly string[] {
  if (isList(value)) return value.flatMap((inner) => partsOf(inner, `${path}/#`));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([part, inner]) => [`${path}/${part}`, ...partsOf(inner, `${path}/${part}`)]);
}

/** A value without the parts that only one side has, and with the others in the order of their names. */
function withParts(value: KeptValue, parts: ReadonlySet<string>, path = ""): KeptValue {
  if (isList(value)) return value.map((inner) => withParts(inner, parts, `${path}/#`));
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([part]) => parts.has(`${path}/${part}`));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([part, inner]) => [part, withParts(inner, parts, `${path}/${part}`)]));
}

/** Rows in an order of their own, without the parts of values that only one side has. */
export function rowTexts(rows: readonly KeptValue[], parts: ReadonlySet<string>): readonly string[] {
  return rows.map((row) => JSON.stringify(withParts(row, parts, "/#"))).sort();
}
