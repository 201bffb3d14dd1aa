import { expect, test } from "vitest";
import { chosen } from "./crashing-runs.ts";
import { endedAt, serverBoundaries } from "./server-boundaries.ts";

test("a run on PostgreSQL is taken up after its server process ended, at every boundary", {
  timeout: 1_200_000,
}, async () => {
  const uninterrupted = await serverBoundaries();
  expect(uninterrupted.boundaries).toBeGreaterThan(20);
  for (const boundary of chosen(uninterrupted.boundaries, Number.POSITIVE_INFINITY))
    await endedAt(boundary, uninterrupted.outcome);
});
