import type { RunReport } from "../../migrate/run-report.ts";
import { formatDuration } from "../../platform/duration.ts";
import type { ProgressEvent } from "../../progress/events.ts";
import { counted, cut, labelled, oneLine } from "./columns.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

type Event<Name extends ProgressEvent["event"]> = Extract<ProgressEvent, { readonly event: Name }>;

/** The first line of every run: nobody may think that a backup was made. */
export function backupLine(options: { readonly skipped: boolean }): string {
  return options.skipped ? "Backup skipped." : "No backup is made: this release has no backups yet.";
}

const directionWords = { up: "Upgrading", down: "Downgrading", both: "Migrating" } as const;

/** What begins: `Upgrading sqlite:app.db to head: 3 revisions`. */
export function runHeading(event: Event<"run-started">, style: Style): string {
  const { colour } = style;
  return `${directionWords[event.direction]} ${event.database} to ${colour.bold(event.target)}: ${counted(event.revisions, "revision")}`;
}

const outcomeWords: Readonly<Record<Event<"revision-finished">["outcome"], string>> = {
  applied: "",
  reverted: "reverted",
  skipped: "skipped: another run was faster",
  resumed: "finished what an earlier run began",
};

/** One finished revision. */
export function revisionLine(event: Event<"revision-finished">, style: Style): string {
  const { colour } = style;
  const of = String(event.of);
  const place = `${String(event.index).padStart(of.length)}/${of}`;
  const mark = event.direction === "down" ? colour.yellow(style.unicode ? "↩" : "<-") : doneMark(style);
  const duration = formatDuration(event.durationMs).padStart(8);
  const words = outcomeWords[event.outcome];
  const note = words === "" ? "" : `  (${words})`;
  const used = 2 + 1 + 1 + place.length + 2 + event.id.length + 2 + duration.length + 2 + note.length;
  const message =
    style.width === null ? oneLine(event.message) : cut(oneLine(event.message), Math.max(12, style.width - used - 1));
  return `  ${mark} ${colour.dim(place)}  ${colour.cyan(event.id)}  ${colour.dim(duration)}  ${message}${colour.dim(note)}`;
}

/** What a revision that is written as code has to say, below the run's heading. */
export function logLine(event: Event<"revision-log">, style: Style): string {
  return `      ${style.colour.dim(event.id)}  ${oneLine(event.message)}`;
}

/** How far a revision that is written as code has come. */
export function codeProgressText(event: Event<"revision-progress">): string {
  const { message, done, total } = event;
  if (done === null) return oneLine(message);
  return `${oneLine(message)}: ${done}${total === null ? "" : ` of ${total}`}`;
}

/** The structure of a table after a revision, one column a line. */
export function structureText(event: Event<"revision-table">, style: Style): string {
  const { colour } = style;
  const title = `      Table ${colour.bold(event.table)}`;
  if (event.columns.length === 0) return `${title}: there is no such table`;
  const width = Math.max(...event.columns.map(({ name }) => name.length));
  const lines = event.columns.map(({ name, type, nullable, default: value }) =>
    [
      `        ${name.padEnd(width)}  ${oneLine(type)}`,
      ...(nullable ? [] : ["not null"]),
      ...(value === null ? [] : [`default ${oneLine(value)}`]),
    ].join("  "),
  );
  return [title, ...lines.map((line) => line.trimEnd())].join("\n");
}

/** How far a run is, on one line. */
export interface BarState {
  readonly done: number;
  readonly of: number;
  readonly elapsedMs: number;
  readonly doing: string;
  readonly width: number;
}

/** A bar with the share that is done, the time that is left, and what is being done. */
export function progressBar(state: BarState, style: Style): string {
  const { colour } = style;
  const share = state.of === 0 ? 1 : state.done / state.of;
  const cells = 24;
  const full = Math.round(share * cells);
  const [fill, rest] = style.unicode ? ["█", "░"] : ["#", "."];
  const bar = fill.repeat(full) + rest.repeat(cells - full);
  const facts = `${state.done}/${state.of}  ${timeLeft(state)}`;
  const doing = cut(oneLine(state.doing), Math.max(0, state.width - cells - facts.length - 8));
  return `  ${colour.cyan(bar)}  ${facts}  ${colour.dim(doing)}`;
}

/** An estimate needs something to go by; before that, the time so far. */
function timeLeft({ done, of, elapsedMs }: BarState): string {
  if (done < 3 || elapsedMs < 2000) return elapsedMs < 1000 ? "" : formatDuration(Math.floor(elapsedMs / 1000) * 1000);
  const left = (elapsedMs / done) * (of - done);
  return `about ${formatDuration(Math.ceil(left / 1000) * 1000)} left`;
}

/** Where the run led, how much it did, and how long it took. */
export function runSummary(report: RunReport, style: Style): string {
  const { colour } = style;
  const heads = headsText(report);
  if (report.direction === "none") {
    return `${doneMark(style)} Nothing to do: ${report.database} is at ${report.target} already.\n${labelled([["Current", heads]], colour.dim)}`;
  }
  const verb = report.direction === "down" ? "reverted" : "applied";
  const rows = [
    ["Target reached", report.target],
    ["Revisions", `${report.steps.length} ${verb}`],
    ["Duration", formatDuration(report.durationMs)],
    ["Current", heads],
  ] as const;
  return `\n${doneMark(style)} ${colour.bold("Done")}\n${labelled(rows, colour.dim)}`;
}

function headsText(report: RunReport): string {
  if (report.current.length === 0) return "base: nothing is applied";
  return report.current.map(({ id, message }) => `${id}  ${oneLine(message)}`.trimEnd()).join("\n");
}
