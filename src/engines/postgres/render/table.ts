import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { columnAttributes, columnDefinition, overridesOfParent } from "./column.ts";
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
  drop: (table) => [`DROP TABLE ${sqlName(table.id)}`],
  alter(from, to, changed) {
    if (changed.includes("partitionKey") || changed.includes("ofType")) return null;
    const name = sqlName(to.id);
    const alter = (what: string): string => `ALTER TABLE ${name} ${what}`;
    return [
      ...inheritanceChanges(from, to, changed),
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
      ...changedComment(`TABLE ${name}`, to, changed),
    ];
  },
};

/** The attributes of a table that name an index and therefore are set last. */
export const markNames = ["replicaIdentity", "clusterOn"] as const;

/** Statements for the marks that name an index of the table. */
export function tableMarks(table: PlanObject, names: readonly string[]): readonly string[] {
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
): readonly string[] {
  const bound = text(table, "partitionBound");
  const columns = context.to.children(table.id).filter((child) => child.kind === "column");
  return bound === null
    ? createPlain(table, columns, constraints, context)
    : createPartition(table, columns, { constraints, bound, context });
}

function createPlain(
  table: PlanObject,
  columns: readonly PlanObject[],
  constraints: readonly PlanObject[],
  context: RenderContext,
): readonly string[] {
  const own = columns.filter((column) => !isSet(column, "inherited"));
  const lines = [
    ...own.map((column) => columnDefinition(column, context)),
    ...constraints.map((constraint) => constraintClause(constraint)),
  ];
  const body = lines.length === 0 ? "" : `\n${lines.map((line) => `  ${line}`).join(",\n")}\n`;
  const parents = list(table, "inherits");
  const inherits = parents.length === 0 ? "" : ` INHERITS (${parents.join(", ")})`;
  return [
    `CREATE${isSet(table, "unlogged") ? " UNLOGGED" : ""} TABLE ${sqlName(table.id)} (${body})${inherits}${tail(table)}`,
    ...own.flatMap(columnAttributes),
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
    `CREATE${isSet(table, "unlogged") ? " UNLOGGED" : ""} TABLE ${sqlName(table.id)} PARTITION OF ${parent}${body} ${bound}${tail(table)}`,
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
  return [
    ...(key === null ? [] : [`PARTITION BY ${key}`]),
    ...(method === null ? [] : [`USING ${method}`]),
    ...(options.length === 0 ? [] : [`WITH (${optionList(options)})`]),
    ...(tablespace === null ? [] : [`TABLESPACE ${tablespace}`]),
  ]
    .map((word) => ` ${word}`)
    .join("");
}

function afterCreation(table: PlanObject): readonly string[] {
  const name = sqlName(table.id);
  return [
    ...(isSet(table, "rowSecurity") ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(isSet(table, "forceRowSecurity") ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
    ...newComment(`TABLE ${name}`, table),
  ];
}

function constraintClause(constraint: PlanObject): string {
  const options = list(constraint, "indexOptions");
  const withOptions = options.length === 0 ? "" : ` WITH (${optionList(options)})`;
  return `CONSTRAINT ${idParts(constraint.id)[2]} ${text(constraint, "definition")}${withOptions}`;
}

function inheritanceChanges(from: PlanObject, to: PlanObject, changed: readonly string[]): readonly string[] {
  if (!changed.includes("inherits") && !changed.includes("partitionBound")) return [];
  const name = sqlName(to.id);
  const before = list(from, "inherits");
  const after = list(to, "inherits");
  const wasPartition = text(from, "partitionBound") !== null;
  const bound = text(to, "partitionBound");
  if (wasPartition || bound !== null) {
    return [
      ...(wasPartition
        ? [`ALTER TABLE ${before[0]} DETACH PARTITION ${name}`]
        : before.map((parent) => `ALTER TABLE ${name} NO INHERIT ${parent}`)),
      ...(bound === null
        ? after.map((parent) => `ALTER TABLE ${name} INHERIT ${parent}`)
        : [`ALTER TABLE ${after[0]} ATTACH PARTITION ${name} ${bound}`]),
    ];
  }
  return [
    ...before.filter((parent) => !after.includes(parent)).map((parent) => `ALTER TABLE ${name} NO INHERIT ${parent}`),
    ...after.filter((parent) => !before.includes(parent)).map((parent) => `ALTER TABLE ${name} INHERIT ${parent}`),
  ];
}
