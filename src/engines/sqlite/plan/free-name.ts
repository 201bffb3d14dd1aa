import type { Catalog } from "../../../catalog/catalog.ts";
import { idParts, plainPart } from "../../../catalog/object-id.ts";
import { foldName } from "../script/tokens.ts";

/** A name that nothing in these catalogs has, as near to the wished one as can be. */
export function freeName(wish: string, catalogs: readonly Catalog[], used: readonly string[] = []): string {
  const isTaken = (name: string): boolean =>
    used.some((other) => foldName(other) === name) || catalogs.some((catalog) => namesIn(catalog).has(name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wish : `${wish}_${count}`;
    if (!isTaken(foldName(name))) return name;
  }
}

const known = new WeakMap<Catalog, ReadonlySet<string>>();

/** Every name in a catalog, folded; found once, because each table that is rebuilt asks. */
function namesIn(catalog: Catalog): ReadonlySet<string> {
  const found = known.get(catalog);
  if (found !== undefined) return found;
  const names = new Set(catalog.objects.flatMap(({ id }) => idParts(id).map((part) => foldName(plainPart(part)))));
  known.set(catalog, names);
  return names;
}
