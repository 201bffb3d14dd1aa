import { sqlName } from "../../../catalog/object-id.ts";
import { text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Schemas. */
export const schemaRenderer: Renderer = {
  create: (object) => [`CREATE SCHEMA ${sqlName(object.id)}`, ...newComment(`SCHEMA ${sqlName(object.id)}`, object)],
  drop: (object) => [`DROP SCHEMA ${sqlName(object.id)}`],
  alter: (_from, to, changed) => changedComment(`SCHEMA ${sqlName(to.id)}`, to, changed),
};

/** Extensions. Their version is the server's business: what is there is brought to the wanted one where it differs. */
export const extensionRenderer: Renderer = {
  create(object) {
    const schema = text(object, "schema");
    const place = schema === null || schema === "pg_catalog" ? "" : ` SCHEMA ${schema}`;
    return [`CREATE EXTENSION ${sqlName(object.id)}${place}`, ...newComment(`EXTENSION ${sqlName(object.id)}`, object)];
  },
  drop: (object) => [`DROP EXTENSION ${sqlName(object.id)}`],
  alter(_from, to, changed) {
    const name = sqlName(to.id);
    return [
      ...(changed.includes("schema") ? [`ALTER EXTENSION ${name} SET SCHEMA ${text(to, "schema")}`] : []),
      ...(changed.includes("version")
        ? [`ALTER EXTENSION ${name} UPDATE TO ${quoteText(text(to, "version") ?? "")}`]
        : []),
      ...changedComment(`EXTENSION ${name}`, to, changed),
    ];
  },
};
