import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench } from "../harness/bench.ts";
import type { Command } from "../harness/command.ts";
import { alembicReady } from "./alembic.ts";
import { failureOf, npmPeersFolder, npmPeerVersion } from "./packages.ts";

/** A tool that compares two databases. */
export interface Comparer {
  readonly name: string;
  readonly note: string;
  /** Why it can't be measured here, or null. */
  readonly missing: () => Promise<string | null>;
  readonly compare: (from: string, to: string, folder: string) => Command;
}

const alembicProgram = fileURLToPath(new URL("../programs/alembic-compare.py", import.meta.url));

/** Everything that compares two PostgreSQL databases as they are, Keelson first. */
export function comparers(bench: Bench): readonly Comparer[] {
  return [keelsonDiff(bench), migra(bench.env), alembicCompare(bench.env)];
}

function keelsonDiff(bench: Bench): Comparer {
  return {
    name: "keelson diff --sql",
    note: "every kind of object, with the statements",
    missing: async () => null,
    compare: (from, to, cwd) => differing(bench.keelson(["diff", from, to, "--sql"], { cwd })),
  };
}

function migra(env: Readonly<Record<string, string>>): Comparer {
  let modules = "";
  return {
    name: `@pgkit/migra ${npmPeerVersion("@pgkit/migra")}`,
    note: "with the statements",
    missing: () =>
      failureOf(async () => {
        modules = join(await npmPeersFolder(), "node_modules");
      }),
    compare: (from, to, cwd) =>
      differing({
        program: process.execPath,
        args: [join(modules, "@pgkit", "migra", "dist", "command.js"), "run", from, to, "--unsafe"],
        cwd,
        env,
      }),
  };
}

function alembicCompare(env: Readonly<Record<string, string>>): Comparer {
  const ready = alembicReady(env);
  const address = (url: string): string => url.replace(/^postgres:/, "postgresql+psycopg2:");
  return {
    name: "Alembic autogenerate",
    note: "tables, columns, indexes and keys only, no defaults; no statements",
    missing: ready.missing,
    compare: (from, to, cwd) => ({
      program: "/usr/bin/python3",
      args: [alembicProgram, address(from), address(to)],
      cwd,
      env: { ...env, ...ready.environment() },
    }),
  };
}

/** Exit code 2 says that there are differences. */
function differing({ program, args, ...rest }: Command): Command {
  return {
    program: "/bin/sh",
    args: ["-c", '"$@"; code=$?; [ $code -eq 2 ] || exit $code', "sh", program, ...args],
    ...rest,
  };
}
