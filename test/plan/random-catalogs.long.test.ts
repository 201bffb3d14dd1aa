import { describe, test } from "vitest";
import { checkRandomCatalogs } from "./check-random-catalogs.ts";

// KEELSON_TEST_RUNS sets how many; without it, as many as fit into the time.
const runs = Number(process.env["KEELSON_TEST_RUNS"] ?? 2000);
const milliseconds = 40_000;

describe.concurrent("made-up schemas become each other, and back", () => {
  test.for([15, 18, "pglite"] as const)("on %s", { timeout: 600_000 }, async (place) => {
    await checkRandomCatalogs(place, { runs, milliseconds });
  });
});

test("any order that the needs of its statements allow applies", { timeout: 600_000 }, async () => {
  await checkRandomCatalogs(18, { runs: Math.min(runs, 200), milliseconds, shuffled: true });
});
