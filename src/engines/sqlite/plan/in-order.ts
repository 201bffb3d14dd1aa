import type { SchemaObject } from "../../../catalog/catalog.ts";

/**
 * Objects with what they depend on before them, otherwise in the order of their ids. What depends on itself through
 * others keeps the order of the ids: SQLite makes tables and views whatever they name.
 */
export function inOrder<Item extends SchemaObject>(objects: readonly Item[]): readonly Item[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const ordered = new Set<Item>();
  const entered = new Set<string>();
  const visit = (object: Item): void => {
    if (entered.has(object.id)) return;
    entered.add(object.id);
    for (const id of object.dependsOn) {
      const other = byId.get(id);
      if (other !== undefined) visit(other);
    }
    ordered.add(object);
  };
  for (const object of [...objects].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(object);
  return [...ordered];
}
