import { sqlName } from "../../../catalog/object-id.ts";
import { isSet, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, commentOn, newComment, type Renderer } from "./renderer.ts";

/** Schemas. */
export const schemaRenderer: Renderer = {
  create: (object) => [`CREATE SCHEMA ${sqlName(object.id)}`, ...newComment(`SCHEMA ${sqlName(object.id)}`, object)],
  drop: (object) => [`DROP SCHEMA ${sqlName(object.id)}`],
  alter: (_from, to, changed) => changedComment(`SCHEMA ${sqlName(to.id)}`, to, changed),
};

/** Extensions. A version is named where it is another one than the server's usual one. */
export const extensionRenderer: Renderer = {
  create(object) {
    const schema = text(object, "schema");
    const place = schema === null || schema === "pg_catalog" ? "" : ` SCHEMA ${schema}`;
    const version = isSet(object, "usualVersion") ? "" : ` VERSION ${quoteText(text(object, "version") ?? "")}`;
    return [
      `CREATE EXTENSION ${sqlName(object.id)}${place}${version}`,
      ...newComment(`EXTENSION ${sqlName(object.id)}`, object),
    ];
  },
  drop: (object) => [`DROP EXTENSION ${sqlName(object.id)}`],
  alter(from, to, changed) {
    if (changed.includes("schema") && isSet(from, "fixedSchema")) return null;
    const name = sqlName(to.id);
    return [
      ...(changed.includes("schema") ? [`ALTER EXTENSION ${name} SET SCHEMA ${text(to, "schema")}`] : []),
      ...(changed.includes("version")
        ? [`ALTER EXTENSION ${name} UPDATE TO ${quoteText(text(to, "version") ?? "")}`]
        : []),
      ...(changed.includes("comment") ? [commentOn(`EXTENSION ${name}`, extensionComment(to))] : []),
    ];
  },
};

/** An extension without a comment of the schema's has the one that its author gave it. */
function extensionComment(extension: PlanObject): string | null {
  return text(extension, "comment") ?? text(extension, "usualComment");
}
