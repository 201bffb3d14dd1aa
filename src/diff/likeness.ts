import type { AttributeValue, SchemaObject } from "../catalog/catalog.ts";
import { plainPart } from "../catalog/object-id.ts";

/** What says nothing of what an object is: it is changed in place, whatever the object is called. */
const setAside: readonly string[] = ["comment", "columnComments", "owner", "grants", "columnGrants"];

/**
 * A text that is equal for two objects which differ in nothing but names: their own, and those around them that are
 * given, with whatever is made from such a name (`users_pkey`). Only ever a reason to try a rename or to ask: what a
 * rename leads to is read from a database.
 */
export function likeness(attributes: SchemaObject["attributes"], names: readonly string[]): string {
  const entries = Object.entries(attributes)
    .filter(([name, value]) => !setAside.includes(name) && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries.map(([name, value]) => [name, masked(value, names)]));
}

function masked(value: AttributeValue, names: readonly string[]): AttributeValue {
  if (typeof value === "string") return maskedText(value, names);
  return Array.isArray(value) ? value.map((item: string) => maskedText(item, names)) : value;
}

const word = /"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu;

function maskedText(text: string, names: readonly string[]): string {
  return text.replace(word, (found) => {
    const plain = plainPart(found);
    const at = names.findIndex((name) => plain === name || plain.startsWith(`${name}_`));
    return at < 0 ? found : `\u0000${at}${plain.slice(names[at]?.length ?? 0)}`;
  });
}
