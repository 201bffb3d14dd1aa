import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Subject } from "../harness/bench.ts";
import { type Contender, compare, type Measurement } from "../harness/compare.ts";
import { type Goal, measurementTable } from "../harness/report.ts";
import { median } from "../harness/statistics.ts";
import { writeOwnLayout } from "../peers/keelson.ts";
import { tables } from "../peers/peer.ts";

const alone = "PGlite alone";
const first = "first upgrade of a machine";
const second = "upgrade, new folder";
const again = "upgrade, nothing to do";
const program = fileURLToPath(new URL("../programs/open-pglite.mjs", import.meta.url));

/** The embedded database from nothing, with and without the snapshot that Keelson keeps. */
export const pglite: Subject = {
  name: "pglite",
  summary: "cold starts of PGlite: the first of a machine, a new folder, a folder that is there",
  async run(bench) {
    const cwd = await bench.folder("pglite");
    await writeOwnLayout(cwd, tables(10));
    const cache = (name: string) => ({ KEELSON_CACHE: join(cwd, name) });
    const upgrade = (folder: string, env: Readonly<Record<string, string>>) =>
      bench.keelson(["upgrade", "--url", `pglite:${folder}`], { cwd, env });
    const remove = (...names: readonly string[]) =>
      Promise.all(names.map((name) => rm(join(cwd, name), { recursive: true, force: true })));

    const contenders: readonly Contender[] = [
      {
        name: alone,
        note: "node, PGlite.create on a new folder, SELECT 1",
        prepare: async () => ({ program: process.execPath, args: [program, join(cwd, "alone")], cwd, env: bench.env }),
        clear: () => remove("alone").then(() => undefined),
      },
      {
        name: first,
        note: "10 revisions, empty cache",
        prepare: async () => upgrade("first", cache("empty-cache")),
        clear: () => remove("first", "empty-cache").then(() => undefined),
      },
      {
        name: second,
        note: "10 revisions, the snapshot is in the cache",
        prepare: async () => upgrade("second", cache("warm-cache")),
        clear: () => remove("second").then(() => undefined),
      },
      { name: again, note: "the folder is there", prepare: async () => upgrade("again", cache("warm-cache")) },
    ];
    const rounds = bench.rounds(5, 1);
    const measurements = await compare({ contenders, rounds, warmUps: 1, memory: true, say: bench.say });
    const goals = [second, again].map((name) => timeGoal(measurements, name, 1000));
    bench.report(measurementTable({ title: "PGlite from nothing", measurements, baseline: alone, goals }));
  },
};

function timeGoal(measurements: readonly Measurement[], name: string, limit: number): Goal {
  const times = measurements.find((measurement) => measurement.name === name)?.runsMs ?? [];
  return { what: name, measured: times.length === 0 ? null : median(times), limit, unit: "ms" };
}
