import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import { isForeign } from "../plan/foreign-tables.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { columnAttributes, columnDefinition, foreignColumnChange, overridesOfParent } from "./column.ts";
import { constraintBody } from "./constraint.ts";
import { changedOptions, newOptions } from "./foreign-options.ts";
import {
  changedComment,
  newComment,
  onlyThese,
  optionChanges,
  optionList,
  type RenderContext,
  type Renderer,
} from "./renderer.ts";

/** Tables. A new one is written with its columns and with the constraints that are folded into it. */
export const tableRenderer: Renderer = {
  create: (table, context) => createTable(table, [], context),
  drop: (table) => [`DROP ${tableWord(table)} ${sqlName(table.id)}`],
  alter(from, to, changed) {
    if (["partitionKey", "server"].some((attribute) => changed.includes(attribute))) return null;
    const name = sqlName(to.id);
    const alter = (what: string): string => `ALTER TABLE ${name} ${what}`;
    return [
      ...(changed.includes("unlogged") ? [alter(isSet(to, "unlogged") ? "SET UNLOGGED" : "SET LOGGED")] : []),
      ...optionChanges(list(from, "options"), list(to, "options")).map(alter),
      ...(changed.includes("accessMethod") ? [alter(`SET ACCESS METHOD ${text(to, "accessMethod") ?? "heap"}`)] : []),
      ...(changed.includes("tablespace") ? [alter(`SET TABLESPACE ${text(to, "tablespace") ?? "pg_default"}`)] : []),
      ...(changed.includes("rowSecurity")
        ? [alter(`${isSet(to, "rowSecurity") ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`)]
        : []),
      ...(changed.includes("forceRowSecurity")
        ? [alter(`${isSet(to, "forceRowSecurity") ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`)]
        : []),
      ...foreignOptionChange(from, to),
      ...changedComment(`${tableWord(to)} ${name}`, to, changed),
    ];
  },
};

function tableWord(table: PlanObject): string {
  return isForeign(table) ? "FOREIGN TABLE" : "TABLE";
}

function foreignOptionChange(from: PlanObject, to: PlanObject): readonly string[] {
  const options = changedOptions(list(from, "foreignOptions"), list(to, "foreignOptions"));
  return options === null ? [] : [`ALTER FOREIGN TABLE ${sqlName(to.id)} ${options}`];
}

/** The attributes of a table that need an index or, for the options of its TOAST table, a column, and are set last. */
export const markNames = ["replicaIdentity", "clusterOn", "toastOptions"] as const;

/** Statements for these marks, where a table has some already. */
export function tableMarks(
  table: PlanObject,
  names: readonly string[],
  before: PlanObject | undefined,
): readonly string[] {
  const toast = (side: PlanObject | undefined): readonly string[] =>
    side === undefined ? [] : list(side, "toastOptions").map((option) => `toast.${option}`);
  const name = sqlName(table.id);
  const cluster = text(table, "clusterOn");
  const word = table.kind === "materialized-view" ? "MATERIALIZED VIEW" : "TABLE";
  return [
    ...(names.includes("replicaIdentity")
      ? [`ALTER TABLE ${name} REPLICA IDENTITY ${text(table, "replicaIdentity") ?? "DEFAULT"}`]
      : []),
    ...(names.includes("clusterOn")
      ? [`ALTER ${word} ${name} ${cluster === null ? "SET WITHOUT CLUSTER" : `CLUSTER ON ${cluster}`}`]
      : []),
    ...optionChanges(toast(before), toast(table)).map((change) => `ALTER ${word} ${name} ${change}`),
  ];
}

/** Whether only what is derived, or set elsewhere, differs. */
export function isOnlyMarks(changed: readonly string[]): boolean {
  return onlyThese(changed, markNames);
}

/** CREATE TABLE with columns and constraints, and what it has no words for after it. */
export function createTable(
  table: PlanObject,
  constraints: readonly PlanObject[],
  context: RenderContext,
  options: { readonly standalone?: boolean } = {},
): readonly string[] {
  const standalone = options.standalone === true;
  const bound = standalone ? null : text(table, "partitionBound");
  const columns = context.to.children(table.id).filter((child) => child.kind === "column");
  return bound === null
    ? createPlain(table, columns, { constraints, context, standalone })
    : createPartition(table, columns, { constraints, bound, context });
}

interface PlainParts {
  readonly constraints: readonly PlanObject[];
  readonly context: RenderContext;
  /** A partition that is attached later, when its indexes are there. */
  readonly standalone: boolean;
}

