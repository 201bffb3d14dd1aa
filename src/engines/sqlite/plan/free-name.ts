import type { Catalog } from "../../../catalog/catalog.ts";
import { idParts, plainPart } from "../../../catalog/object-id.ts";
import { foldName } from "../script/tokens.ts";

/** A name that nothing in these catalogs has, as near to the wished one as can be. */
export function freeName(wish: string, catalogs: readonly Catalog[], used: readonly string[] = []): string {
  const taken = new Set(used.map(foldName));
  for (const catalog of catalogs) {
    for (const object of catalog.objects) {
      for (const part of idParts(object.id)) taken.add(foldName(plainPart(part)));
    }
  }
  for (let count = 1; ; count++) {
    const name = count === 1 ? wish : `${wish}_${count}`;
    if (!taken.has(foldName(name))) return name;
  }
}
