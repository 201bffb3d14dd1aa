import { test } from "vitest";
import { walkRandomly } from "./random-walks.ts";

test("random walks over random histories leave the ledger that the planner says and the catalog of a new database", {
  timeout: 120_000,
}, async () => {
  await walkRandomly(25);
});
