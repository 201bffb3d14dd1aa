import { test } from "vitest";
import { compareWithAlembic, randomCases } from "./alembic-oracle.ts";
test("x", { timeout: 100000 }, () => {
  const r = compareWithAlembic(randomCases(600, 7));
  console.log(r.compared, r.deviations, r.disagreements.length);
  console.log(r.disagreements.slice(0, 12).join("\n\n"));
});
