import { idParts, plainPart, sqlName } from "../../../catalog/object-id.ts";
import { type Nameable, pathOf } from "../../../diff/nameables.ts";
import type { RenameKind } from "../../../diff/renames.ts";
import { quoteText } from "../sql-text.ts";

const words: Partial<Readonly<Record<RenameKind, string>>> = {
  "materialized-view": "MATERIALIZED VIEW",
  enum: "TYPE",
  range: "TYPE",
  "event-trigger": "EVENT TRIGGER",
  "foreign-data-wrapper": "FOREIGN DATA WRAPPER",
};

/** Gives something another name where it stands; both are ids of that moment. */
export function renameSql(object: Nameable, at: string, to: string): string {
  const name = ownWord(at);
  const newName = ownWord(to);
  const home = idParts(at).slice(0, -1).join(".");
  switch (object.kind) {
    case "column":
      return `ALTER ${homeWord(object)} ${home} RENAME COLUMN ${name} TO ${newName}`;
    case "view-column":
      return `ALTER ${homeWord(object)} ${home} RENAME COLUMN ${name} TO ${newName}`;
    case "attribute":
      return `ALTER TYPE ${home} RENAME ATTRIBUTE ${name} TO ${newName} CASCADE`;
    case "enum-value":
      return `ALTER TYPE ${home} RENAME VALUE ${quoteText(plainPart(name))} TO ${quoteText(plainPart(newName))}`;
    case "constraint":
      return `ALTER TABLE ${home} RENAME CONSTRAINT ${name} TO ${newName}`;
    case "trigger":
    case "policy":
    case "rule":
      return `ALTER ${object.kind.toUpperCase()} ${name} ON ${home} RENAME TO ${newName}`;
    default:
      return `ALTER ${wordOf(object)} ${sqlName(at)} RENAME TO ${newName}`;
  }
}

/** Moves something into another schema. */
export function setSchemaSql(object: Nameable, at: string, schema: string): string {
  return `ALTER ${wordOf(object)} ${sqlName(at)} SET SCHEMA ${schema}`;
}

function wordOf({ kind, attributes }: Nameable): string {
  if (kind === "function") return attributes["kind"] === "procedure" ? "PROCEDURE" : "FUNCTION";
  if (kind === "table" && typeof attributes["server"] === "string") return "FOREIGN TABLE";
  return words[kind] ?? kind.toUpperCase();
}

function homeWord({ kind, parent }: Nameable): string {
  if (kind === "column") return "TABLE";
  return parent?.startsWith("materialized-view:") === true ? "MATERIALIZED VIEW" : "VIEW";
}

/** The last part of an id, without the arguments of a function. */
function ownWord(id: string): string {
  const own = pathOf(id).at(-1) ?? "";
  const at = own.startsWith('"') ? own.indexOf("(", own.lastIndexOf('"')) : own.indexOf("(");
  return at < 0 ? own : own.slice(0, at);
}
