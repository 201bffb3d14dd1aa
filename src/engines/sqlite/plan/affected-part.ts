import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";

/**
 * Both catalogs without everything that these objects have nothing to do with: what is left is their tables and views,
 * the views, triggers and virtual tables that name those, and what these name in turn. No change of the objects reaches further.
 */
export function affectedParts(from: Catalog, to: Catalog, ids: ReadonlySet<string>): readonly [Catalog, Catalog] {
  const objects = [...from.objects, ...to.objects];
  const readers = objects.filter(isReader);
  const roots = new Set(objects.filter((object) => ids.has(object.id)).map(rootOf));
  const names = (reader: SchemaObject): readonly string[] => [...reader.dependsOn, rootOf(reader)];
  // First everything that reads what changes, then everything that those read.
  grow(roots, readers, {
    belongs: (reader) => names(reader).some((id) => roots.has(id)),
    brings: (reader) => [rootOf(reader)],
  });
  grow(roots, readers, { belongs: (reader) => roots.has(rootOf(reader)), brings: names });
  return [partOf(from, roots), partOf(to, roots)];
}

/** Views, triggers, and virtual tables over other tables. */
function isReader(object: SchemaObject): boolean {
  return (
    object.kind === "view" || object.kind === "trigger" || (object.kind === "table" && object.dependsOn.length > 0)
  );
}

function partOf(catalog: Catalog, roots: ReadonlySet<string>): Catalog {
  return { ...catalog, objects: catalog.objects.filter((object) => roots.has(rootOf(object))) };
}

/** The table or view that an object is, or is a part of. */
function rootOf(object: SchemaObject): string {
  return object.parent ?? object.id;
}

interface Growth {
  readonly belongs: (reader: SchemaObject) => boolean;
  readonly brings: (reader: SchemaObject) => readonly string[];
}

/** Adds what readers bring along until nothing new comes. */
function grow(roots: Set<string>, readers: readonly SchemaObject[], { belongs, brings }: Growth): void {
  for (let size = -1; size !== roots.size; ) {
    size = roots.size;
    for (const reader of readers) {
      if (belongs(reader)) for (const id of brings(reader)) roots.add(id);
    }
  }
}
