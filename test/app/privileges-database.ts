import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";

/** Runs statements on a database as an operator would. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  const engine = postgresEngine({ url, ledger: { schema: "keelson", prefix: "" } });
  const session = await engine.open("write");
  try {
    await session.script(statements);
  } finally {
    await session.close();
    await engine.close();
  }
}
