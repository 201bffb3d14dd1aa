import { catalogText } from "../catalog/compare.ts";
import type { Engine, RunLock, Session } from "../engines/engine.ts";
import type { LedgerStatements } from "../store/write-ledger.ts";

/** What storing a catalog needs of the run that changed it. */
export interface CatalogPlace {
  readonly engine: Engine;
  readonly session: Session;
  readonly lock: RunLock;
  readonly epoch: number;
  readonly write: LedgerStatements;
  readonly hash: (text: string) => string;
}

/**
 * Stores the catalog that drift is judged against, with the heads it belongs to. Called while the run lock is held, so
 * that what is read is what this run left.
 */
export async function storeCatalog(place: CatalogPlace, heads: readonly string[]): Promise<void> {
  const { engine, session, lock, write, epoch, hash } = place;
  try {
    const catalog = await engine.introspect(session, { withoutDependencies: true, owners: "all" });
    const statement = write.storeCatalog(hash(catalogText(catalog)), JSON.stringify(catalog), heads);
    if (lock.scope === "step") await lock.enter(session);
    else await session.script([engine.sql.begin, write.fence(epoch)]);
    await session.script([statement, "COMMIT"]);
  } catch (error) {
    await session.rollback();
    throw error;
  }
}
