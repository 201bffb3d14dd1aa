import { describe, expect, test } from "vitest";
import { placeName } from "./case-places.ts";
import { type CasePlace, type CorpusCase, readCases } from "./read-cases.ts";
import { runSuite, summary, unexpected } from "./run-suite.ts";

const cases = await readCases();
const places: readonly CasePlace[] = [14, 15, 16, 17, 18, "pglite", "sqlite"];

/**
 * Each case at one of the places that it is made for, in turn, and every fourth one with its independent dumps, which take most
 * of the time; `npm run coverage` runs every case with its dumps at all places.
 */
function turnOf(place: CasePlace): readonly CorpusCase[] {
  return cases.filter((one, index) => {
    const here = places.filter((each) => one.places.includes(each));
    return here[index % here.length] === place;
  });
}

describe.concurrent("the corpus, both ways", () => {
  test.for(places)("its share on %s", { timeout: 1_200_000 }, async (place) => {
    const share = turnOf(place);
    const { outcomes } = await runSuite(share, place, { dumpEvery: 4 });
    console.info(placeName(place), summary(outcomes));
    expect(unexpected(outcomes)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(share.length);
  });
});
