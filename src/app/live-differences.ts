import type { Catalog } from "../catalog/catalog.ts";
import { type CatalogDifference, compareCatalogs } from "../catalog/compare.ts";
import { withoutPrivileges } from "../catalog/privileges.ts";
import { describeDifference, some } from "./describe-difference.ts";
import { managesPrivileges } from "./manages-privileges.ts";
import type { Project } from "./project.ts";

/** How a live schema differs from the one that was stored; what nobody looks after is only told. */
export interface LiveDifferences {
  readonly differences: readonly CatalogDifference[];
  readonly unknown: readonly string[];
}

/** Compares two readings of one live database, privileges only where the project looks after them. */
export async function liveDifferences(project: Project, stored: Catalog, live: Catalog): Promise<LiveDifferences> {
  const all = compareCatalogs(stored, live);
  if (all.length === 0) return { differences: [], unknown: [] };
  const differences = compareCatalogs(withoutPrivileges(stored), withoutPrivileges(live));
  const counts = new Map(differences.map(({ id, attributes }) => [id, attributes.length]));
  const ofPrivileges = all.filter(({ id, attributes }) => counts.get(id) !== attributes.length);
  if (ofPrivileges.length === 0) return { differences, unknown: [] };
  if (await managesPrivileges(project)) return { differences: all, unknown: [] };
  if (project.settings.privileges === "ignored") return { differences, unknown: [] };
  const what = some(ofPrivileges.map(describeDifference));
  return { differences, unknown: [`privileges, which the declared schema does not state: ${what}`] };
}
