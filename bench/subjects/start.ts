import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Subject } from "../harness/bench.ts";
import { type Contender, compare } from "../harness/compare.ts";
import { measurementTable, ratioGoal } from "../harness/report.ts";

const baseline = "node -e 0";
const limit = 1.5;
const calls = [["--version"], ["--help"], ["upgrade", "--help"]] as const;

/** What the command line costs before it does anything. */
export const start: Subject = {
  name: "start",
  summary: "--version and --help, beside node -e 0",
  async run(bench) {
    const cwd = await bench.folder("empty");
    const node: Contender = {
      name: baseline,
      prepare: async () => ({ program: process.execPath, args: ["-e", "0"], cwd, env: bench.env }),
    };
    const nothing = join(cwd, "empty.mjs");
    await writeFile(nothing, "");
    const module: Contender = {
      name: "an empty module",
      note: "what any program written as a module costs",
      prepare: async () => ({ program: process.execPath, args: [nothing], cwd, env: bench.env }),
    };
    const own = calls.map((args) => ({ name: args.join(" "), prepare: async () => bench.keelson(args, { cwd }) }));
    const rounds = bench.rounds(31, 11);
    const measurements = await compare({ contenders: [node, module, ...own], rounds, warmUps: 2, say: bench.say });
    const goals = own.map(({ name }) => ratioGoal(measurements, { name, baseline, limit }));
    bench.report(measurementTable({ title: "Starting", measurements, baseline, goals }));
  },
};
