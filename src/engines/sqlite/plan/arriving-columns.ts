import type { Token } from "../script/tokens.ts";
import { foldName, plainName } from "../script/tokens.ts";
import { literal } from "../sql-text.ts";
import { columnDefinition, columnName, type TableModel } from "./table-model.ts";

/** A column whose values for the rows that are there come about when the table changes. */
export interface ArrivingColumn {
  readonly name: string;
  /** What the value will be, over the columns of the row: its default, or what computes it. */
  readonly value: string;
  /** Computed from other columns, so that those must be there first. */
  readonly computed: boolean;
}

/** New columns with what rows get in them, and columns that are computed in another way than before. */
export function arrivingColumns(from: TableModel, to: TableModel): readonly ArrivingColumn[] {
  const old = new Map(from.columns.map((column) => [column.id, column.attributes]));
  return to.columns.flatMap((column): readonly ArrivingColumn[] => {
    const before = old.get(column.id);
    const definition = columnDefinition(to, column);
    if (definition === undefined) return [];
    const name = columnName(to, column);
    if (definition.generated !== null) {
      const same = before?.["expression"] === column.attributes["expression"];
      return same ? [] : [{ name, value: textOf(to, definition.generated.expression), computed: true }];
    }
    if (before !== undefined) return [];
    return [{ name, value: defaultValue(to, definition.default), computed: false }];
  });
}

/** A query for a table's rows with the columns that arrive; `kept` are the columns that it has and keeps. */
export function withArriving(table: string, kept: readonly string[], arriving: readonly ArrivingColumn[]): string {
  const plain = arriving
    .filter(({ computed }) => !computed)
    .map(({ name, value }) => `(${value}) AS ${quotedName(name)}`);
  let query = `SELECT ${[...kept, ...plain].join(", ")} FROM ${table}`;
  for (const { name, value } of arriving.filter(({ computed }) => computed)) {
    query = `SELECT *, (${value}) AS ${quotedName(name)} FROM (${query})`;
  }
  return query;
}

/** A word that is no keyword is a text as a default. */
function defaultValue(table: TableModel, tokens: readonly Token[] | null): string {
  const [token, ...more] = tokens ?? [];
  if (token === undefined) return "NULL";
  const isText = more.length === 0 && (token.kind === "quoted" || (token.kind === "word" && !isConstant(token.text)));
  return isText ? literal(plainName(token)) : textOf(table, tokens ?? []);
}

function isConstant(word: string): boolean {
  return ["null", "true", "false", "current_time", "current_date", "current_timestamp"].includes(foldName(word));
}

function textOf(table: TableModel, tokens: readonly Token[]): string {
  return (table.definition?.sql ?? "").slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
