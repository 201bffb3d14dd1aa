import type { Catalog } from "../catalog/catalog.ts";
import { sqlName } from "../catalog/object-id.ts";
import type { Session, Value } from "../engines/engine.ts";

/** From this many rows on, only their number is looked at: what revisions write themselves is small. */
const most = 10_000;

/**
 * What the tables of a catalog hold, by their ids: each row as text with its columns by name, in no order that the database
 * decides. Equal exactly when the rows are, whatever order the columns have.
 */
export async function readRows(session: Session, catalog: Catalog): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const table of catalog.objects) {
    if (table.kind !== "table" || table.attributes["partitionKey"] !== undefined) continue;
    const name = sqlName(table.id);
    const { rows: counted } = await session.query<{ readonly n: unknown }>(`SELECT count(*) AS n FROM ${name}`);
    const count = Number(counted[0]?.n ?? 0);
    if (count === 0) continue;
    const rows = count > most ? [] : (await session.query(`SELECT * FROM ${name}`)).rows;
    contents.set(table.id, [String(count), ...rows.map(rowText).sort()].join("\n"));
  }
  return contents;
}

function rowText(row: Readonly<Record<string, Value>>): string {
  const values = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(values, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
