import type { Session, Value } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { PreparedStep, RequiredQuery } from "./prepare.ts";

/** A query of a require section that found rows. */
export interface UnmetRequirement {
  /** What the rows are, in the words that stand above the query. */
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly rows: number;
  /** The columns of the first rows that it found. */
  readonly sample: readonly Readonly<Record<string, Value>>[];
}

const shownRows = 5;
const shownLength = 40;

/** Asks a database for what stands in a step's way before its first statement; only reads. */
export async function findUnmet(session: Session, step: PreparedStep): Promise<readonly UnmetRequirement[]> {
  const found: UnmetRequirement[] = [];
  for (const query of step.requires) {
    if (needsNewerServer(query) && !(await hasInputCheck(session))) continue;
    const sample = await ask(session, step, query, `SELECT * FROM (\n${query.sql}\n) AS found LIMIT ${shownRows}`);
    if (sample.length === 0) continue;
    const [counted] = await ask(session, step, query, `SELECT count(*) AS n FROM (\n${query.sql}\n) AS found`);
    found.push({ ...placeOf(query), rows: Number(counted?.["n"] ?? sample.length), sample });
  }
  return found;
}

/** Before PostgreSQL 16 nothing but the conversion itself can tell whether a text converts. */
export function needsNewerServer({ sql }: RequiredQuery): boolean {
  return sql.includes("pg_input_is_valid(");
}

/** Asked beforehand, because a query that fails would end the transaction that it runs in. */
async function hasInputCheck(session: Session): Promise<boolean> {
  const { rows } = await session.query("SELECT to_regproc('pg_catalog.pg_input_is_valid') IS NOT NULL AS known");
  return rows[0]?.["known"] === true;
}

/** Throws `revision.requirement-unmet` with everything that stands in a step's way; `state` says what was run. */
export async function refuseUnmet(session: Session, step: PreparedStep, state: readonly string[]): Promise<void> {
  const unmet = await findUnmet(session, step);
  if (unmet.length === 0) return;
  throw new KeelsonError(
    "revision.requirement-unmet",
    [
      `Rows stand in the way of revision ${step.revision.id}, which was not begun:`,
      ...unmet.map((one) => `  ${unmetText(one)}`),
      ...state,
    ].join("\n"),
    {
      hint: "Correct these rows, or change what the revision does with them.",
      details: { revision: step.revision.id, direction: step.direction, requirements: unmet },
    },
  );
}

/** One of them in a line: where the query stands, what it looks for, how many rows it found and which. */
export function unmetText({ title, file, line, rows, sample }: UnmetRequirement): string {
  const shown = sample.map((row) => `(${Object.entries(row).map(pairText).join(", ")})`).join(", ");
  const more = rows > sample.length ? ", ..." : "";
  return `${file}:${line} ${rows} ${rows === 1 ? "row" : "rows"} found: ${title}: ${shown}${more}`;
}

function pairText([name, value]: readonly [string, Value]): string {
  const text = String(value);
  return `${name} ${text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`}`;
}

function placeOf({ title, file, line }: RequiredQuery): Pick<UnmetRequirement, "title" | "file" | "line"> {
  return { title, file, line };
}

async function ask(
  session: Session,
  step: PreparedStep,
  query: RequiredQuery,
  sql: string,
): Promise<readonly Readonly<Record<string, Value>>[]> {
  try {
    return (await session.query(sql)).rows;
  } catch (error) {
    if (!isKeelsonError(error, "statement.failed")) throw error;
    throw new KeelsonError(
      "revision.failed",
      `${query.file}:${query.line}: ${error.message}, in a query of the require section. Revision ${step.revision.id} was not begun.`,
      {
        hint: [error.hint, "A require section holds queries (SELECT) on what is there before the revision."]
          .filter(Boolean)
          .join(" "),
        details: { ...error.details, revision: step.revision.id, file: query.file, line: query.line },
        cause: error,
      },
    );
  }
}
