import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { withoutPrivileges } from "../catalog/privileges.ts";
import type { Engine, ReadingOptions, Session } from "../engines/engine.ts";
import type { PlannedStatement } from "../plan/plan.ts";

/** What a database has, and the statements that would make it. */
export interface DatabaseStatements {
  readonly live: Catalog;
  readonly statements: readonly PlannedStatement[];
}

/** What of owners and privileges is read. */
export interface PrivilegeReading {
  readonly owners: NonNullable<ReadingOptions["owners"]>;
  /** Whether anything is. */
  readonly privileges: boolean;
}

/**
 * Reads a database over a session that can't write, and plans what would make its schema from nothing. `empty` is the
 * catalog of an empty database: what is in there is not made again.
 */
export async function databaseStatements(
  engine: Engine,
  empty: Catalog,
  reading: PrivilegeReading,
): Promise<DatabaseStatements> {
  const session = await engine.open("read");
  try {
    const live = withoutSuperusers(await readDatabase(engine, session, reading));
    const { statements } = await engine.planChanges({ ...empty, serverVersion: live.serverVersion }, live);
    return { live, statements };
  } finally {
    await session.close();
  }
}

/** Reads a database's catalog with as much of owners and privileges as is asked for. */
export async function readDatabase(
  engine: Engine,
  session: Session,
  { owners, privileges }: PrivilegeReading,
): Promise<Catalog> {
  const catalog = await engine.introspect(session, { owners });
  return privileges ? catalog : withoutPrivileges(catalog);
}

/** Only superusers own these, and no role that is made for a scratch database is one. */
const ownedBySuperusers: readonly SchemaObject["kind"][] = ["event-trigger", "foreign-data-wrapper"];

function withoutSuperusers(catalog: Catalog): Catalog {
  const objects = catalog.objects.map((object): SchemaObject => {
    if (!ownedBySuperusers.includes(object.kind) || object.attributes["owner"] === undefined) return object;
    const { owner: _owner, ...attributes } = object.attributes;
    return { ...object, attributes };
  });
  return { ...catalog, objects };
}
