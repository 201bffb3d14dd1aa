import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import { defaultId, differing, isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { commentOn, optionChanges, optionList, type RenderContext, type Renderer } from "./renderer.ts";
import { unusualSettings } from "./sequence.ts";
import { castColumn } from "./type-change.ts";

/** Columns of tables that are there already. Those of new tables are written with their table. */
export const columnRenderer: Renderer = {
  create(column, context) {
    return [alterTable(column, `ADD COLUMN ${columnDefinition(column, context)}`), ...columnAttributes(column)];
  },
  drop: (column) => [alterTable(column, `DROP COLUMN ${ownName(column.id)}`)],
  alter(from, to, changed) {
    if (needsNewColumn(from, to, changed)) return null;
    return alterColumn(from, to, changed);
  },
};

/** Defaults of columns. */
export const defaultRenderer: Renderer = {
  create: (value) => [alterOne(value, `SET DEFAULT ${text(value, "expression")}`)],
  drop: (value) => [alterOne(value, "DROP DEFAULT")],
  alter: (_from, to) => [alterOne(to, `SET DEFAULT ${text(to, "expression")}`)],
};

/** A column as CREATE TABLE and ADD COLUMN take it, with its default. */
export function columnDefinition(column: PlanObject, context: RenderContext): string {
  const collation = text(column, "collation");
  const compression = text(column, "compression");
  return [
    `${ownName(column.id)} ${text(column, "type")}`,
    ...(compression === null ? [] : [`COMPRESSION ${compression}`]),
    ...(collation === null ? [] : [`COLLATE ${collation}`]),
    ...valueClauses(column, context),
    ...notNullClause(column),
  ].join(" ");
}

/** What CREATE TABLE has no words for: storage, statistics, options and the comment. */
export function columnAttributes(column: PlanObject): readonly string[] {
  const storage = text(column, "storage");
  const statistics = text(column, "statistics");
  const options = list(column, "options");
  const comment = text(column, "comment");
  return [
    ...(storage === null ? [] : [alterOne(column, `SET STORAGE ${storage}`)]),
    ...(statistics === null ? [] : [alterOne(column, `SET STATISTICS ${statistics}`)]),
    ...(options.length === 0 ? [] : [alterOne(column, `SET (${optionList(options)})`)]),
    ...(comment === null ? [] : [commentOn(`COLUMN ${sqlName(column.id)}`, comment)]),
  ];
}

/** Whether a change of a column changes what is stored, so that what is built on it must be built again. */
export function changesType(changed: readonly string[]): boolean {
  return changed.includes("type") || changed.includes("collation");
}

/** The column as a table and a name, for messages and statements. */
function tableOf(column: PlanObject): string {
  return idParts(column.id).slice(0, 2).join(".");
}

/** Writes the change of a column's type alone; used where the type itself was made again. */
export function retypeColumn(from: PlanObject, to: PlanObject): string {
  return alterOne(to, castColumn(from, to, { throughText: true }));
}

function valueClauses(column: PlanObject, context: RenderContext): readonly string[] {
  const generated = text(column, "generated");
  if (generated !== null) {
    return [`GENERATED ALWAYS AS (${generated}) ${text(column, "generatedAs") === "virtual" ? "VIRTUAL" : "STORED"}`];
  }
  const identity = text(column, "identity");
  if (identity !== null) return [identityClause(column, identity)];
  const value = context.to.get(defaultId(column.id));
  return value === undefined ? [] : [`DEFAULT ${text(value, "expression")}`];
}

function identityClause(column: PlanObject, identity: string): string {
  const unusual = unusualSettings(list(column, "identitySettings"), text(column, "type") ?? "bigint");
  return `GENERATED ${identity.toUpperCase()} AS IDENTITY${unusual.length === 0 ? "" : ` (${unusual.join(" ")})`}`;
}

function notNullClause(column: PlanObject): readonly string[] {
  if (!isSet(column, "notNull")) return [];
  const unusual = text(column, "notNullConstraint");
  if (unusual !== null && !unusual.endsWith(" NOT VALID")) return [`CONSTRAINT ${notNullBody(unusual)}`];
  return text(column, "identity") === null ? ["NOT NULL"] : [];
}

/** The server spells it `name NOT NULL column`; in a column's definition the column is not named again. */
function notNullBody(constraint: string): string {
  const start = constraint.indexOf(" NOT NULL ");
  const rest = constraint.slice(start + " NOT NULL ".length);
  return `${constraint.slice(0, start)} NOT NULL${rest.endsWith(" NO INHERIT") ? " NO INHERIT" : ""}`;
}

/** Generated columns hold nothing of their own, so that making them again loses nothing. */
function needsNewColumn(from: PlanObject, to: PlanObject, changed: readonly string[]): boolean {
  if (!changed.includes("generated") && !changed.includes("generatedAs"))
    return text(from, "generated") !== null && changesType(changed);
  const keepsValues = text(to, "generated") === null && text(from, "generatedAs") === "stored";
  return !keepsValues;
}

function alterColumn(from: PlanObject, to: PlanObject, changed: readonly string[]): readonly string[] {
  const statements: string[] = [];
  const alter = (what: string): void => void statements.push(alterOne(to, what));
  if (changed.includes("generated")) alter("DROP EXPRESSION");
  if (text(from, "identity") !== null && text(to, "identity") === null) alter("DROP IDENTITY");
  if (changesType(changed)) alter(castColumn(from, to, { throughText: false }));
  if (changed.includes("notNull") || changed.includes("notNullConstraint")) statements.push(...notNullChange(from, to));
  if (changed.includes("identity") || changed.includes("identitySettings"))
    statements.push(...identityChange(from, to));
  const storage = text(to, "storage") ?? (changesType(changed) ? null : text(from, "usualStorage"));
  if (changed.includes("storage") && storage !== null) alter(`SET STORAGE ${storage}`);
  if (changed.includes("compression")) alter(`SET COMPRESSION ${text(to, "compression") ?? "default"}`);
  if (changed.includes("statistics")) alter(`SET STATISTICS ${text(to, "statistics") ?? "-1"}`);
  for (const change of optionChanges(list(from, "options"), list(to, "options"))) alter(change);
  if (changed.includes("comment")) statements.push(commentOn(`COLUMN ${sqlName(to.id)}`, text(to, "comment")));
  return statements;
}

function notNullChange(from: PlanObject, to: PlanObject): readonly string[] {
  const before = isSet(from, "notNull");
  const after = isSet(to, "notNull");
  const unusual = text(to, "notNullConstraint");
  const drop = before ? [alterOne(to, "DROP NOT NULL")] : [];
  if (!after) return drop;
  if (unusual !== null) return [...drop, alterTable(to, `ADD CONSTRAINT ${unusual}`)];
  const renamed = text(from, "notNullConstraint") !== null;
  return [...(renamed ? drop : []), alterOne(to, "SET NOT NULL")];
}

function identityChange(from: PlanObject, to: PlanObject): readonly string[] {
  const after = text(to, "identity");
  if (after === null) return [];
  if (text(from, "identity") === null) return [alterOne(to, `ADD ${identityClause(to, after)}`)];
  const settings = list(to, "identitySettings").filter((setting) => !list(from, "identitySettings").includes(setting));
  return [
    ...(text(from, "identity") === after ? [] : [alterOne(to, `SET GENERATED ${after.toUpperCase()}`)]),
    ...(settings.length === 0 ? [] : [alterOne(to, settings.map((setting) => `SET ${setting}`).join(" "))]),
  ];
}

function alterTable(column: PlanObject, what: string): string {
  return `ALTER TABLE ${tableOf(column)} ${what}`;
}

function alterOne(column: PlanObject, what: string): string {
  return alterTable(column, `ALTER COLUMN ${ownName(column.id)} ${what}`);
}

/** What differs between a partition's column and the one it has from its parent, as statements. */
export function overridesOfParent(column: PlanObject, parent: PlanObject, context: RenderContext): readonly string[] {
  const value = context.to.get(defaultId(column.id));
  const inherited = context.to.get(defaultId(parent.id));
  const expression = value === undefined ? null : text(value, "expression");
  const own = expression !== (inherited === undefined ? null : text(inherited, "expression"));
  const changed = differing(parent, column).filter(
    (name) => !["inherited", "generated", "identity", "identitySettings"].includes(name),
  );
  return [
    ...(own ? [alterOne(column, expression === null ? "DROP DEFAULT" : `SET DEFAULT ${expression}`)] : []),
    ...alterColumn(parent, column, changed),
  ];
}
