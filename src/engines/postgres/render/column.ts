import { idParts, ownName, plainPart, sqlName } from "../../../catalog/object-id.ts";
import { reachesForeignTable } from "../plan/foreign-tables.ts";
import { defaultId, differing, isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteIdentifier } from "../sql-text.ts";
import { convertValue, needsRebuilding } from "./convert-value.ts";
import { changedOptions, newOptions } from "./foreign-options.ts";
import { madeName } from "./made-name.ts";
import { commentOn, optionChanges, optionList, type RenderContext, type Renderer } from "./renderer.ts";
import { unusualSettings, withinBounds } from "./sequence.ts";
import { castColumn } from "./type-change.ts";
import { isColumnType } from "./type-renderers.ts";

/** Columns of tables that are there already. Those of new tables are written with their table. */
export const columnRenderer: Renderer = {
  create(column, context) {
    return [alterTable(column, `ADD COLUMN ${columnDefinition(column, context)}`), ...columnAttributes(column)];
  },
  drop: (column) => dropColumn(column, { alone: false }),
  alter(from, to, changed, context) {
    if (needsNewColumn(from, to, changed, context)) return null;
    return alterColumn(from, to, changed, context);
  },
};

/** Drops a column; `alone`: not from tables that inherit it, where it becomes their own. */
export function dropColumn(column: PlanObject, { alone }: { readonly alone: boolean }): readonly string[] {
  return [`ALTER TABLE ${alone ? "ONLY " : ""}${tableOf(column)} DROP COLUMN ${ownName(column.id)}`];
}

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
  const foreignOptions = list(column, "foreignOptions");
  return [
    `${ownName(column.id)} ${text(column, "type")}`,
    ...(compression === null ? [] : [`COMPRESSION ${compression}`]),
    ...(foreignOptions.length === 0 ? [] : [newOptions(foreignOptions).trimStart()]),
    ...(collation === null ? [] : [`COLLATE ${collation}`]),
    ...valueClauses(column, context),
    ...notNullClause(column),
  ].join(" ");
}

