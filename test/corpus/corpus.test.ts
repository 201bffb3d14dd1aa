import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenPlaces, openPlaces } from "./case-places.ts";
import { readCase, readCases } from "./read-cases.ts";
import { isGood, runCase } from "./run-case.ts";

const cases = await readCases();
const areas = [...new Set(cases.map(({ name }) => name.split("/")[0]))];

describe.each(["pglite", "sqlite"] as const)("one case of each area on %s", (place) => {
  let places: OpenPlaces;
  beforeAll(async () => {
    places = await openPlaces(place);
  });
  afterAll(() => places?.close());

  const here = areas.flatMap((area) => {
    const first = cases.find(({ name, places: of }) => name.startsWith(`${area}/`) && of.includes(place));
    return first === undefined ? [] : [first];
  });
  // The independent dump takes most of the time; the long tests make all of them.
  test.each(here.map((one, index) => [one.name, one, index % 8 === 0] as const))("%s", async (_name, one, dumps) => {
    const outcomes = await runCase(one, places, { dumps });
    expect(outcomes.filter((outcome) => !isGood(outcome))).toEqual([]);
  });

  if (place === "pglite") {
    const broken =
      "-- from\nCREATE TABLE t (id integer);\n-- rows\nINSERT INTO t VALUES (1);\n-- to\nCREATE TABLE t (id integer);\n";
    test("what is not as a case says is told: a refusal that does not come, a script that does not load", async () => {
      const refused = await runCase(readCase("a/refused", `-- refused: to\n${broken}`), places);
      expect(refused[0]).toMatchObject({
        name: "a/refused, to",
        result: "failed",
        detail: "it should have been refused",
      });
      const unreadable = await runCase(readCase("a/unreadable", broken.replace("(id", "(id nothing")), places);
      expect(unreadable).toMatchObject([{ result: "failed", detail: expect.stringContaining("not loaded: ") }]);
    });
  }
});

test("a header that nobody knows is refused", () => {
  expect(() => readCase("a/b", "-- engine: sqlite\n-- from\n-- to\n")).toThrow('a/b: "engine" is not one of engines');
});
