import type { CreateReport } from "../../app/create.ts";
import type { ChangesFound, GeneratedBody, NothingToWrite, SourcesRead } from "../../app/generate.ts";
import type { ProofReport } from "../../app/proof-report.ts";
import { formatDuration } from "../../platform/duration.ts";
import { counted, labelled } from "./columns.ts";
import { createdText } from "./created.ts";
import { differenceLines } from "./differences.ts";
import { doneMark } from "./marks.ts";
import { first, shownSql } from "./statements.ts";
import type { Style } from "./style.ts";

const shownStatements = 20;

/** What `create` did: the file with what it does and its proof, or that there was nothing to do. */
export function createText(report: CreateReport, style: Style): string {
  if (report.outcome === "none") return nothingText(report, style);
  if (report.outcome === "changes") return changesText(report, style);
  const several = report.bodies.length > 1;
  return [
    createdText(report, style),
    ...report.bodies.flatMap((body) => [
      ...(several ? [style.colour.dim(`  ${body.dialect}:`)] : []),
      ...bodyLines(body, style).map((line) => `    ${line}`),
      ...proofLines(body.proof, body, style).map((line) => `  ${line}`),
    ]),
  ].join("\n");
}

/** That the models and the history agree, and what was read to find out. */
export function nothingText(report: NothingToWrite, style: Style): string {
  return [
    `${doneMark(style)} No changes detected`,
    ...report.read.map((read) => readText(read, report.read, style)),
  ].join("\n");
}

/** What a revision would have to do. */
function changesText(report: ChangesFound, style: Style): string {
  const several = report.bodies.length > 1;
  const { colour } = style;
  return [
    ...report.bodies.flatMap((body) => [
      `${counted(body.differences.length, "change")} that no revision makes yet${several ? ` on ${body.dialect}` : ""}:`,
      ...differenceLines(body.differences, style),
      ...lossLines(body.losses, style),
      ...requirementLines(body.requirements, style),
    ]),
    ...report.questions.map(({ from, to }) =>
      colour.yellow(`create will ask: is ${from} called ${to.join(" or ")} now?`),
    ),
  ].join("\n");
}

/** The two sections that `create` would write. */
export function planText(report: ChangesFound, style: Style): string {
  const { colour } = style;
  const several = report.bodies.length > 1;
  const dialectLine = (body: GeneratedBody): readonly string[] => (several ? [colour.cyan(`-- ${body.dialect}`)] : []);
  return [
    ...report.bodies.flatMap((body) => [
      ...dialectLine(body),
      ...(body.require === ""
        ? []
        : [colour.dim("-- Requires that these find no row"), shownSql(body.require, style), ""]),
      colour.dim("-- Up"),
      shownSql(body.up, style),
      "",
      colour.dim("-- Down"),
      shownSql(body.down, style),
      ...body.left.map((what) => colour.dim(`-- As it is: ${what}`)),
      "",
    ]),
    colour.bold("-- Nothing was written and nothing was executed: keelson create writes it."),
  ].join("\n");
}

function bodyLines(body: GeneratedBody, style: Style): readonly string[] {
  return [
    ...first(body.statements, shownStatements),
    ...lossLines(body.losses, style),
    ...requirementLines(body.requirements, style),
  ];
}

function lossLines(losses: readonly string[], { colour }: Style): readonly string[] {
  return losses.map((loss) => colour.yellow(`destroys data: ${loss}`));
}

function requirementLines(requirements: readonly string[], { colour }: Style): readonly string[] {
  return requirements.map((title) => colour.yellow(`refused while there are ${title}`));
}

function proofLines(proof: ProofReport, body: GeneratedBody, style: Style): readonly string[] {
  const { colour } = style;
  const ways = proof.reversible ? "up and down" : "up";
  const oneWay = body.irreversible === null ? [] : [colour.yellow(`There is no way back: ${body.irreversible}`)];
  return [
    ...proof.servers.map(({ outcome, on, milliseconds }) =>
      outcome === "failed"
        ? colour.yellow(`Not proven on ${on}: see keelson prove`)
        : `${doneMark(style)} Proven ${ways} on ${on} ${colour.dim(`in ${formatDuration(milliseconds)}`)}`,
    ),
    ...notOnLines(proof, style),
    ...(proof.outcome === "failed" ? [] : oneWay),
  ];
}

/** Another major may accept other syntax, so what was not tried is said. */
export function notOnLines({ notOn, outcome }: ProofReport, { colour }: Style): readonly string[] {
  if (notOn.length === 0 || outcome === "failed") return [];
  return [colour.yellow(`Not proven on PostgreSQL ${notOn.join(", ")}, which the project runs on`)];
}

function readText(read: SourcesRead, all: readonly SourcesRead[], style: Style): string {
  const rows = [
    ...(all.length > 1 ? [["For", read.dialect] as const] : []),
    ["Read", first(read.files, shownStatements).join("\n") || "no file"],
    ["Tables", first(read.tables, shownStatements).join("\n") || "none in models"],
  ] as const;
  return labelled(rows, style.colour.dim);
}
