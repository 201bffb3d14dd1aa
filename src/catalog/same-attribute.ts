import type { AttributeValue } from "./catalog.ts";

/** An object as far as its attributes are compared. */
interface Comparable {
  readonly kind: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** What a catalog holds of an extension for the planner alone, because it is the server's own and not the schema's. */
const ofServer: ReadonlySet<string> = new Set(["usualVersion", "fixedSchema", "usualComment"]);

/**
 * Whether an attribute has the same value on both sides. The version of an extension is compared only where the wanted
 * side has another one than its server installs by itself: two servers bring different ones, and nobody asked for either.
 */
export function isSameAttribute(name: string, from: Comparable, to: Comparable): boolean {
  if (from.kind === "extension") {
    if (ofServer.has(name)) return true;
    if (name === "version" && to.attributes["usualVersion"] === true) return true;
  }
  const [before = null, after = null] = [from.attributes[name], to.attributes[name]];
  return before === after || (typeof before === "object" && JSON.stringify(before) === JSON.stringify(after));
}
