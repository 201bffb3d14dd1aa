import { test } from "vitest";
import { checkRandomCatalogs } from "./check-random-catalogs.ts";

test("a few made-up schemas become each other, and back, on PGlite", { timeout: 60_000 }, async () => {
  await checkRandomCatalogs("pglite", { runs: 2 });
});
