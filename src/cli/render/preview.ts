import type { PreviewStep, RunPreview } from "../../app/run-verb.ts";
import { counted, oneLine } from "./columns.ts";
import type { Style } from "./style.ts";

const nothingExecuted = "-- Dry run: nothing was executed.";

/**
 * The statements of a run, grouped by the transactions that they run in, with the state before and after. All but the
 * statements are SQL comments, so that the whole can be kept as a file and read as one.
 */
export function previewText(preview: RunPreview, style: Style): string {
  const { colour } = style;
  const { steps, database, target, direction } = preview;
  if (direction === "none") {
    return `-- ${database} is at ${target} already: there is nothing to do.\n${nothingExecuted}`;
  }
  const verb = direction === "down" ? "Downgrading" : "Upgrading";
  const lines = [
    colour.dim(`-- ${verb} ${database} to ${target} would run ${counted(steps.length, "revision")}.`),
    colour.dim(`-- Before: ${heads(preview.headsBefore)}`),
    colour.dim(`-- After:  ${heads(preview.headsAfter)}`),
    ...preview.destroys.map((what) => colour.yellow(`-- Destroys data: ${what}`)),
    ...preview.obstacles.map((what) => colour.yellow(`-- ${oneLine(what)}`)),
    ...steps.map((step, index) => stepText(step, `${index + 1}/${steps.length}`, style)),
    "",
    colour.bold(nothingExecuted),
  ];
  return lines.join("\n");
}

function stepText(step: PreviewStep, place: string, style: Style): string {
  const { colour } = style;
  const title = `-- ${place}  ${step.id}  ${oneLine(step.message)}  (${step.file})`;
  if (step.code !== null) return ["", colour.cyan(title), ...codeLines(step.code).map(colour.dim)].join("\n");
  const [group] = step.groups;
  // The record belongs to the picture: it is what makes a revision run exactly once.
  const inside = step.groups.length === 1 && group?.kind === "transaction";
  const verify = step.verify.map((query) => colour.dim(`-- must return no rows: ${oneLine(query)}`));
  const requires = step.requires.map((title) => colour.dim(`-- must not be there: ${oneLine(title)}`));
  const parts = inside
    ? [
        transactionText(
          [...requires, ...group.statements.map(terminated), ...verify, colour.dim("-- and its record in the ledger")],
          style,
        ),
      ]
    : [
        ...requires,
        ...step.groups.map((each) => groupText(each, style)),
        ...verify,
        colour.dim("-- its progress is recorded after each of these, its record at the end"),
      ];
  return ["", colour.cyan(title), ...step.settings.map(terminated), ...parts].join("\n");
}

/** Code has no statements before it runs; what its checks say now is the next best. */
function codeLines(code: NonNullable<PreviewStep["code"]>): readonly string[] {
  const { checked, needed, problem, question } = code;
  return [
    "-- written as code: which statements it runs is known only when it runs",
    ...(checked ? [] : ["-- its checks are made when it runs"]),
    ...(needed === false ? ["-- not needed here: it would be recorded without being run"] : []),
    ...(problem === null ? [] : [`-- would fail now: ${oneLine(problem)}`]),
    ...(question === null ? [] : [`-- would ask: ${oneLine(question)}`]),
  ];
}

function groupText(group: PreviewStep["groups"][number], style: Style): string {
  const statements = group.statements.map(terminated);
  if (group.kind === "transaction") return transactionText(statements, style);
  return [style.colour.dim("-- outside a transaction:"), ...statements].join("\n");
}

function transactionText(lines: readonly string[], { colour }: Style): string {
  return [colour.dim("BEGIN;"), ...lines, colour.dim("COMMIT;")].join("\n");
}

/** A comment at the end would swallow the semicolon, so it goes on a line of its own then. */
function terminated(sql: string): string {
  const text = sql.trim();
  if (text.endsWith(";")) return text;
  return text.slice(text.lastIndexOf("\n") + 1).includes("--") ? `${text}\n;` : `${text};`;
}

function heads(ids: readonly string[]): string {
  return ids.length === 0 ? "base (nothing is applied)" : ids.join(", ");
}