/** What CREATE TABLE has no words for: storage, statistics, options, the comment, and NOT NULL that is not valid. */
export function columnAttributes(column: PlanObject): readonly string[] {
  const storage = text(column, "storage");
  const statistics = text(column, "statistics");
  const options = list(column, "options");
  const comment = text(column, "comment");
  const notNull = unprovenNotNull(column);
  return [
    ...(notNull === null ? [] : [alterTable(column, `ADD CONSTRAINT ${notNull}`)]),
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

/** Writes the change of a column's type alone; used where the type itself, or the collation, was made again. */
export function retypeColumn(from: PlanObject, to: PlanObject, context: RenderContext): readonly string[] {
  const used = from.dependsOn.flatMap((id) => context.from.get(id) ?? []).filter(isColumnType);
  const throughText = used.some((type) => type.kind !== "collation");
  const types = { from: text(from, "type") ?? "", to: text(to, "type") ?? "" };
  const ofForeign = reachesForeignTable(to, context.to);
  if (throughText && !ofForeign && needsRebuilding(types, context)) {
    const { sql, before, after } = convertValue(ownName(to.id), types, context);
    const collation = text(to, "collation");
    const clause = `TYPE ${types.to}${collation === null ? "" : ` COLLATE ${collation}`} USING ${sql}`;
    return [...before, alterOne(to, clause), ...after, ...keptStorage(from, to)];
  }
  return [alterOne(to, castColumn(from, to, { throughText, ofForeign })), ...keptStorage(from, to)];
}

/** The server gives a column the usual storage and compression of its new type. */
function keptStorage(from: PlanObject, to: PlanObject): readonly string[] {
  return ["storage", "compression"].flatMap((name) => {
    const value = text(to, name);
    return value === null || value !== text(from, name) ? [] : [alterOne(to, `SET ${name.toUpperCase()} ${value}`)];
  });
}

/** The options of a foreign table's column, for the server that the table is on. */
export function foreignColumnChange(from: PlanObject | null, to: PlanObject): readonly string[] {
  const before = from === null ? [] : list(from, "foreignOptions");
  const options = changedOptions(before, list(to, "foreignOptions"));
  if (options === null) return [];
  return [`ALTER FOREIGN TABLE ${tableOf(to)} ALTER COLUMN ${ownName(to.id)} ${options}`];
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
  const name = text(column, "identitySequence");
  const unusual = [
    ...(name === null ? [] : [`SEQUENCE NAME ${name}`]),
    ...unusualSettings(list(column, "identitySettings"), text(column, "type") ?? "bigint"),
  ];
  return `GENERATED ${identity.toUpperCase()} AS IDENTITY${unusual.length === 0 ? "" : ` (${unusual.join(" ")})`}`;
}

function notNullClause(column: PlanObject): readonly string[] {
  if (!isSet(column, "notNull")) return [];
  if (unprovenNotNull(column) !== null) return [];
  const unusual = text(column, "notNullConstraint");
  if (unusual !== null) return [`CONSTRAINT ${notNullBody(unusual)}`];
  return text(column, "identity") === null ? ["NOT NULL"] : [];
}

/** The constraint of a column whose rows have not been looked at, or null. */
function unprovenNotNull(column: PlanObject): string | null {
  const unusual = text(column, "notNullConstraint");
  return unusual?.endsWith(" NOT VALID") === true ? unusual : null;
}

/** The server spells it `name NOT NULL column`; in a column's definition the column is not named again. */
function notNullBody(constraint: string): string {
  const start = constraint.indexOf(" NOT NULL ");
  const rest = constraint.slice(start + " NOT NULL ".length);
  return `${constraint.slice(0, start)} NOT NULL${rest.endsWith(" NO INHERIT") ? " NO INHERIT" : ""}`;
}

/** Generated columns hold nothing of their own, so that making them again loses nothing. */
function needsNewColumn(from: PlanObject, to: PlanObject, changed: readonly string[], context: RenderContext): boolean {
  if (!changed.includes("generated") && !changed.includes("generatedAs"))
    return text(from, "generated") !== null && changesType(changed);
  if (text(from, "generatedAs") !== "stored") return true;
  if (text(to, "generated") === null) return false;
  // PostgreSQL 17 gives a stored column another expression in place, and everything built on it stays.
  const inPlace = [context.from, context.to].every(({ serverVersion }) => Number.parseInt(serverVersion, 10) >= 17);
  return !inPlace || text(to, "generatedAs") !== "stored" || changesType(changed);
}

function alterColumn(
  from: PlanObject,
  to: PlanObject,
  changed: readonly string[],
  context: RenderContext,
): readonly string[] {
  const statements: string[] = [];
  const alter = (what: string): void => void statements.push(alterOne(to, what));
  if (changed.includes("generated"))
    alter(text(to, "generated") === null ? "DROP EXPRESSION" : `SET EXPRESSION AS (${text(to, "generated")})`);
  if (changed.includes("identity") && text(to, "identity") === null) alter("DROP IDENTITY");
  if (changesType(changed))
    alter(castColumn(from, to, { throughText: false, ofForeign: reachesForeignTable(to, context.to) }));
  if (changed.includes("notNull") || changed.includes("notNullConstraint")) statements.push(...notNullChange(from, to));
  if (["identity", "identitySettings", "identitySequence"].some((name) => changed.includes(name)))
    statements.push(...identityChange(from, to));
  statements.push(...storageChanges(from, to, changed));
  if (changed.includes("foreignOptions")) statements.push(...foreignColumnChange(from, to));
  if (changed.includes("comment")) statements.push(commentOn(`COLUMN ${sqlName(to.id)}`, text(to, "comment")));
  return statements;
}

/** How values are kept, and what is known of them. */
function storageChanges(from: PlanObject, to: PlanObject, changed: readonly string[]): readonly string[] {
  const storage = text(to, "storage") ?? (changesType(changed) ? null : text(from, "usualStorage"));
  return [
    ...(changesType(changed) ? keptStorage(from, to) : []),
    ...(changed.includes("storage") && storage !== null ? [alterOne(to, `SET STORAGE ${storage}`)] : []),
    ...(changed.includes("compression")
      ? [alterOne(to, `SET COMPRESSION ${text(to, "compression") ?? "default"}`)]
      : []),
    ...(changed.includes("statistics") ? [alterOne(to, `SET STATISTICS ${text(to, "statistics") ?? "-1"}`)] : []),
    ...optionChanges(list(from, "options"), list(to, "options")).map((change) => alterOne(to, change)),
  ];
}

function notNullChange(from: PlanObject, to: PlanObject): readonly string[] {
  const after = text(to, "notNullConstraint");
  if (!isSet(to, "notNull")) return isSet(from, "notNull") ? [alterOne(to, "DROP NOT NULL")] : [];
  if (!isSet(from, "notNull"))
    return [after === null ? alterOne(to, "SET NOT NULL") : alterTable(to, `ADD CONSTRAINT ${after}`)];
  const [was, is] = [notNullOf(from), notNullOf(to)];
  if (is.notValid && !was.notValid) return [alterOne(to, "DROP NOT NULL"), alterTable(to, `ADD CONSTRAINT ${after}`)];
  return [
    ...(was.name === is.name ? [] : [alterTable(to, `RENAME CONSTRAINT ${was.name} TO ${is.name}`)]),
    ...(was.notValid && !is.notValid ? [alterTable(to, `VALIDATE CONSTRAINT ${is.name}`)] : []),
    ...(was.noInherit === is.noInherit
      ? []
      : [alterTable(to, `ALTER CONSTRAINT ${is.name} ${is.noInherit ? "NO INHERIT" : "INHERIT"}`)]),
  ];
}

interface NotNull {
  readonly name: string;
  readonly notValid: boolean;
  readonly noInherit: boolean;
}

/** The constraint that NOT NULL is from PostgreSQL 18 on; the catalog says nothing of one that is as usual. */
function notNullOf(column: PlanObject): NotNull {
  const [, table = "", name = ""] = idParts(column.id);
  const printed = text(column, "notNullConstraint");
  if (printed === null) {
    const usual = quoteIdentifier(`${plainPart(table)}_${plainPart(name)}_not_null`);
    return { name: usual, notValid: false, noInherit: false };
  }
  return {
    name: printed.slice(0, printed.indexOf(" NOT NULL ")),
    notValid: printed.endsWith(" NOT VALID"),
    noInherit: printed.includes(" NO INHERIT"),
  };
}

function identityChange(from: PlanObject, to: PlanObject): readonly string[] {
  const after = text(to, "identity");
  if (after === null) return [];
  if (text(from, "identity") === null) return [alterOne(to, `ADD ${identityClause(to, after)}`)];
  const settings = list(to, "identitySettings").filter((setting) => !list(from, "identitySettings").includes(setting));
  return [
    ...renameSequence(identitySequence(from), identitySequence(to)),
    ...(text(from, "identity") === after ? [] : [alterOne(to, `SET GENERATED ${after.toUpperCase()}`)]),
    ...(settings.length === 0
      ? []
      : [
          withinBounds(
            identitySequence(to),
            [list(from, "identitySettings"), list(to, "identitySettings")],
            alterOne(to, settings.map((setting) => `SET ${setting}`).join(" ")),
          ),
        ]),
  ];
}

/** The sequence of an identity column: named by the catalog where it has another name than the server gives. */
export function identitySequence(column: PlanObject): string {
  const [schema = "", table = "", name = ""] = idParts(column.id);
  return (
    text(column, "identitySequence") ??
    `${schema}.${quoteIdentifier(madeName(plainPart(table), plainPart(name), "seq"))}`
  );
}

function renameSequence(from: string, to: string): readonly string[] {
  const own = (name: string): string => ownName(`sequence:${name}`);
  return own(from) === own(to) ? [] : [`ALTER SEQUENCE ${from} RENAME TO ${own(to)}`];
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
    (name) => !["inherited", "generated", "identity", "identitySettings", "identitySequence"].includes(name),
  );
  return [
    ...(own ? [alterOne(column, expression === null ? "DROP DEFAULT" : `SET DEFAULT ${expression}`)] : []),
    ...alterColumn(parent, column, changed, context),
  ];
}
