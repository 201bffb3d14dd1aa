import { expect, test } from "vitest";
import { readCases } from "./read-cases.ts";
import { runSuite, summary, unexpected } from "./run-suite.ts";

// `npm run coverage` runs every case on every server; this is the part of it that takes seconds.
test("the corpus on SQLite, both ways", { timeout: 600_000 }, async () => {
  const cases = (await readCases()).filter(({ places }) => places.includes("sqlite"));
  const { outcomes } = await runSuite(cases, "sqlite");
  console.info("SQLite", summary(outcomes));
  expect(unexpected(outcomes)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(150);
});
