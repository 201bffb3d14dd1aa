import { describe, expect, test } from "vitest";
import { placeName } from "../corpus/case-places.ts";
import type { CasePlace } from "../corpus/read-cases.ts";
import { failures, runSuite, summary } from "../corpus/run-suite.ts";
import { casesFolder, readPairs } from "./schema-cases.ts";

const folder = casesFolder();
const pairs = folder === null ? [] : await readPairs(folder);
const places: readonly CasePlace[] = [15, 17, 18, "pglite"];

describe.skipIf(folder === null).concurrent("407 pairs of schemas, both directions, with rows", () => {
  test.for(places)(
    "on %s, judged by a second reading, by pg_dump and by the rows",
    { timeout: 1_800_000 },
    async (place) => {
      const { outcomes } = await runSuite(pairs, place, { fill: true });
      console.info(placeName(place), summary(outcomes));
      const bad = failures(outcomes);
      expect(bad.filter((line) => /^(lost-rows|silent|false):/.test(line))).toEqual([]);
      const filled = outcomes.filter(({ rows }) => rows > 0).length;
      expect(filled).toBeGreaterThan(outcomes.length / 2);
      expect(1 - bad.length / outcomes.length, bad.join("\n")).toBeGreaterThanOrEqual(0.99);
    },
  );
});
