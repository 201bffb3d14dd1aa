import { knownExceptions } from "../plan/known-exceptions.ts";
import { openPlaces } from "./case-places.ts";
import type { CasePlace, CorpusCase } from "./read-cases.ts";
import { type CaseOptions, isGood, runCase, type WayOutcome } from "./run-case.ts";

/** What a suite's ways came to at one place. */
export interface SuiteResult {
  readonly place: CasePlace;
  readonly outcomes: readonly WayOutcome[];
}

/** How a suite is run. */
export interface SuiteOptions extends Omit<CaseOptions, "dumps"> {
  /** The independent dumps are made for one case of so many; for each unless told. */
  readonly dumpEvery?: number;
}

/** Runs cases one after the other in two databases of a place. */
export async function runSuite(
  cases: readonly CorpusCase[],
  place: CasePlace,
  { dumpEvery = 1, ...options }: SuiteOptions = {},
): Promise<SuiteResult> {
  const places = await openPlaces(place);
  const outcomes: WayOutcome[] = [];
  try {
    for (const [index, one] of cases.entries())
      outcomes.push(...(await runCase(one, places, { ...options, dumps: index % dumpEvery === 0 })));
  } finally {
    await places.close();
  }
  return { place, outcomes };
}

/** How many ways came to what. */
export function summary(outcomes: readonly WayOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { result } of outcomes) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

/** What did not go as it should, one line a way. */
function failures(outcomes: readonly WayOutcome[]): readonly string[] {
  return outcomes
    .filter((outcome) => !isGood(outcome))
    .map(({ name, result, detail }) => `${result}: ${name}: ${detail.slice(0, 600)}`);
}

/** The failures that nobody has written down as an exception with its reason. */
export function unexpected(outcomes: readonly WayOutcome[]): readonly string[] {
  return failures(outcomes.filter(({ name }) => knownExceptions[name] === undefined));
}

/** Of a suite's ways, how many in a thousand did not go as they should, exceptions with a reason left out. */
export function failedPerMille(outcomes: readonly WayOutcome[]): number {
  return Math.round((unexpected(outcomes).length / outcomes.length) * 1000);
}

/** Every so many-th of a list, beginning where a place stands among those that share it. */
export function shareOf<T>(list: readonly T[], sharing: readonly CasePlace[], place: CasePlace): readonly T[] {
  return list.filter((_, index) => index % sharing.length === sharing.indexOf(place));
}
