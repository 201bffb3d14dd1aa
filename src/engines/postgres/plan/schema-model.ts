import type { AttributeValue, Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { sqlName } from "../../../catalog/object-id.ts";
import { isSameAttribute } from "../../../catalog/same-attribute.ts";
import type { PlanObject } from "./plan-object.ts";
import { splitPublication } from "./publication-members.ts";

export type { PlanObject } from "./plan-object.ts";

/** A catalog made ready for questions. */
export interface SchemaModel {
  /** As the server prints it. */
  readonly serverVersion: string;
  readonly objects: readonly PlanObject[];
  get(id: string): PlanObject | undefined;
  /** The parts of an object, by position and then by id. */
  children(id: string): readonly PlanObject[];
  /** The objects that need this one. */
  dependents(id: string): readonly PlanObject[];
}

/** Reads a catalog as a planner does. */
export function schemaModel(catalog: Catalog): SchemaModel {
  const objects = catalog.objects.flatMap(split);
  const byId = new Map<string, PlanObject>(objects.map((object) => [object.id, object]));
  const children = new Map<string, PlanObject[]>();
  const dependents = new Map<string, PlanObject[]>();
  const add = (map: Map<string, PlanObject[]>, key: string, object: PlanObject): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [object]);
    else list.push(object);
  };
  for (const object of objects) {
    if (object.parent !== null) add(children, object.parent, object);
    for (const id of object.dependsOn) add(dependents, id, object);
  }
  for (const list of children.values()) list.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  return {
    serverVersion: catalog.serverVersion,
    objects,
    get: (id) => byId.get(id),
    children: (id) => children.get(id) ?? [],
    dependents: (id) => dependents.get(id) ?? [],
  };
}

function split(object: SchemaObject): readonly PlanObject[] {
  if (object.kind === "column") return splitColumn(object);
  return object.kind === "publication" ? splitPublication(object) : [object];
}

/** The id of a column's default. */
export function defaultId(column: string): string {
  return `default:${sqlName(column)}`;
}

function splitColumn(column: SchemaObject): readonly PlanObject[] {
  const { attributeDependencies, ...rest } = column;
  const { default: expression, ...attributes } = column.attributes;
  if (expression === undefined || expression === null) return [{ ...rest, attributes }];
  return [
    { ...rest, attributes },
    {
      kind: "default",
      id: defaultId(column.id),
      name: column.name,
      parent: column.id,
      attributes: { expression },
      dependsOn: attributeDependencies?.["default"] ?? [],
      position: 0,
    },
  ];
}

/** A text attribute, or null where it is not set. */
export function text(object: PlanObject, name: string): string | null {
  const value: AttributeValue | undefined = object.attributes[name];
  return value === undefined || value === null ? null : String(value);
}

/** A list attribute, empty where it is not set. */
export function list(object: PlanObject, name: string): readonly string[] {
  const value = object.attributes[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Whether a mark is set. */
export function isSet(object: PlanObject, name: string): boolean {
  return object.attributes[name] === true;
}

/** The names of the attributes that differ, sorted. */
export function differing(from: PlanObject, to: PlanObject): readonly string[] {
  const names = new Set([...Object.keys(from.attributes), ...Object.keys(to.attributes)]);
  return [...names].filter((name) => !isSameAttribute(name, from, to)).sort();
}
