import type { Catalog } from "../catalog/catalog.ts";
import { keepOwners, keepPrivileges, privilegeNames, type Reconcile, statesPrivileges } from "../catalog/privileges.ts";
import type { Settings } from "../config/settings.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import type { Project } from "./project.ts";
import { type CoverageOptions, noticeLeftOut } from "./strict-coverage.ts";

/** `compared`: privileges are a part of the schema. `kept`: they are what they were, and come back with what is made again. */
export type PrivilegeScope = "compared" | "kept";

/**
 * Whether privileges are a part of what is declared: as the configuration says, else where the sources are such as can
 * state some, and do. Models can't, so that what was granted elsewhere is never taken away because of them.
 */
export function declaredScope(
  { privileges }: Pick<Settings, "privileges">,
  declared: DeclaredSchema,
  desired: Catalog,
): PrivilegeScope {
  if (privileges !== null) return privileges === "managed" ? "compared" : "kept";
  const canState = declared.statements.some(({ subject }) => subject === null);
  return canState && statesPrivileges(desired) ? "compared" : "kept";
}

/** Gives a schema that is compared with another what that one has and what is not compared. */
export function reconcileBy(scope: PrivilegeScope): Reconcile {
  return scope === "compared" ? keepOwners : keepPrivileges;
}

/** The privileges of a catalog where they are not compared; none where the configuration says that nobody is to look at them. */
export function keptNames(catalog: Catalog, { privileges }: Pick<Settings, "privileges">): readonly string[] {
  return privileges === "ignored" ? [] : privilegeNames(catalog);
}

/** Says which privileges are there and not compared. */
export function noticePrivileges(
  catalogs: readonly Catalog[],
  { settings, on }: Pick<Project, "settings" | "on">,
  options: CoverageOptions = {},
): void {
  const names = catalogs.flatMap((catalog) => keptNames(catalog, settings));
  noticeLeftOut(names, { ...options, on }, (list) => {
    return `because the declared schema states no privileges: ${list}. Declare them in SQL files, or say in the configuration what they are: privileges: "managed" or "ignored".`;
  });
}
