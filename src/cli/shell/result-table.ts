import type { Value } from "../../engines/engine.ts";

/** Rows to print, under an optional title. */
export interface ResultTable {
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** Rows in columns as psql prints them, with their number below. */
export function tableText({ title, columns, rows }: ResultTable): string {
  const cells = rows.map((row) => columns.map((column) => cellLines(row[column] ?? null)));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => Math.max(...(row[index] ?? []).map((line) => line.length)))),
  );
  const isNumber = columns.map((column) => isNumeric(rows, column));
  const lines = [
    columns.map((column, index) => ` ${centred(column, widths[index] ?? 0)} `).join("|"),
    widths.map((width) => "-".repeat(width + 2)).join("+"),
    ...cells.flatMap((row) => rowLines(row, widths, isNumber)),
    `(${rows.length} ${rows.length === 1 ? "row" : "rows"})`,
  ];
  const head = title === undefined ? [] : [centred(title, (lines[1] ?? "").length)];
  return [...head, ...lines].map((line) => line.trimEnd()).join("\n");
}

function rowLines(
  row: readonly (readonly string[])[],
  widths: readonly number[],
  isNumber: readonly boolean[],
): readonly string[] {
  const height = Math.max(1, ...row.map((cell) => cell.length));
  return Array.from({ length: height }, (_, at) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const text = cell[at] ?? "";
        const more = at < cell.length - 1 ? "+" : " ";
        return ` ${isNumber[index] ? text.padStart(width) : text.padEnd(width)}${more}`;
      })
      .join("|"),
  );
}

function cellLines(value: Value): readonly string[] {
  if (value === null) return [""];
  if (typeof value === "boolean") return [value ? "t" : "f"];
  return String(value).split("\n").map(printable);
}

/** What a database holds must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function isNumeric(rows: ResultTable["rows"], column: string): boolean {
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === "number");
}

function centred(text: string, width: number): string {
  const left = Math.floor(Math.max(0, width - text.length) / 2);
  return (" ".repeat(left) + text).padEnd(width);
}
