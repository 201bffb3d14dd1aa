import fc from "fast-check";
import { openAnother } from "../../test/corpus/another-role.ts";
import { openPlaces, placeName } from "../../test/corpus/case-places.ts";
import { falseDifferences } from "../../test/corpus/false-differences.ts";
import { type CasePlace, type CorpusCase, readCases } from "../../test/corpus/read-cases.ts";
import { isGood, type WayOutcome } from "../../test/corpus/run-case.ts";
import { runSuite } from "../../test/corpus/run-suite.ts";
import { relatedCatalogs } from "../../test/plan/random-catalogs.ts";
import { casesFolder, madeCase, readPairs, readSystemCases } from "../../test/plan/schema-cases.ts";

/** One suite at one place. */
export interface CoveragePart {
  /** `pairs:15`. */
  readonly name: string;
  readonly suite: "corpus" | "pairs" | "real" | "random" | "equal";
  readonly place: CasePlace;
}

/** What a part came to. */
export interface PartResult {
  readonly suite: CoveragePart["suite"];
  readonly place: string;
  readonly ways: number;
  /** A second reading found no difference. */
  readonly converged: number;
  /** The independent dump was made, and it was equal. */
  readonly dumped: number;
  readonly equalDumps: number;
  /** Ways on which there were rows, and on which they were all kept. */
  readonly withRows: number;
  readonly kept: number;
  /** Ways that end before the first statement, as they have to. */
  readonly stopped: number;
  readonly falseDifferences: number;
  readonly silent: number;
  readonly exceptions: readonly { readonly name: string; readonly result: string; readonly detail: string }[];
}

const places: Readonly<Record<CoveragePart["suite"], readonly CasePlace[]>> = {
  corpus: [14, 15, 16, 17, 18, "pglite", "sqlite"],
  pairs: [15, 17, 18, "pglite"],
  real: [15, 18, "sqlite"],
  random: [15, 18, "pglite"],
  equal: [15, 18, "pglite"],
};

/** Everything that the page has figures of. */
export const parts: readonly CoveragePart[] = (["corpus", "pairs", "real", "random", "equal"] as const).flatMap(
  (suite) => places[suite].map((place) => ({ name: `${suite}:${place}`, suite, place })),
);

/** How many pairs of made-up schemas are tried at each place. */
const randomPairs = Number(process.env["KEELSON_COVERAGE_RANDOM"] ?? 500);

/** Runs a part from beginning to end. */
export async function runPart(part: CoveragePart): Promise<PartResult> {
  if (part.suite === "equal") return await equalCopies(part);
  const cases = await casesOf(part);
  const { outcomes } = await runSuite(cases, part.place, { fill: part.suite === "pairs" || part.suite === "real" });
  return counted(part, outcomes);
}

async function casesOf({ suite, place }: CoveragePart): Promise<readonly CorpusCase[]> {
  if (suite === "corpus") return (await readCases()).filter(({ places: of }) => of.includes(place));
  if (suite === "random") {
    const pairs = fc.sample(relatedCatalogs, { numRuns: randomPairs });
    return pairs.map(([from, to], index) => madeCase(`made-up ${index + 1}`, from, to));
  }
  const folder = casesFolder();
  if (folder === null) return [];
  if (suite === "pairs") return await readPairs(folder);
  return await readSystemCases(folder, place === "sqlite" ? "sqlite" : "postgres");
}

function counted({ suite, place }: CoveragePart, outcomes: readonly WayOutcome[]): PartResult {
  const count = (wanted: (outcome: WayOutcome) => boolean): number => outcomes.filter(wanted).length;
  const equal = count(({ result }) => result === "converged" || result === "lost-rows");
  const differing = count(({ result }) => result === "dump-differs" || result === "silent");
  return {
    suite,
    place: placeName(place),
    ways: outcomes.length,
    converged: equal + differing,
    dumped: equal + differing,
    equalDumps: equal,
    withRows: count(({ rows, result }) => rows > 0 && (result === "converged" || result === "lost-rows")),
    kept: count(({ rows, result }) => rows > 0 && result === "converged"),
    stopped: count(({ result }) => result === "stopped"),
    falseDifferences: count(({ result }) => result === "false"),
    silent: count(({ result }) => result === "silent"),
    exceptions: outcomes
      .filter((outcome) => !isGood(outcome))
      .map(({ name, result, detail }) => ({
        name,
        result,
        detail: detail.split("\n").slice(0, 2).join(" ").slice(0, 300),
      })),
  };
}

/** Whether a schema has an extension that PGlite does not bring along. */
function isBeyondPglite(sql: string): boolean {
  return sql.includes("EXTENSION IF NOT EXISTS tablefunc");
}

/** Schemas of every suite, of the corpus a third, made again in other ways: no difference may be seen. */
async function equalCopies(part: CoveragePart): Promise<PartResult> {
  const cases = [
    ...(await casesOf({ ...part, suite: "corpus" })).filter((_, index) => index % 3 === 0),
    ...(await casesOf({ ...part, suite: "real" })).filter(
      ({ from, to }) => part.place !== "pglite" || !isBeyondPglite(from + to),
    ),
    ...(await casesOf({ ...part, suite: "random" })).slice(0, 50),
  ];
  const opened = await openPlaces(part.place);
  const ofAnother = typeof part.place === "number" ? await openAnother(opened.first) : null;
  const found: string[] = [];
  let schemas = 0;
  try {
    for (const { name, from, to, roles } of cases) {
      for (const [side, sql] of [
        ["from", from],
        ["to", to],
      ] as const) {
        schemas++;
        found.push(...(await falseDifferences({ name: `${name}, ${side}`, sql, roles }, { ...opened, ofAnother })));
      }
    }
  } finally {
    await ofAnother?.close();
    await opened.close();
  }
  const exceptions = found.map((line) => ({
    name: line.split(": ")[0] ?? "",
    result: "false",
    detail: line.slice(0, 400),
  }));
  const nothing = { dumped: 0, equalDumps: 0, withRows: 0, kept: 0, stopped: 0, silent: 0 };
  const differing = new Set(found.map((line) => line.split(",").slice(0, 2).join(","))).size;
  return {
    ...nothing,
    suite: "equal",
    place: placeName(part.place),
    ways: schemas,
    converged: schemas - differing,
    falseDifferences: differing,
    exceptions,
  };
}
