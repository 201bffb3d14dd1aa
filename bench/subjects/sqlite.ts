import type { Subject } from "../harness/bench.ts";
import { type Contender, compare } from "../harness/compare.ts";
import { measurementTable, memoryGoal } from "../harness/report.ts";
import { alembic } from "../peers/alembic.ts";
import { onSqlite, usablePeers } from "../peers/contender.ts";
import { keelson, keelsonOnSqlx } from "../peers/keelson.ts";
import { dbmate } from "../peers/node-peers.ts";
import { sqliteShell, sqliteShellWithLedger } from "../peers/sqlite-shell.ts";

/** Many small revisions on a SQLite file. */
export const sqlite: Subject = {
  name: "sqlite",
  summary: "1,000 one-table revisions on SQLite, beside sqlite3 and other runners",
  async run(bench) {
    const count = bench.quick ? 100 : 1000;
    const { env } = bench;
    const own = [keelson(bench), keelsonOnSqlx(bench)];
    const all = [sqliteShell(env), sqliteShellWithLedger(env), ...own, alembic(env), dbmate(env)];
    const contenders: Contender[] = [];
    for (const peer of await usablePeers(bench, all)) contenders.push(await onSqlite(bench, peer, count));
    const rounds = bench.rounds(5, 2);
    const measurements = await compare({ contenders, rounds, memory: true, say: bench.say });
    const goals = own.map(({ name }) => memoryGoal(measurements, name, 120));
    const title = `Apply ${count} one-table revisions to an empty SQLite file (${rounds} rounds)`;
    bench.report(measurementTable({ title, measurements, baseline: "sqlite3", goals }));
  },
};
