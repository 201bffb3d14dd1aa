import { test } from "vitest";
import { checkRandomCatalogs } from "./check-random-catalogs.ts";

// KEELSON_TEST_RUNS sets how many; without it, as many as fit into the time. `npm run coverage` tries many more, on more servers.
const runs = Number(process.env["KEELSON_TEST_RUNS"] ?? 200);

test("any order that the needs of its statements allow applies", { timeout: 600_000 }, async () => {
  await checkRandomCatalogs(18, { runs, milliseconds: 30_000, shuffled: true });
});
