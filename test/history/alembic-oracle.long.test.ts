import { expect, test } from "vitest";
import { alembicMissing, compareWithAlembic, expectMostlyEqual, randomCases } from "./alembic-oracle.ts";

test.skipIf(alembicMissing())(
  "100,000 random targets lead where Alembic's revision map leads",
  { timeout: 600_000 },
  () => {
    for (let seed = 1; seed <= 10; seed++) {
      const comparison = compareWithAlembic(randomCases(1000, seed));
      expect(comparison.compared).toBe(10_000);
      expect(comparison.disagreements.slice(0, 3)).toEqual([]);
      expectMostlyEqual(comparison);
    }
  },
);
