import fc from "fast-check";
import { expect } from "vitest";
import { openPlaces, placeName } from "../corpus/case-places.ts";
import type { CasePlace, CorpusCase } from "../corpus/read-cases.ts";
import { isGood, runCase, type WayOutcome } from "../corpus/run-case.ts";
import { relatedCatalogs } from "./random-catalogs.ts";

/** How many made-up schemas to try. */
export interface RandomRuns {
  readonly runs: number;
  /** No further pair is begun after this time. */
  readonly milliseconds?: number;
  /** Plans are ordered at random, as far as the needs of their statements leave a choice. */
  readonly shuffled?: boolean;
}

/** The independent dump takes most of the time: it is made for one pair of so many. */
const dumpEvery = 4;

/** Fails with the smallest pair of made-up schemas found that do not become each other; else says how many did. */
export async function checkRandomCatalogs(place: CasePlace, options: RandomRuns): Promise<number> {
  const { runs, milliseconds, shuffled = false } = options;
  const places = await openPlaces(place);
  let count = 0;
  const property = fc.asyncProperty(relatedCatalogs, fc.integer(), async ([from, to], seed) => {
    const dumps = count++ % dumpEvery === 0;
    const shuffle = shuffled ? { shuffle: (key: string) => scattered(key, seed) } : {};
    const outcomes = await runCase(randomCase(from, to), places, { dumps, ...shuffle });
    const bad = outcomes.filter((outcome) => !isGood(outcome) && !hasNoStatement(outcome));
    expect(bad.map(described).join("\n"), `${from}\n-- to\n${to}`).toBe("");
  });
  try {
    await fc.assert(property, {
      numRuns: runs,
      ...(milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    });
  } finally {
    await places.close();
  }
  console.info(`${count} pairs of made-up schemas on ${placeName(place)}${shuffled ? ", in random orders" : ""}`);
  return count;
}

/** Whether a way was refused because PostgreSQL itself has no statement for it. */
function hasNoStatement({ result, detail }: WayOutcome): boolean {
  return result === "refused" && detail.includes("no statement");
}

function randomCase(from: string, to: string): CorpusCase {
  const nothing = { roles: [], refused: [], obstacles: [], renames: [], maps: [] };
  return { name: "made-up", from, to, rows: { from: "", to: "" }, places: [], ...nothing };
}

function described({ name, result, detail, plan }: WayOutcome): string {
  return `${result}: ${name}: ${detail}\n${plan.map((sql) => `${sql};`).join("\n")}`;
}

/** A number for a key and a seed, as good as random. */
function scattered(key: string, seed: number): number {
  let hash = seed | 0;
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x5bd1e995) ^ (hash >>> 13);
  return hash;
}
