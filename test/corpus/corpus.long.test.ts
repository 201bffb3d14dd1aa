import { describe, expect, test } from "vitest";
import { allPlaces, placeName } from "./case-places.ts";
import { type CasePlace, readCases } from "./read-cases.ts";
import { failedPerMille, runSuite, shareOf, summary, unexpected } from "./run-suite.ts";

const cases = await readCases();

/** A share of a suite swings more than the whole of it, of which 10 may fail. */
const allowedPerMille = 20;

/** SQLite runs every case. The others share them, so that each is run somewhere; `npm run coverage` runs all of them everywhere. */
const shares: readonly CasePlace[] = [15, 18, "pglite", 17, 14, 16];

describe.concurrent("the corpus, both ways", () => {
  test.for(allPlaces)("on %s", { timeout: 1_800_000 }, async (place) => {
    const here = cases.filter(({ places }) => places.includes(place));
    const chosen = place === "sqlite" ? here : shareOf(here, shares, place);
    const { outcomes } = await runSuite(chosen, place);
    console.info(placeName(place), summary(outcomes));
    const bad = unexpected(outcomes);
    expect(bad.filter((line) => /^(?:lost-rows|silent|false):/.test(line))).toEqual([]);
    expect(failedPerMille(outcomes), bad.join("\n")).toBeLessThanOrEqual(allowedPerMille);
    expect(outcomes.length).toBeGreaterThan(0);
  });
});
