import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "../harness/find-program.ts";
import type { Peer, Table } from "./peer.ts";

/** The least that applying the files to SQLite can cost: one `sqlite3`, a transaction each. */
export function sqliteShell(env: Readonly<Record<string, string>>): Peer {
  return shell({
    name: "sqlite3",
    note: "one process, a transaction a file, no ledger",
    env,
    ledger: "",
    record: () => "",
  });
}

/** The same, with a row inserted into a ledger in each transaction. */
export function sqliteShellWithLedger(env: Readonly<Record<string, string>>): Peer {
  return shell({
    name: "sqlite3 with ledger",
    note: "the same, and a ledger row in each transaction",
    env,
    ledger: "CREATE TABLE ledger (id text PRIMARY KEY, source text);\n",
    record: (table) => `INSERT INTO ledger VALUES ('${table.timestamp}', '${table.create}');\n`,
  });
}

function shell(options: {
  readonly name: string;
  readonly note: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ledger: string;
  readonly record: (table: Table) => string;
}): Peer {
  const { name, note, env, ledger, record } = options;
  return {
    name,
    note,
    databases: ["sqlite"],
    missing: async () => (findProgram("sqlite3") === null ? "sqlite3 is not installed (Debian: sqlite3)" : null),
    async write(folder, tables) {
      const reads = tables.map((table) => `.read ${table.timestamp}.sql\n`).join("");
      await writeFile(join(folder, "all.sql"), `.bail on\n${ledger}${reads}`);
      for (const table of tables) {
        await writeFile(
          join(folder, `${table.timestamp}.sql`),
          `BEGIN IMMEDIATE;\n${table.create}\n${record(table)}COMMIT;\n`,
        );
      }
    },
    apply(folder, database) {
      if (database.kind !== "sqlite") throw new Error("sqlite3 opens SQLite files only");
      return { program: "sqlite3", args: [database.file], cwd: folder, env, inputFile: join(folder, "all.sql") };
    },
  };
}
