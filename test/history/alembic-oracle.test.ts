import { expect, test } from "vitest";
import { alembicMissing, compareWithAlembic, expectMostlyEqual, randomCases } from "./alembic-oracle.ts";

test.skipIf(alembicMissing())(
  "2,000 random targets lead where Alembic's revision map leads",
  { timeout: 60_000 },
  () => {
    const comparison = compareWithAlembic(randomCases(200, 20_261_121));
    expect(comparison.compared).toBe(2000);
    expect(comparison.disagreements.slice(0, 3)).toEqual([]);
    expectMostlyEqual(comparison);
  },
);
