import { chmod } from "node:fs/promises";
import { dirname } from "node:path";
import pg from "pg";
import type { RunResult } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import type { ShellVariables } from "../shell.ts";

/** A copy of the example, and how lines are run in it. */
export interface Example extends Checkout {
  /** Runs a line of shell with nothing exported but these. */
  line(text: string, env?: ShellVariables): Promise<RunResult>;
  /** Runs `keelson`, on this database or the project's own. */
  keelson(args: string, url?: string): Promise<RunResult>;
  /** The id of the revision whose message this is. */
  revision(message: string): Promise<string>;
}

/** Copies the example to where the user of a local server can get to it. */
export async function openExample(): Promise<Example> {
  const checkout = await checkOutExample("ai-workflow-engine");
  await linkKeelson(checkout);
  await chmod(dirname(dirname(checkout.folder)), 0o755);
  const line = async (text: string, env: ShellVariables = {}): Promise<RunResult> => {
    await checkout.shell.renew();
    return await checkout.shell.run(text, { env });
  };
  const keelson = (args: string, url?: string): Promise<RunResult> =>
    line(`./node_modules/.bin/keelson ${args}`, url === undefined ? {} : { DATABASE_URL: url });
  return {
    ...checkout,
    line,
    keelson,
    async revision(message) {
      const { stdout } = await keelson("history --offline");
      const found = stdout.split("\n").find((text) => text.includes(message));
      if (found === undefined) throw new Error(`There is no revision "${message}":\n${stdout}`);
      return found.slice(0, 12);
    },
  };
}

/** The values of the rows that the last of some statements gives. */
export async function rows(url: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: unknown = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryArrayResult<unknown[]>;
    return last.rows;
  } finally {
    await client.end();
  }
}
