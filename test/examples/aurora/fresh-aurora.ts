import { freshDatabase } from "../../support/postgres.ts";
import { startProgram } from "../../support/run-keelson.ts";
import type { Checkout } from "../checkout.ts";
import { type Looker, lookAtPostgres, lookAtSqlite } from "./look-at.ts";

/** The revisions of the history, by what they do. */
export const revisions = {
  first: "164468809966",
  preferences: "25c45baa9b69",
  userStatus: "f87f6c99c1fb",
  listedValues: "ef6747469b38",
  merge: "614e5947b1ff",
  foreignKeys: "334d865d75f2",
  cancelled: "fa6706f27677",
} as const;

/** A database of Aurora's to work on and to look at. */
export interface Aurora extends Looker {
  /** Runs `scripts/db-migrate.sh` on this database, without anybody to answer, and expects this exit code. */
  migrate(command: string, code?: number): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

let count = 0;

/** An empty database of its own for one test. */
export async function freshAurora(checkout: Checkout, engine: Looker["engine"]): Promise<Aurora> {
  if (engine === "postgres") {
    const url = await freshDatabase();
    return { ...lookAtPostgres(url), migrate: migrating(checkout, url) };
  }
  count += 1;
  const file = `test${count}.db`;
  return { ...lookAtSqlite(checkout.path(file)), migrate: migrating(checkout, `sqlite:./${file}`) };
}

function migrating(checkout: Checkout, url: string): Aurora["migrate"] {
  return async (command, code = 0) => {
    const line = `./scripts/db-migrate.sh ${command}`;
    const result = await startProgram("bash", ["-c", line], { cwd: checkout.folder, env: { DATABASE_URL: url } }).done;
    if (result.code !== code) throw new Error(`${line}: exit code ${result.code}\n${result.stdout}${result.stderr}`);
    return result;
  };
}