function createPlain(
  table: PlanObject,
  columns: readonly PlanObject[],
  { constraints, context, standalone }: PlainParts,
): readonly string[] {
  const own = standalone ? columns : columns.filter((column) => !isSet(column, "inherited"));
  const lines = [
    ...own.map((column) => columnDefinition(column, context)),
    ...constraints.map((constraint) => constraintClause(constraint)),
  ];
  const body = lines.length === 0 ? "" : `\n${lines.map((line) => `  ${line}`).join(",\n")}\n`;
  const parents = standalone ? [] : list(table, "inherits");
  const inherits = parents.length === 0 ? "" : ` INHERITS (${parents.join(", ")})`;
  return [
    `CREATE${isSet(table, "unlogged") ? " UNLOGGED" : ""} ${tableWord(table)} ${sqlName(table.id)} (${body})${inherits}${tail(table)}`,
    ...own.flatMap(columnAttributes),
    ...columns.filter((column) => isSet(column, "inherited")).flatMap((column) => foreignColumnChange(null, column)),
    ...afterCreation(table),
  ];
}

interface PartitionParts {
  readonly constraints: readonly PlanObject[];
  readonly bound: string;
  readonly context: RenderContext;
}

function createPartition(
  table: PlanObject,
  columns: readonly PlanObject[],
  { constraints, bound, context }: PartitionParts,
): readonly string[] {
  const [parent = ""] = list(table, "inherits");
  const lines = constraints.map((constraint) => `  ${constraintClause(constraint)}`).join(",\n");
  const body = lines === "" ? "" : ` (\n${lines}\n)`;
  return [
    `CREATE${isSet(table, "unlogged") ? " UNLOGGED" : ""} ${tableWord(table)} ${sqlName(table.id)} PARTITION OF ${parent}${body} ${bound}${tail(table)}`,
    ...columns.flatMap((column) => {
      const origin = context.to.get(`column:${parent}.${ownName(column.id)}`);
      return origin === undefined ? [] : overridesOfParent(column, origin, context);
    }),
    ...afterCreation(table),
  ];
}

function tail(table: PlanObject): string {
  const key = text(table, "partitionKey");
  const method = text(table, "accessMethod");
  const options = list(table, "options");
  const tablespace = text(table, "tablespace");
  if (isForeign(table)) return ` SERVER ${text(table, "server")}${newOptions(list(table, "foreignOptions"))}`;
  return [
    ...(key === null ? [] : [`PARTITION BY ${key}`]),
    ...(method === null ? [] : [`USING ${method}`]),
    ...(options.length === 0 ? [] : [`WITH (${optionList(options)})`]),
    ...(tablespace === null ? [] : [`TABLESPACE ${tablespace}`]),
  ]
    .map((word) => ` ${word}`)
    .join("");
}

/** Makes a table one of a composite type, or no more one. */
export function ofType(table: PlanObject, type: string | null): string {
  return `ALTER TABLE ${sqlName(table.id)} ${type === null ? "NOT OF" : `OF ${type}`}`;
}

function afterCreation(table: PlanObject): readonly string[] {
  const name = sqlName(table.id);
  const type = text(table, "ofType");
  return [
    ...(type === null ? [] : [ofType(table, type)]),
    ...(isSet(table, "rowSecurity") ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(isSet(table, "forceRowSecurity") ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
    ...newComment(`${tableWord(table)} ${name}`, table),
  ];
}

function constraintClause(constraint: PlanObject): string {
  return `CONSTRAINT ${idParts(constraint.id)[2]} ${constraintBody(constraint)}`;
}

/** Takes a table out of tables that it is a partition of, or inherits from. */
export function leaveParents(table: PlanObject, parents: readonly string[]): readonly string[] {
  const name = sqlName(table.id);
  return parents.map((parent) =>
    text(table, "partitionBound") === null
      ? `ALTER TABLE ${name} NO INHERIT ${parent}`
      : `ALTER TABLE ${parent} DETACH PARTITION ${name}`,
  );
}

/** Makes a table a partition of another one, or lets it inherit from others. */
export function joinParents(table: PlanObject, parents: readonly string[]): readonly string[] {
  const name = sqlName(table.id);
  const bound = text(table, "partitionBound");
  return parents.map((parent) =>
    bound === null
      ? `ALTER TABLE ${name} INHERIT ${parent}`
      : `ALTER TABLE ${parent} ATTACH PARTITION ${name} ${bound}`,
  );
}
