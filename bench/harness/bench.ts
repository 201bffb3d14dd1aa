import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PostgresServer, startPostgres } from "../../src/testing/index.ts";
import type { Command } from "./command.ts";
import type { Table } from "./report.ts";

/** What every subject works with. */
export interface Bench {
  /** Fewer rounds and smaller histories. */
  readonly quick: boolean;
  /** How often to measure: the number asked for on the command line, else what the subject finds right. */
  rounds(full: number, quick: number): number;
  /** A server of our own whose commits are durable, started when first asked for. */
  server(): Promise<PostgresServer>;
  /** A new empty folder. */
  folder(name: string): Promise<string>;
  /** Keelson's command line, in an environment that holds nothing of ours. */
  keelson(
    args: readonly string[],
    where: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ): Command;
  /** Environment variables for any process: no settings of the person at the terminal. */
  readonly env: Readonly<Record<string, string>>;
  /** Says on the terminal what is going on. */
  say(text: string): void;
  /** Adds a table to the report. */
  report(table: Table): void;
}

/** A group of measurements that can be asked for by name. */
export interface Subject {
  readonly name: string;
  readonly summary: string;
  readonly run: (bench: Bench) => Promise<void>;
}

const keelsonProgram = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** No checkpoint falls into one contender's time by chance. */
const steady = { max_wal_size: "4GB", checkpoint_timeout: "1h" };

/** Gives `work` a bench, and stops its server and removes its folders whatever happens. */
export async function withBench(
  options: {
    readonly quick: boolean;
    readonly rounds: number | null;
    readonly say: (text: string) => void;
    readonly report: (table: Table) => void;
  },
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "keelson-bench-"));
  const env = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: root,
    KEELSON_CACHE: join(root, "cache"),
    NO_COLOR: "1",
  };
  const servers: Promise<PostgresServer>[] = [];
  let folders = 0;
  const bench: Bench = {
    quick: options.quick,
    rounds: (full, quick) => options.rounds ?? (options.quick ? quick : full),
    async server() {
      const server = servers[0] ?? startPostgres({ fsync: true, settings: steady });
      if (servers.length === 0) servers.push(server);
      return await server;
    },
    async folder(name) {
      folders += 1;
      const path = join(root, `${folders}-${name}`);
      await mkdir(path, { recursive: true });
      return path;
    },
    keelson: (args, where) => ({
      program: process.execPath,
      args: [keelsonProgram, ...args],
      cwd: where.cwd,
      env: { ...env, ...where.env },
    }),
    env,
    say: options.say,
    report: options.report,
  };
  // Servers don't keep this process alive by themselves, and it must not end while it waits for one of them.
  const alive = setInterval(() => undefined, 60_000);
  try {
    await work(bench);
  } finally {
    for (const server of servers) await (await server).stop();
    await rm(root, { recursive: true, force: true });
    clearInterval(alive);
  }
}
