import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";
import { runAndClose } from "./on-live.ts";

/** Runs statements on a database as an operator would. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  await runAndClose(postgresEngine({ url, ledger: { schema: "keelson", prefix: "" } }), statements);
}
