import { expect, test } from "vitest";
import { expectRandomPairs } from "./random-pairs.ts";

test("any schema becomes any other with its rows, and back", { timeout: 60_000 }, async () => {
  const { pairs } = await expectRandomPairs(Number(process.env["KEELSON_TEST_RUNS"] ?? 40));
  expect(pairs).toBeGreaterThan(0);
});
