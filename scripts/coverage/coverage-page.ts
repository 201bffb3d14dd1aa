import { knownExceptions } from "../../test/plan/known-exceptions.ts";
import type { PartResult } from "./coverage-parts.ts";

const suites: Readonly<Record<PartResult["suite"], string>> = {
  corpus: "own corpus (`test/corpus`)",
  pairs: "407 pairs of small schemas",
  real: "schemas of real systems",
  random: "made-up schemas",
  equal: "copies of such schemas",
};

/** The page with the figures of all parts. */
export function coveragePage(results: readonly PartResult[]): string {
  return `# What was measured

This page is written by \`npm run coverage\`. A *way* takes a database from one schema to another with the plan that Keelson makes; every suite goes
both ways. The independent dump is pg_dump's, with owners and privileges; for SQLite, all pragmas and the tokens of \`sqlite_schema\`.

- **own corpus**: cases with rows of their own, each there, back, and from the other end.
- **407 pairs** and **real systems**: rows are made up for every table that takes them. A way that they stand in the way of, as its requirements
  tell before the first statement, is gone on empty tables.
- **made-up schemas**: random pairs of schemas with odd names, by the generator of the property tests.
- **copies**: a third of the corpus, the real schemas and some made-up ones, each made again, by another role, read under other settings, dumped and restored by pg_dump, and made from its own description;
  then compared with the original.

| suite | on | ways | converged | by the dump as well | rows kept | stopped as they must | false differences | silent |
|---|---|---|---|---|---|---|---|---|
${results.map(row).join("\n")}

*Silent*: the plan is empty although the dumps differ.

## Exceptions

${exceptions(results)}
`;
}

function row(result: PartResult): string {
  const { ways, stopped, suite } = result;
  const run = ways - stopped;
  const cells =
    suite === "equal"
      ? ["", "", ""]
      : [
          `${result.equalDumps} of ${run}${percent(result.equalDumps, run)}`,
          `${result.kept} of ${result.withRows}`,
          String(stopped),
        ];
  const converged = `${result.converged} of ${run}${percent(result.converged, run)}`;
  return `| ${[suites[suite], result.place, ways, converged, ...cells, result.falseDifferences, suite === "equal" ? "" : result.silent].join(" | ")} |`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %)`;
}

/** Every way that did not go as it should, once, with the places where and the reason. */
function exceptions(results: readonly PartResult[]): string {
  const found = new Map<string, { readonly places: string[]; readonly reason: string }>();
  for (const { place, exceptions: list } of results) {
    for (const { name, result, detail } of list) {
      const reason = knownExceptions[name] ?? `${result}: ${detail}`;
      const entry = found.get(`${name}\0${reason}`) ?? { places: [], reason };
      entry.places.push(place);
      found.set(`${name}\0${reason}`, entry);
    }
  }
  if (found.size === 0) return "None.";
  const rows = [...found].map(([key, { places, reason }]) => {
    const cells = [key.split("\0")[0] ?? "", [...new Set(places)].join(", "), reason];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  });
  return ["| way | on | why |", "|---|---|---|", ...rows.sort()].join("\n");
}
