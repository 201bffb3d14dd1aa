import { describe, expect, test } from "vitest";
import { placeName } from "../corpus/case-places.ts";
import type { CasePlace } from "../corpus/read-cases.ts";
import { failedPerMille, runSuite, shareOf, summary, unexpected } from "../corpus/run-suite.ts";
import { casesFolder, readPairs } from "./schema-cases.ts";

const folder = casesFolder();
const pairs = folder === null ? [] : await readPairs(folder);
/** A share of a suite swings more than the whole of it, of which 10 may fail. */
const allowedPerMille = 30;

/** Every fourth pair is run at one of them; `npm run coverage` runs all of them everywhere. */
const places: readonly CasePlace[] = [15, "pglite", 17, 18];

describe.skipIf(folder === null).concurrent("407 pairs of schemas, both directions, with rows", () => {
  test.for(places)(
    "on %s, judged by a second reading, by pg_dump and by the rows",
    { timeout: 1_800_000 },
    async (place) => {
      const { outcomes } = await runSuite(shareOf(pairs, [...places, ...places, ...places, ...places], place), place, {
        fill: true,
      });
      console.info(placeName(place), summary(outcomes));
      const bad = unexpected(outcomes);
      expect(bad.filter((line) => /^(?:lost-rows|silent|false):/.test(line))).toEqual([]);
      expect(failedPerMille(outcomes), bad.join("\n")).toBeLessThanOrEqual(allowedPerMille);
      const filled = outcomes.filter(({ rows }) => rows > 0).length;
      expect(filled).toBeGreaterThan(outcomes.length / 3);
    },
  );
});
