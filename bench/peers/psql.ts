import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "../harness/command.ts";
import { findProgram } from "../harness/find-program.ts";
import type { Database, Peer, Table } from "./peer.ts";

/** The least that applying the files can cost: one `psql`, a transaction each. */
export function psqlFloor(env: Readonly<Record<string, string>>): Peer {
  return psql({
    name: "psql",
    note: "one process, a transaction a file, no ledger",
    env,
    before: () => "",
    wrap: (table) => `BEGIN;\n${table.create}\nCOMMIT;\n`,
  });
}

/** The same, with a row inserted into a ledger in each transaction: the least that a runner with a ledger can cost. */
export function psqlLedgerFloor(env: Readonly<Record<string, string>>): Peer {
  return psql({
    name: "psql with ledger",
    note: "the same, and a ledger row in each transaction",
    env,
    before: () => "CREATE TABLE ledger (id text PRIMARY KEY, source text, applied_at timestamptz DEFAULT now());\n",
    wrap: (table) =>
      `BEGIN;\n${table.create}\nINSERT INTO ledger (id, source) VALUES ('${table.timestamp}', '${table.create}');\nCOMMIT;\n`,
  });
}

function psql(options: {
  readonly name: string;
  readonly note: string;
  readonly env: Readonly<Record<string, string>>;
  readonly before: () => string;
  readonly wrap: (table: Table) => string;
}): Peer {
  const files: string[] = [];
  return {
    name: options.name,
    note: options.note,
    databases: ["postgres"],
    missing: async () => (findProgram("psql") === null ? "psql is not installed (Debian: postgresql-client)" : null),
    async write(folder, tables) {
      await writeFile(join(folder, "before.sql"), options.before());
      files.push("before.sql");
      for (const table of tables) {
        const file = `${table.timestamp}_${table.name}.sql`;
        await writeFile(join(folder, file), options.wrap(table));
        files.push(file);
      }
    },
    apply: (folder, database) => command({ folder, database, env: options.env, files }),
  };
}

function command(options: {
  readonly folder: string;
  readonly database: Database;
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}): Command {
  const { folder, database, env, files } = options;
  if (database.kind !== "postgres") throw new Error("psql speaks to PostgreSQL only");
  const reading = files.flatMap((file) => ["-f", file]);
  return {
    program: "psql",
    args: ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database.url, ...reading],
    cwd: folder,
    env,
  };
}
