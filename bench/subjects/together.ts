import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { startPgBouncer } from "../../test/support/pgbouncer.ts";
import type { Bench, Subject } from "../harness/bench.ts";
import { type Command, type CommandResult, runCommand } from "../harness/command.ts";
import { findProgram } from "../harness/find-program.ts";
import { query } from "../harness/query.ts";
import type { Cell, Goal, Table } from "../harness/report.ts";
import { median, rounded } from "../harness/statistics.ts";

/** Seconds that the first revision takes, so that all processes are there before it ends. */
const overlap = 6;
const revisions = 8;

/** What one crowd did. */
interface Outcome {
  readonly way: string;
  readonly results: readonly CommandResult[];
  readonly wallMs: number;
  /** How often revisions ran, all together: each should have run once. */
  readonly executions: number;
  readonly recorded: number;
  /** Advisory locks and invalid indexes that remained; null where there is no such thing. */
  readonly leftovers: number | null;
}

/** Many replicas that start at once and each upgrade the same fresh database. */
export const together: Subject = {
  name: "together",
  summary: "50 processes upgrade one fresh database at once, directly and through PgBouncer; 20 on SQLite",
  async run(bench) {
    const processes = bench.quick ? 10 : 50;
    const outcomes = [await onServer(bench, "direct", processes, null)];
    if (findProgram("pgbouncer") === null) bench.say("left out: PgBouncer is not installed (Debian: pgbouncer)");
    else {
      for (const pool of bench.quick ? [2] : [20, 2])
        outcomes.push(await onServer(bench, `PgBouncer, pool of ${pool}`, processes, pool));
    }
    outcomes.push(await onSqlite(bench, bench.quick ? 10 : 20));
    bench.report(describe(outcomes));
  },
};

async function onServer(bench: Bench, way: string, processes: number, pool: number | null): Promise<Outcome> {
  const server = await bench.server();
  const cwd = await bench.folder("together");
  await writeHistory(cwd, {
    sleep: `SELECT pg_sleep(${overlap});`,
    index: "CREATE INDEX CONCURRENTLY ran_at ON ran (revision);",
  });
  const name = `together_${pool ?? "direct"}`;
  const direct = await server.createDatabase(name);
  const bouncer = pool === null ? null : await startPgBouncer({ url: direct, poolSize: pool });
  try {
    bench.say(`${processes} processes at once: ${way}`);
    const crowd = await runCrowd(processes, bench.keelson(["upgrade", "--url", bouncer?.url() ?? direct], { cwd }));
    const [ran] = await query(direct, "SELECT count(*)::int AS runs FROM ran");
    const [recorded] = await query(direct, "SELECT count(*)::int AS rows FROM keelson.ledger");
    const [left] = await query(
      direct,
      "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')::int + (SELECT count(*) FROM pg_index WHERE NOT indisvalid)::int AS things",
    );
    return {
      way,
      ...crowd,
      executions: Number(ran?.["runs"]),
      recorded: Number(recorded?.["rows"]),
      leftovers: Number(left?.["things"]),
    };
  } finally {
    await bouncer?.stop();
    await server.dropDatabase(name);
  }
}

async function onSqlite(bench: Bench, processes: number): Promise<Outcome> {
  const cwd = await bench.folder("together");
  const count = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000) SELECT count(*) FROM n;`;
  await writeHistory(cwd, { sleep: count, index: "CREATE INDEX ran_at ON ran (revision);" });
  const file = join(cwd, "bench.db");
  bench.say(`${processes} processes at once: SQLite`);
  const crowd = await runCrowd(processes, bench.keelson(["upgrade", "--url", `sqlite:${file}`], { cwd }));
  if (!existsSync(file)) return { way: "SQLite", ...crowd, executions: 0, recorded: 0, leftovers: null };
  const database = new Sqlite(file, { readonly: true });
  try {
    const one = (sql: string): number => Number(database.prepare(sql).pluck().get());
    const executions = one("SELECT count(*) FROM ran");
    return {
      way: "SQLite",
      ...crowd,
      executions,
      recorded: one("SELECT count(*) FROM keelson_ledger"),
      leftovers: null,
    };
  } finally {
    database.close();
  }
}

async function runCrowd(processes: number, command: Command): Promise<Pick<Outcome, "results" | "wallMs">> {
  const started = performance.now();
  const limitMs = 120_000;
  const results = await Promise.all(Array.from({ length: processes }, () => runCommand(command, { limitMs })));
  return { results, wallMs: performance.now() - started };
}

/** Every revision leaves a row each time it runs, so that running twice can't go unseen. */
async function writeHistory(cwd: string, sql: { readonly sleep: string; readonly index: string }): Promise<void> {
  const migrations = join(cwd, "migrations");
  await mkdir(migrations, { recursive: true });
  for (let number = 1; number <= revisions; number++) {
    const mark = `INSERT INTO ran (revision) VALUES (${number});\n`;
    const table = `CREATE TABLE made_${number} (id int PRIMARY KEY);\n`;
    const first = number === 1 ? `CREATE TABLE ran (revision int);\n${sql.sleep}\n` : "";
    const index = number === 5 ? `${sql.index}\n` : "";
    await writeFile(join(migrations, `${number}_step.sql`), `${first}${mark}${table}${index}`);
  }
}

function describe(outcomes: readonly Outcome[]): Table {
  const rows = outcomes.map((outcome): readonly Cell[] => [
    outcome.way,
    outcome.results.length,
    outcome.results.filter((result) => result.code === 0).length,
    failures(outcome.results),
    rounded(outcome.wallMs / 1000, 1),
    rounded(median(outcome.results.map((result) => result.wallMs)) / 1000, 1),
    outcome.executions,
    outcome.recorded,
    outcome.leftovers,
  ]);
  const goals = outcomes.flatMap((outcome): Goal[] => {
    const none = (what: string, measured: number): Goal => ({
      what: `${outcome.way}: ${what}`,
      measured,
      limit: 0,
      unit: "",
    });
    const failed = outcome.results.filter((result) => result.code !== 0).length;
    return [
      none("processes that failed", failed),
      none("executions too many or too few", Math.abs(outcome.executions - revisions)),
      none("ledger rows too many or too few", Math.abs(outcome.recorded - revisions)),
      ...(outcome.leftovers === null ? [] : [none("locks and invalid indexes left", outcome.leftovers)]),
    ];
  });
  return {
    title: `Processes that upgrade one fresh database at once; ${revisions} revisions, the first sleeps ${overlap} s (on SQLite it computes), one builds an index (on PostgreSQL concurrently)`,
    columns: ["", "processes", "exit 0", "other exits", "all s", "median s", "executions", "recorded", "left"],
    rows,
    goals,
  };
}

function failures(results: readonly CommandResult[]): string {
  const counts = new Map<string, number>();
  for (const { code, tail } of results) {
    if (code === 0) continue;
    const reason = `${code ?? "killed"} ${tail.split("\n").at(-1)?.slice(0, 80) ?? ""}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} × ${reason}`).join("; ");
}
