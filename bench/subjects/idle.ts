import { fileURLToPath } from "node:url";
import type { PostgresServer } from "../../src/testing/index.ts";
import type { Bench, Subject } from "../harness/bench.ts";
import { runOrThrow } from "../harness/command.ts";
import { type Contender, compare, type Measurement, ratio } from "../harness/compare.ts";
import { type Goal, measurementTable, ratioGoal } from "../harness/report.ts";
import { keelsonUrl, writeOwnLayout } from "../peers/keelson.ts";
import { type Database, tables } from "../peers/peer.ts";

const baseline = "pg, one SELECT";
const verbs = ["upgrade", "status", "history", "current", "heads"] as const;
const sizes = [
  { count: 1000, limit: 1.6 },
  { count: 10_000, limit: 3 },
] as const;
const oneSelect = fileURLToPath(new URL("../programs/one-select.mjs", import.meta.url));

/** Commands that find nothing to do, which is what nearly every run in a life of deployments is. */
export const idle: Subject = {
  name: "idle",
  summary: "nothing to do, status, history, current and heads at 1,000 and 10,000 revisions, beside one SELECT",
  async run(bench) {
    const server = await bench.server();
    const perSize = new Map<number, readonly Measurement[]>();
    for (const { count, limit } of bench.quick ? sizes.slice(0, 1) : sizes) {
      const measurements = await measure(bench, server, count);
      perSize.set(count, measurements);
      const goals = verbs.map((verb) => ratioGoal(measurements, { name: verb, baseline, limit }));
      const title = `Nothing to do at ${count} applied revisions on PostgreSQL ${server.major}`;
      bench.report(measurementTable({ title, measurements, baseline, goals: [...goals, ...growth(perSize)] }));
    }
  },
};

async function measure(bench: Bench, server: PostgresServer, count: number): Promise<readonly Measurement[]> {
  const folder = await bench.folder(`history-${count}`);
  await writeOwnLayout(folder, tables(count));
  const name = `idle_${count}`;
  const database: Database = { kind: "postgres", url: await server.createDatabase(name) };
  const keelson = (...args: readonly string[]) =>
    bench.keelson([...args, "--url", keelsonUrl(database)], { cwd: folder });
  bench.say(`recording ${count} revisions as applied`);
  await runOrThrow(keelson("stamp", "head", "--yes"));

  const one: Contender = {
    name: baseline,
    note: "node, the pg package, connect, SELECT 1",
    prepare: async () => ({ program: process.execPath, args: [oneSelect, database.url], cwd: folder, env: bench.env }),
  };
  const contenders = [one, ...verbs.map((verb) => ({ name: verb, prepare: async () => keelson(verb) }))];
  const rounds = bench.rounds(15, 5);
  const measurements = await compare({ contenders, rounds, warmUps: 1, say: bench.say });
  await server.dropDatabase(name);
  return measurements;
}

/** Ten times the revisions may cost at most ten times what the revisions cost; the rest is starting up. */
function growth(perSize: ReadonlyMap<number, readonly Measurement[]>): readonly Goal[] {
  const [small, large] = sizes.map(({ count }) => perSize.get(count));
  if (small === undefined || large === undefined) return [];
  return verbs.flatMap((verb): Goal[] => {
    const [few, many] = [ratio(small, verb, baseline), ratio(large, verb, baseline)];
    const measured = few === null || many === null ? null : many / few;
    return [{ what: `${verb}: 10,000 revisions to 1,000`, measured, limit: 10, unit: "×" }];
  });
}
