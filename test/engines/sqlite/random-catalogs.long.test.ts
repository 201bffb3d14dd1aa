import { expect, test } from "vitest";
import { expectRandomPairs } from "./random-pairs.ts";

test("any of thousands of schemas becomes another with its rows, and back", { timeout: 900_000 }, async () => {
  const { pairs, refused } = await expectRandomPairs(Number(process.env["KEELSON_TEST_RUNS"] ?? 600));
  // Most have to be changed with rows in them for this to say much of rows.
  expect(refused).toBeLessThan(pairs);
});
