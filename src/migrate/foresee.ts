import type { Engine, ParsedStatement, Session } from "../engines/engine.ts";
import { lineInFile, type PreparedStep } from "./prepare.ts";
import { findUnmet, unmetText } from "./requirements.ts";

/** A statement of a run, with the step that it is of. */
interface Placed {
  readonly step: PreparedStep;
  readonly parsed: ParsedStatement;
}

/** What the steps of a run destroy, each with its file and line. A session is null for a database that does not exist yet. */
export async function findLosses(
  engine: Engine,
  session: Session | null,
  steps: readonly PreparedStep[],
): Promise<readonly string[]> {
  const [known, unknown] = untilCode(steps);
  if (known.every(({ parsed }) => parsed.destroys === null) && unknown.length === 0) return [];
  const found = await engine.destroyedRows(
    session,
    known.map(({ parsed }) => parsed),
  );
  return [
    ...known.flatMap((placed, index) => inPlace(placed, found[index] ?? null)),
    ...unknown.flatMap((placed) => inPlace(placed, placed.parsed.destroys)),
  ];
}

/**
 * What the steps of a run would fail on with the rows that are there now, each with its file and line: what the first one
 * requires is asked as it is; of steps that require nothing, the statements are looked at.
 */
export async function findObstacles(
  engine: Engine,
  session: Session,
  steps: readonly PreparedStep[],
): Promise<readonly string[]> {
  const [known] = untilCode(steps);
  const [first] = steps;
  const unmet = first === undefined ? [] : await findUnmet(session, first);
  const found = await engine.findObstacles(
    session,
    known.map(({ parsed }) => parsed),
  );
  const silent = known.map(({ step }, index) => (step.requires.length > 0 ? null : (found[index] ?? null)));
  return [
    ...unmet.map((one) => `would stop here: ${unmetText(one)}`),
    ...known.flatMap((placed, index) => inPlace(placed, silent[index] ?? null)),
  ];
}

/** The statements before the first revision that is written as code, and those after it: no one can say what it leaves. */
function untilCode(steps: readonly PreparedStep[]): readonly [readonly Placed[], readonly Placed[]] {
  const first = steps.findIndex((step) => step.code !== null);
  const placed = (some: readonly PreparedStep[]): readonly Placed[] =>
    some.flatMap((step) =>
      [...step.settings, ...step.statements.map((statement) => statement.parsed)].map((parsed) => ({ step, parsed })),
    );
  return first < 0 ? [placed(steps), []] : [placed(steps.slice(0, first)), placed(steps.slice(first))];
}

function inPlace({ step, parsed }: Placed, words: string | null): readonly string[] {
  return words === null ? [] : [`${step.section.file}:${lineInFile(step.section, parsed)} ${words}`];
}
