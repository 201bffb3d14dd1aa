import type { Catalog, ObjectKind } from "../../catalog/catalog.ts";
import { introspect } from "./introspect.ts";
import { loadDriver } from "./load-driver.ts";
import { openMemory } from "./open-session.ts";
import { inOrder } from "./plan/in-order.ts";
import { SqliteSession } from "./sqlite-session.ts";

/** Kinds that the text of a catalog makes, in an order in which each finds what it needs. */
const creationOrder: readonly ObjectKind[] = ["table", "index", "view", "trigger"];

/** The catalog that a database with this catalog has after these statements; asked of a database in memory. */
export async function elaborate(catalog: Catalog, statements: readonly string[]): Promise<Catalog> {
  const session = new SqliteSession({
    connection: openMemory(await loadDriver()),
    ownsConnection: true,
    mode: "write",
    label: "a database in memory",
    file: null,
    busyTimeoutMs: 0,
    onStatement: undefined,
  });
  try {
    const definitions = creationOrder.flatMap((kind) =>
      inOrder(catalog.objects.filter((object) => object.kind === kind)).flatMap((object) => object.source ?? []),
    );
    await session.script(["PRAGMA foreign_keys=OFF", "BEGIN", ...definitions, ...statements]);
    return await introspect(session, "");
  } finally {
    await session.rollback();
    await session.close();
  }
}
