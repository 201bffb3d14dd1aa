import { type Measurement, ratio } from "./compare.ts";
import { median, rounded } from "./statistics.ts";

/** One cell: a number, words, or null where there is nothing to say. */
export type Cell = string | number | null;

/** A figure that Keelson is meant to keep to. Nothing fails when it does not: the report says so. */
export interface Goal {
  readonly what: string;
  /** Null where it could not be measured. */
  readonly measured: number | null;
  readonly limit: number;
  readonly unit: "×" | "MB" | "ms" | "";
}

/** The outcome of one comparison. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly goals: readonly Goal[];
}

/** A table of measurements, each with its ratio to the baseline. */
export function measurementTable(options: {
  readonly title: string;
  readonly measurements: readonly Measurement[];
  readonly baseline: string;
  readonly goals?: readonly Goal[];
}): Table {
  const { title, measurements, baseline, goals = [] } = options;
  const withMemory = measurements.some((measurement) => measurement.peakMb !== null);
  const rows = measurements.map((measurement): readonly Cell[] => {
    const times = measurement.runsMs;
    const of = ratio(measurements, measurement.name, baseline);
    const figures: Cell[] =
      times.length === 0
        ? [null, null, null]
        : [rounded(median(times), 1), rounded(Math.min(...times), 1), of === null ? null : rounded(of, 2)];
    if (withMemory) figures.push(measurement.peakMb === null ? null : rounded(measurement.peakMb, 0));
    return [
      measurement.name,
      ...figures,
      measurement.failure === null ? measurement.note : shorten(measurement.failure),
    ];
  });
  const columns = ["", "median ms", "fastest ms", `× ${baseline}`, ...(withMemory ? ["peak MB"] : []), ""];
  return { title, columns, rows, goals };
}

/** A goal for the ratio of two contenders. */
export function ratioGoal(
  measurements: readonly Measurement[],
  goal: { readonly name: string; readonly baseline: string; readonly limit: number },
): Goal {
  const measured = ratio(measurements, goal.name, goal.baseline);
  return { what: `${goal.name} to ${goal.baseline}`, measured, limit: goal.limit, unit: "×" };
}

/** A goal for the peak of one contender's memory. */
export function memoryGoal(measurements: readonly Measurement[], name: string, limit: number): Goal {
  const measured = measurements.find((measurement) => measurement.name === name)?.peakMb ?? null;
  return { what: `${name}: peak memory`, measured, limit, unit: "MB" };
}

/** Whether a goal was kept; null where it was not measured. */
export function isKept(goal: Goal): boolean | null {
  return goal.measured === null ? null : goal.measured <= goal.limit;
}

/** A table for a terminal. */
export function printTable(table: Table): string {
  const cells = [table.columns, ...table.rows.map((row) => row.map(show))];
  const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const numeric = table.columns.map((_, column) => table.rows.some((row) => typeof row[column] === "number"));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        numeric[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const goals = table.goals.map((goal) => `  ${verdict(goal)}  ${goal.what}: ${describe(goal)}`);
  return [table.title, "", ...lines.map((line) => `  ${line}`), ...(goals.length === 0 ? [] : ["", ...goals]), ""].join(
    "\n",
  );
}

function verdict(goal: Goal): string {
  const kept = isKept(goal);
  if (kept === null) return "not measured";
  return kept ? "kept  " : "MISSED";
}

function describe(goal: Goal): string {
  const unit = goal.unit === "" ? "" : ` ${goal.unit}`;
  const measured = goal.measured === null ? "–" : `${rounded(goal.measured, goal.unit === "×" ? 2 : 0)}${unit}`;
  return `${measured} (at most ${goal.limit}${unit})`;
}

function show(cell: Cell): string {
  return cell === null ? "–" : String(cell);
}

/** A text on one line, cut where it gets long. */
export function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
