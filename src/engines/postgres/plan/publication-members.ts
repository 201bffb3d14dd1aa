import type { AttributeValue, SchemaObject } from "../../../catalog/catalog.ts";
import { idParts, splitOutsideQuotes, sqlName } from "../../../catalog/object-id.ts";
import type { PlanObject } from "./plan-object.ts";

/**
 * A publication and its members as objects of their own: each comes after its table, and has to go before the table or a
 * column that its list or condition names can change.
 */
export function splitPublication(publication: SchemaObject): readonly PlanObject[] {
  const { attributeDependencies, ...rest } = publication;
  const { tables, schemas, ...attributes } = publication.attributes;
  const needs = attributeDependencies?.["tables"] ?? [];
  const member = (subject: string, definition: string, dependsOn: readonly string[]): PlanObject => ({
    kind: "publication-member",
    id: `publication-member:${sqlName(publication.id)}.${subject}`,
    name: `${subject} of publication ${publication.name}`,
    parent: publication.id,
    attributes: { definition },
    dependsOn,
    position: 0,
  });
  return [
    { ...rest, attributes },
    ...texts(tables).map((definition) => {
      const table = splitOutsideQuotes(definition, " ")[0] ?? "";
      return member(table, definition, [`table:${table}`, ...needs.filter((id) => isColumnOf(id, table))]);
    }),
    ...texts(schemas).map((schema) => member(schema, schema, [`schema:${schema}`])),
  ];
}

function texts(value: AttributeValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function isColumnOf(id: string, table: string): boolean {
  return id.startsWith("column:") && idParts(id).slice(0, 2).join(".") === table;
}
