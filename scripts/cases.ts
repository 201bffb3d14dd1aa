import { parseArgs } from "node:util";
import { allPlaces, openPlaces, placeName } from "../test/corpus/case-places.ts";
import { type CasePlace, type CorpusCase, readCases } from "../test/corpus/read-cases.ts";
import { isGood, runCase, type WayOutcome } from "../test/corpus/run-case.ts";

/** Runs cases of test/corpus: `npm run cases -- [part of a name ...] [--on 15,18,pglite,sqlite] [--plan]`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: "string" }, plan: { type: "boolean", default: false } },
});
const wanted = values.on?.split(",") ?? ["pglite", "15", "sqlite"];
const places = allPlaces.filter((place) => wanted.includes(String(place)) || wanted.includes("all"));
const cases = (await readCases()).filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);

let failed = 0;
for (const place of places) {
  const here = cases.filter((one) => one.places.includes(place));
  if (here.length > 0) failed += await runOn(place, here);
}
process.exit(failed > 0 || cases.length === 0 ? 1 : 0);

async function runOn(place: CasePlace, here: readonly CorpusCase[]): Promise<number> {
  const opened = await openPlaces(place);
  const started = performance.now();
  const counts = new Map<string, number>();
  let bad = 0;
  try {
    for (const one of here) {
      for (const outcome of await runCase(one, opened)) {
        counts.set(outcome.result, (counts.get(outcome.result) ?? 0) + 1);
        if (!isGood(outcome)) bad++;
        if (!isGood(outcome) || values.plan) print(place, outcome);
      }
    }
  } finally {
    await opened.close();
  }
  const summary = [...counts].map(([result, count]) => `${count} ${result}`).join(", ");
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${placeName(place)}: ${here.length} cases in ${seconds} s: ${summary}`);
  return bad;
}

function print(place: CasePlace, outcome: WayOutcome): void {
  console.log(`\n${outcome.result.toUpperCase()} on ${placeName(place)}: ${outcome.name}\n${indented(outcome.detail)}`);
  if (outcome.plan.length > 0) console.log(`  the plan:\n${indented(outcome.plan.map((sql) => `${sql};`).join("\n"))}`);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
