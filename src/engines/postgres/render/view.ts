import { sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { firstWord } from "./first-word.ts";
import {
  changedComment,
  commentOn,
  newComment,
  onlyThese,
  optionChanges,
  optionList,
  type Renderer,
} from "./renderer.ts";

/** Views. One that only gets more columns at its end is replaced in place, and what is built on it stays. */
export const viewRenderer: Renderer = {
  create: (view) => [createView(view, "CREATE VIEW"), ...afterCreation(view)],
  drop: (view) => [`DROP VIEW ${sqlName(view.id)}`],
  alter(from, to, changed) {
    const before = list(from, "columns");
    const after = list(to, "columns");
    if (before.some((column, index) => column !== after[index])) return null;
    const rewritten = changed.includes("definition") || changed.includes("columns");
    return [
      ...(rewritten ? [createView(to, "CREATE OR REPLACE VIEW")] : []),
      ...(rewritten
        ? []
        : optionChanges(list(from, "options"), list(to, "options")).map(
            (change) => `ALTER VIEW ${sqlName(to.id)} ${change}`,
          )),
      ...viewDefaults(list(from, "defaults"), list(to, "defaults"), to),
      ...changedComment(`VIEW ${sqlName(to.id)}`, to, changed),
      ...(changed.includes("columnComments") ? columnComments(list(from, "columnComments"), to) : []),
    ];
  },
};

/** Materialized views. Their rows are computed again whenever they are made again. */
export const materializedViewRenderer: Renderer = {
  create(view) {
    const name = sqlName(view.id);
    const options = list(view, "options");
    const tablespace = text(view, "tablespace");
    const method = text(view, "accessMethod");
    const place = `${method === null ? "" : ` USING ${method}`}${options.length === 0 ? "" : ` WITH (${optionList(options)})`}${tablespace === null ? "" : ` TABLESPACE ${tablespace}`}`;
    const rows = isSet(view, "unpopulated") ? "\nWITH NO DATA" : "";
    return [
      `CREATE MATERIALIZED VIEW ${name}${place} AS\n${body(view)}${rows}`,
      ...list(view, "columnSettings").map((setting) => columnSetting(view, setting)),
      ...newComment(`MATERIALIZED VIEW ${name}`, view),
      ...columnComments([], view),
    ];
  },
  drop: (view) => [`DROP MATERIALIZED VIEW ${sqlName(view.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["options", "tablespace", "comment", "columnComments", "columnSettings", "unpopulated"]))
      return null;
    const settings = list(to, "columnSettings");
    // The server has no words for going back to the usual in each of them.
    if (!list(from, "columnSettings").every((before) => settings.some((after) => isOfSameSetting(before, after))))
      return null;
    const name = sqlName(to.id);
    const populated = isSet(to, "unpopulated") ? " WITH NO DATA" : "";
    return [
      ...optionChanges(list(from, "options"), list(to, "options")).map(
        (change) => `ALTER MATERIALIZED VIEW ${name} ${change}`,
      ),
      ...(changed.includes("tablespace")
        ? [`ALTER MATERIALIZED VIEW ${name} SET TABLESPACE ${text(to, "tablespace") ?? "pg_default"}`]
        : []),
      ...settings
        .filter((setting) => !list(from, "columnSettings").includes(setting))
        .map((setting) => columnSetting(to, setting)),
      ...(changed.includes("unpopulated") ? [`REFRESH MATERIALIZED VIEW ${name}${populated}`] : []),
      ...changedComment(`MATERIALIZED VIEW ${name}`, to, changed),
      ...(changed.includes("columnComments") ? columnComments(list(from, "columnComments"), to) : []),
    ];
  },
};

function columnSetting(view: PlanObject, setting: string): string {
  return `ALTER MATERIALIZED VIEW ${sqlName(view.id)} ALTER COLUMN ${setting}`;
}

/** Whether two settings of columns, such as `"My Column" SET STATISTICS 5`, are values of one. */
function isOfSameSetting(one: string, other: string): boolean {
  const column = firstWord(one);
  const word = one.slice(column.length + 1).split(" ")[1] ?? "";
  return word !== "(" && !word.startsWith("(") ? other.startsWith(`${column} SET ${word} `) : one === other;
}

/** The statements of a new view where one of its name with the same columns is there already. */
export function createOverStandIn(view: PlanObject): readonly string[] {
  return [createView(view, "CREATE OR REPLACE VIEW"), ...afterCreation(view)];
}

/** A view with the columns of another one that reads nothing, as pg_dump makes them to open circles. */
export function standIn(view: PlanObject): string {
  const columns = list(view, "columns").map((column) => {
    const name = firstWord(column);
    return `  NULL::${column.slice(name.length + 1)} AS ${name}`;
  });
  return `CREATE OR REPLACE VIEW ${sqlName(view.id)} AS\nSELECT\n${columns.join(",\n")}`;
}

function afterCreation(view: PlanObject): readonly string[] {
  return [
    ...viewDefaults([], list(view, "defaults"), view),
    ...newComment(`VIEW ${sqlName(view.id)}`, view),
    ...columnComments([], view),
  ];
}

function createView(view: PlanObject, words: string): string {
  const options = list(view, "options");
  return `${words} ${sqlName(view.id)}${options.length === 0 ? "" : ` WITH (${optionList(options)})`} AS\n${body(view)}`;
}

/** The server prints the query with its semicolon. */
function body(view: PlanObject): string {
  const definition = text(view, "definition") ?? "";
  return definition.endsWith(";") ? definition.slice(0, -1) : definition;
}

function viewDefaults(before: readonly string[], after: readonly string[], view: PlanObject): readonly string[] {
  const names = new Set(after.map(firstWord));
  const alter = (column: string, what: string): string =>
    `ALTER VIEW ${sqlName(view.id)} ALTER COLUMN ${column} ${what}`;
  return [
    ...before
      .map(firstWord)
      .filter((column) => !names.has(column))
      .map((column) => alter(column, "DROP DEFAULT")),
    ...after
      .filter((value) => !before.includes(value))
      .map((value) => alter(firstWord(value), `SET DEFAULT ${value.slice(firstWord(value).length + 1)}`)),
  ];
}

function columnComments(before: readonly string[], view: PlanObject): readonly string[] {
  const after = list(view, "columnComments");
  const names = new Set(after.map(firstWord));
  const on = (column: string): string => `COLUMN ${sqlName(view.id)}.${column}`;
  return [
    ...before
      .map(firstWord)
      .filter((column) => !names.has(column))
      .map((column) => commentOn(on(column), null)),
    ...after
      .filter((comment) => !before.includes(comment))
      .map((comment) => commentOn(on(firstWord(comment)), comment.slice(firstWord(comment).length + 1))),
  ];
}
