import type { Catalog } from "../catalog/catalog.ts";
import { renamedIds } from "./renamed-ids.ts";
import type { Rename } from "./renames.ts";

/** By the ids that they get: the ids of what renames give other names, and of everything that stands in such a thing. */
export function namesBefore(catalog: Catalog, renames: readonly Rename[]): ReadonlyMap<string, string> {
  return new Map([...renamedIds(catalog, renames)].map(([before, after]) => [after, before]));
}
