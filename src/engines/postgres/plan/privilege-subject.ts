import { idParts, sqlName } from "../../../catalog/object-id.ts";
import type { AclClass } from "./acl.ts";
import { type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** How statements about owners and privileges name an object. */
export interface PrivilegeSubject {
  /** Null where the object has an owner but no privileges. */
  readonly kind: AclClass | null;
  /** As GRANT names it. */
  readonly on: string;
  /** As ALTER names it. */
  readonly alter: string;
}

/** How an object's owner and privileges are written; null for objects that have neither of their own. */
export function privilegeSubject(object: PlanObject): PrivilegeSubject | null {
  const name = sqlName(object.id);
  const named = (kind: AclClass | null, on: string, alter = on): PrivilegeSubject => ({
    kind,
    on: `${on} ${name}`,
    alter: `${alter} ${name}`,
  });
  switch (object.kind) {
    case "schema":
      return named("schema", "SCHEMA");
    case "table":
      return named("table", "TABLE");
    case "view":
      return named("table", "TABLE", "VIEW");
    case "materialized-view":
      return named("table", "TABLE", "MATERIALIZED VIEW");
    case "sequence":
      return named("sequence", "SEQUENCE");
    case "function":
      return named("function", text(object, "kind") === "procedure" ? "PROCEDURE" : "FUNCTION");
    case "aggregate":
      return named("function", "ROUTINE");
    case "enum":
    case "type":
    case "range":
      return named("type", "TYPE");
    case "domain":
      return named("type", "TYPE", "DOMAIN");
    case "foreign-data-wrapper":
      return named("wrapper", "FOREIGN DATA WRAPPER");
    case "server":
      return named("server", "FOREIGN SERVER", "SERVER");
    case "collation":
      return named(null, "COLLATION");
    case "statistics":
      return named(null, "STATISTICS");
    case "event-trigger":
      return named(null, "EVENT TRIGGER");
    case "publication":
      return named(null, "PUBLICATION");
    default:
      return null;
  }
}

/** The table whose owner a sequence follows, or null for one that belongs to no column. */
export function tableOfSequence(object: PlanObject): string | null {
  const column = object.kind === "sequence" ? text(object, "ownedBy") : null;
  return column === null ? null : `table:${idParts(`column:${column}`).slice(0, 2).join(".")}`;
}

/** The owner that an object has on one side, quoted; null where that is whoever makes it. */
export function ownerIn(model: SchemaModel, object: PlanObject): string | null {
  const table = tableOfSequence(object);
  const holder = table === null ? object : model.get(table);
  return holder === undefined ? null : text(holder, "owner");
}
