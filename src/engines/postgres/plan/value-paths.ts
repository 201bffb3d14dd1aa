import type { PlanObject, SchemaModel } from "./schema-model.ts";
import { text } from "./schema-model.ts";
import { attributesOf, typeUse } from "./type-names.ts";

/** Where values of a type stand in a column: the column itself, an attribute of it, a bound, an element of an array. */
export interface ValuePath {
  /** The array whose elements they are in, or null. */
  readonly array: string | null;
  /** The values, of the column or of one element, which stands as `(array)[place]`. */
  readonly value: string;
  /** They are a part of something else that may have no value itself. */
  readonly inside: boolean;
}

/** All places of a column where values of a type stand, but those in arrays inside of arrays. */
export function valuePaths(column: string, type: string, wanted: PlanObject, model: SchemaModel): readonly ValuePath[] {
  return pathsOf({ array: null, value: column, inside: false }, type, { wanted: wanted.id, model });
}

interface Search {
  readonly wanted: string;
  readonly model: SchemaModel;
}

function pathsOf(path: ValuePath, type: string, search: Search): readonly ValuePath[] {
  const { object, array } = typeUse(type, search.model);
  if (object === null) return [];
  if (array) {
    if (path.array !== null) return [];
    const element = { array: path.value, value: `(${path.value})[place]`, inside: path.inside };
    return pathsOf(element, type.slice(0, -2), search);
  }
  if (object.id === search.wanted) return [path];
  if (object.kind === "domain") return pathsOf(path, text(object, "type") ?? "", search);
  if (object.kind === "range") {
    const inner = text(object, "subtype") ?? "";
    return ["lower", "upper"].flatMap((end) =>
      pathsOf({ ...path, value: `${end}(${path.value})`, inside: true }, inner, search),
    );
  }
  if (object.kind !== "type") return [];
  return attributesOf(object).flatMap(({ name, type: inner }) =>
    pathsOf({ ...path, value: `(${path.value}).${name}`, inside: true }, inner, search),
  );
}
