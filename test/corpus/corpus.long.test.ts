import { describe, expect, test } from "vitest";
import { allPlaces, placeName } from "./case-places.ts";
import { type CasePlace, readCases } from "./read-cases.ts";
import { failures, runSuite, summary } from "./run-suite.ts";

const cases = await readCases();

/** Where every case is run and dumped; elsewhere one of so many is, and `npm run coverage` runs all of them. */
const wholly: readonly CasePlace[] = [15, 18, "pglite", "sqlite"];
const oneOf = 4;

describe.concurrent("the corpus, both ways", () => {
  test.for(allPlaces)("on %s", { timeout: 1_800_000 }, async (place) => {
    const here = cases.filter(({ places }) => places.includes(place));
    const chosen = wholly.includes(place) ? here : here.filter((_, index) => index % oneOf === Number(place) % oneOf);
    const { outcomes } = await runSuite(chosen, place);
    console.info(placeName(place), summary(outcomes));
    expect(failures(outcomes)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(0);
  });
});
