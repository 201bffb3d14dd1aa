import { sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import {
  changedComment,
  commentOn,
  newComment,
  onlyThese,
  optionChanges,
  optionList,
  type Renderer,
} from "./renderer.ts";
import { firstWord } from "./type-renderers.ts";

/** Views. One that only gets more columns at its end is replaced in place, and what is built on it stays. */
export const viewRenderer: Renderer = {
  create: (view) => [
    createView(view, "CREATE VIEW"),
    ...viewDefaults([], list(view, "defaults"), view),
    ...newComment(`VIEW ${sqlName(view.id)}`, view),
    ...columnComments([], view),
  ],
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
    const place = `${options.length === 0 ? "" : ` WITH (${optionList(options)})`}${tablespace === null ? "" : ` TABLESPACE ${tablespace}`}`;
    const rows = isSet(view, "unpopulated") ? "\nWITH NO DATA" : "";
    return [
      `CREATE MATERIALIZED VIEW ${name}${place} AS\n${body(view)}${rows}`,
      ...newComment(`MATERIALIZED VIEW ${name}`, view),
      ...columnComments([], view),
    ];
  },
  drop: (view) => [`DROP MATERIALIZED VIEW ${sqlName(view.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["options", "tablespace", "comment", "columnComments", "unpopulated"])) return null;
    const name = sqlName(to.id);
    const populated = isSet(to, "unpopulated") ? " WITH NO DATA" : "";
    return [
      ...optionChanges(list(from, "options"), list(to, "options")).map(
        (change) => `ALTER MATERIALIZED VIEW ${name} ${change}`,
      ),
      ...(changed.includes("tablespace")
        ? [`ALTER MATERIALIZED VIEW ${name} SET TABLESPACE ${text(to, "tablespace") ?? "pg_default"}`]
        : []),
      ...(changed.includes("unpopulated") ? [`REFRESH MATERIALIZED VIEW ${name}${populated}`] : []),
      ...changedComment(`MATERIALIZED VIEW ${name}`, to, changed),
      ...(changed.includes("columnComments") ? columnComments(list(from, "columnComments"), to) : []),
    ];
  },
};

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
