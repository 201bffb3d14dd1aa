import type { AttributeValue, ObjectKind, SchemaObject } from "../../catalog/catalog.ts";
import { identifier } from "./sql-text.ts";

/** What an object is made from; names are those of its table and itself, without quotes. */
export interface ObjectParts {
  readonly kind: ObjectKind;
  readonly names: readonly string[];
  /** The id of the object it is a part of, or null. */
  readonly parent: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly dependsOn?: readonly string[];
  readonly position?: number;
  readonly source?: string | null;
}

/** Makes a schema object with its id and its attributes in order. */
export function schemaObject(parts: ObjectParts): SchemaObject {
  const { kind, names, parent, dependsOn = [], position = 0, source = null } = parts;
  const attributes = Object.fromEntries(Object.entries(parts.attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
  const object = { kind, id: objectId(kind, names), name: names.join("."), parent, attributes, position };
  return { ...object, dependsOn: [...dependsOn].sort(), ...(source === null ? {} : { source }) };
}

/** The id of an object of the main database. */
export function objectId(kind: ObjectKind, names: readonly string[]): string {
  return `${kind}:${["main", ...names].map(namePart).join(".")}`;
}

/** The name of a schema object's part of an id: quoted only where SQL would need it. */
function namePart(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name);
}
