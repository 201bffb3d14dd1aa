import { idParts, sqlName } from "../../../catalog/object-id.ts";
import { isSet, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

const optionNames = ["publish", "viaPartitionRoot", "generatedColumns"] as const;

/** Publications. Their tables and schemas are objects of their own; a new publication is written with those folded into it. */
export const publicationRenderer: Renderer = {
  create: (publication) => createPublication(publication, []),
  drop: (publication) => [`DROP PUBLICATION ${sqlName(publication.id)}`],
  alter(_from, to, changed) {
    // The server can't turn a publication of all tables into one of some, or back.
    if (changed.includes("allTables")) return null;
    const options = optionNames.filter((name) => changed.includes(name)).map((name) => option(to, name));
    const name = `PUBLICATION ${sqlName(to.id)}`;
    return [
      ...(options.length === 0 ? [] : [`ALTER ${name} SET (${options.join(", ")})`]),
      ...changedComment(name, to, changed),
    ];
  },
};

/** What a publication publishes: a table with its columns and its condition, or a schema. */
export const publicationMemberRenderer: Renderer = {
  create: (member) => [`${alter(member)} ADD ${words(member)}`],
  drop: (member) => [`${alter(member)} DROP ${subject(member)}`],
  alter: () => null,
};

/** CREATE PUBLICATION with the members that are written with it. */
export function createPublication(publication: PlanObject, members: readonly PlanObject[]): readonly string[] {
  const name = `PUBLICATION ${sqlName(publication.id)}`;
  const of = isSet(publication, "allTables") ? " FOR ALL TABLES" : members.length > 0 ? ` FOR ${list(members)}` : "";
  const options = optionNames
    .filter((attribute) => publication.attributes[attribute] !== undefined)
    .map((attribute) => option(publication, attribute));
  const withOptions = options.length === 0 ? "" : ` WITH (${options.join(", ")})`;
  return [`CREATE ${name}${of}${withOptions}`, ...newComment(name, publication)];
}

/**
 * Servers before 15 take the word TABLE once for all tables. ONLY, because a publication has tables that inherit from a
 * table of it as members of their own.
 */
function list(members: readonly PlanObject[]): string {
  const tables = members.filter((member) => !isSchema(member)).map((member) => `ONLY ${text(member, "definition")}`);
  const schemas = members.filter(isSchema).map((member) => text(member, "definition"));
  return [
    ...(tables.length === 0 ? [] : [`TABLE ${tables.join(", ")}`]),
    ...(schemas.length === 0 ? [] : [`TABLES IN SCHEMA ${schemas.join(", ")}`]),
  ].join(", ");
}

function words(member: PlanObject): string {
  return `${isSchema(member) ? "TABLES IN SCHEMA" : "TABLE ONLY"} ${text(member, "definition")}`;
}

function subject(member: PlanObject): string {
  const [, ...parts] = idParts(member.id);
  return `${isSchema(member) ? "TABLES IN SCHEMA" : "TABLE ONLY"} ${parts.join(".")}`;
}

function isSchema(member: PlanObject): boolean {
  return idParts(member.id).length === 2;
}

function alter(member: PlanObject): string {
  return `ALTER PUBLICATION ${idParts(member.id)[0]}`;
}

function option(publication: PlanObject, name: (typeof optionNames)[number]): string {
  switch (name) {
    case "publish":
      return `publish = ${quoteText(text(publication, "publish") ?? "insert, update, delete, truncate")}`;
    case "viaPartitionRoot":
      return `publish_via_partition_root = ${isSet(publication, "viaPartitionRoot")}`;
    case "generatedColumns":
      return `publish_generated_columns = ${text(publication, "generatedColumns") ?? "none"}`;
  }
}
