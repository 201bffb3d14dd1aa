import { describe, expect, test } from "vitest";
import { placeName } from "../corpus/case-places.ts";
import { runSuite, summary, unexpected } from "../corpus/run-suite.ts";
import { casesFolder, readSystemCases } from "./schema-cases.ts";

const folder = casesFolder();
const cases = folder === null ? [] : await readSystemCases(folder, "postgres");

describe.skipIf(folder === null).concurrent("schemas of real systems", () => {
  test.for([15] as const)(
    "from empty and back, to the next version and back, on %s",
    { timeout: 1_800_000 },
    async (place) => {
      const { outcomes } = await runSuite(cases, place, { fill: true });
      console.info(placeName(place), summary(outcomes));
      expect(unexpected(outcomes)).toEqual([]);
    },
  );
});
