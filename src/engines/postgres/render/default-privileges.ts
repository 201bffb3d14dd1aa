import { idParts } from "../../../catalog/object-id.ts";
import { type DefaultPrivileges, defaultAcl, defaultPrivilegesOf } from "../plan/default-acl.ts";
import { grantChanges } from "../plan/grant-changes.ts";
import { grantStatements } from "../plan/grant-statements.ts";
import type { PlanObject } from "../plan/schema-model.ts";
import type { Renderer } from "./renderer.ts";

/** What new objects of a role are given. */
export const defaultPrivilegesRenderer: Renderer = {
  create: (object) => changed(null, object),
  drop: (object) => changed(object, null),
  alter: (from, to) => changed(from, to),
};

function changed(from: PlanObject | null, to: PlanObject | null): readonly string[] {
  const parts = defaultPrivilegesOf(idParts((to ?? from)?.id ?? ""));
  const changes = grantChanges(defaultAcl(from, parts), defaultAcl(to, parts), parts.kind);
  const statements = grantStatements(changes, { kind: parts.kind, on: parts.word, owner: parts.role });
  return statements.map((statement) => `${opening(parts)} ${statement}`);
}

function opening({ role, schema }: DefaultPrivileges): string {
  return [
    "ALTER DEFAULT PRIVILEGES",
    ...(role === null ? [] : [`FOR ROLE ${role}`]),
    ...(schema === null ? [] : [`IN SCHEMA ${schema}`]),
  ].join(" ");
}
