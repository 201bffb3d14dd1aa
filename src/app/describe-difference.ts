import type { CatalogDifference } from "../catalog/compare.ts";

/** A difference in a few words: `column public.users.email changed (type, notNull)`. */
export function describeDifference(difference: CatalogDifference): string {
  const attributes = difference.attributes.map((attribute) => attribute.name).join(", ");
  return `${difference.kind} ${difference.name} ${difference.what}${attributes === "" ? "" : ` (${attributes})`}`;
}

/** The first few of a list, and how many there are beyond. */
export function some(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
}
