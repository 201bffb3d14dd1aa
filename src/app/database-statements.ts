import type { Catalog } from "../catalog/catalog.ts";
import type { Engine } from "../engines/engine.ts";
import type { PlannedStatement } from "../plan/plan.ts";

/** What a database has, and the statements that would make it. */
export interface DatabaseStatements {
  readonly live: Catalog;
  readonly statements: readonly PlannedStatement[];
}

/**
 * Reads a database over a session that can't write, and plans what would make its schema from nothing. `empty` is the
 * catalog of an empty database: what is in there is not made again.
 */
export async function databaseStatements(engine: Engine, empty: Catalog): Promise<DatabaseStatements> {
  const session = await engine.open("read");
  try {
    const live = await engine.introspect(session);
    const { statements } = await engine.planChanges({ ...empty, serverVersion: live.serverVersion }, live);
    return { live, statements };
  } finally {
    await session.close();
  }
}
