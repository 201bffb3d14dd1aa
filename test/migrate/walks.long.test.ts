import { test } from "vitest";
import { walkRandomly } from "./random-walks.ts";

test("many random walks over random histories", { timeout: 1_800_000 }, async () => {
  await walkRandomly(400);
});
