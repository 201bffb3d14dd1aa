import type { Subject } from "../harness/bench.ts";
import { type Contender, compare } from "../harness/compare.ts";
import { measurementTable, memoryGoal, ratioGoal } from "../harness/report.ts";
import { alembic } from "../peers/alembic.ts";
import { onPostgres, usablePeers } from "../peers/contender.ts";
import { keelson, keelsonOnSqlx } from "../peers/keelson.ts";
import { dbmate, drizzle, knex, nodePgMigrate } from "../peers/node-peers.ts";
import { psqlFloor, psqlLedgerFloor } from "../peers/psql.ts";

/** Many small revisions on a PostgreSQL server whose commits are durable. */
export const apply: Subject = {
  name: "apply",
  summary: "1,000 one-table revisions on PostgreSQL, beside psql and other runners",
  async run(bench) {
    const count = bench.quick ? 100 : 1000;
    const { env } = bench;
    const own = [keelson(bench), keelsonOnSqlx(bench)];
    const others = [alembic(env), nodePgMigrate(env), knex(env), drizzle(env), dbmate(env)];
    const peers = await usablePeers(bench, [psqlFloor(env), psqlLedgerFloor(env), ...own, ...others]);
    const server = await bench.server();
    const contenders: Contender[] = [];
    for (const peer of peers) contenders.push(await onPostgres(bench, peer, server, count));

    const rounds = bench.rounds(5, 2);
    const measurements = await compare({ contenders, rounds, memory: true, say: bench.say });
    const goals = own.flatMap(({ name }) => [
      ratioGoal(measurements, { name, baseline: "psql", limit: 1.15 }),
      memoryGoal(measurements, name, 120),
    ]);
    const title = `Apply ${count} one-table revisions to an empty PostgreSQL ${server.major} database, fsync on (${rounds} rounds)`;
    bench.report(measurementTable({ title, measurements, baseline: "psql", goals }));
  },
};
