import { idParts, plainPart, sqlName } from "../../../catalog/object-id.ts";
import { hasIndex } from "../render/constraint.ts";
import { madeName } from "../render/made-name.ts";
import { type PlanObject, text } from "./schema-model.ts";

/** The names that an object takes in the namespaces of the server; no two objects may have one in common. */
export function claims(object: PlanObject): readonly string[] {
  const [schema = "", table = "", part = ""] = idParts(object.id);
  switch (object.kind) {
    case "table":
    case "view":
    case "materialized-view":
      return [`relation ${sqlName(object.id)}`, `type ${sqlName(object.id)}`];
    case "type":
      return [`relation ${sqlName(object.id)}`, `type ${sqlName(object.id)}`];
    case "sequence":
    case "index":
      return [`relation ${sqlName(object.id)}`];
    case "enum":
    case "domain":
      return [`type ${sqlName(object.id)}`];
    case "range":
      return [`type ${sqlName(object.id)}`, `type ${text(object, "multirange")}`];
    case "function":
    case "aggregate":
      return [`routine ${sqlName(object.id)}`];
    case "constraint":
      return hasIndex(object)
        ? [`relation ${schema}.${part}`, `constraint ${schema}.${table}.${part}`]
        : [`constraint ${schema}.${table}.${part}`];
    case "column":
      return text(object, "identity") === null
        ? [`column ${sqlName(object.id)}`]
        : [`column ${sqlName(object.id)}`, `relation ${schema}.${madeName(plainPart(table), plainPart(part), "seq")}`];
    case "publication-member":
      // What a publication loses goes before it gets something: lists of columns and whole schemas exclude each other.
      return [`members of ${object.parent}`];
    default:
      return [`${object.kind} ${sqlName(object.id)}`];
  }
}
