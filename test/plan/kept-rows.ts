import type { Catalog, SchemaObject } from "../../src/catalog/catalog.ts";
import { idParts, sqlName } from "../../src/catalog/object-id.ts";
import type { Session } from "../../src/engines/engine.ts";

/** The values of every column that has some, by the column's id, sorted. */
export type ColumnValues = ReadonlyMap<string, readonly string[]>;

const samples: readonly (readonly [start: string, value: (row: number) => string])[] = [
  ["smallint", (row) => String(row)],
  ["integer", (row) => String(row)],
  ["bigint", (row) => String(row)],
  ["numeric", (row) => String(row)],
  ["real", (row) => String(row)],
  ["double", (row) => String(row)],
  ["text", (row) => `'value ${row}'`],
  ["character", (row) => `'v${row}'`],
  ["boolean", (row) => (row % 2 === 0 ? "true" : "false")],
  ["date", (row) => `'2024-01-0${row}'`],
  ["timestamp", (row) => `'2024-01-0${row} 10:00'`],
  ["uuid", (row) => `'00000000-0000-0000-0000-00000000000${row}'`],
  ["json", (row) => `'{"row": ${row}}'`],
  ["bytea", (row) => `'\\x0${row}'`],
];

/** Puts two rows into every table that takes them, as well as their types can be guessed; a table that refuses stays empty. */
export async function fillTables(session: Session, catalog: Catalog): Promise<void> {
  const tables = catalog.objects.filter((object) => object.kind === "table");
  // Referenced tables may come later in the list: a second round fills what the first one could not.
  for (const row of [1, 2, 1, 2]) {
    for (const table of tables) {
      const columns = catalog.objects.filter((object) => object.parent === table.id && isWritable(object));
      const names = columns.map((column) => idParts(column.id)[2]).join(", ");
      const values = columns.map((column) => sample(column, row)).join(", ");
      const sql =
        columns.length === 0
          ? `INSERT INTO ${sqlName(table.id)} DEFAULT VALUES`
          : `INSERT INTO ${sqlName(table.id)} (${names}) VALUES (${values})`;
      await session.query(sql).catch(() => undefined);
    }
  }
}

function isWritable(object: SchemaObject): boolean {
  const { generated, identity } = object.attributes;
  return object.kind === "column" && generated === undefined && identity === undefined;
}

function sample(column: SchemaObject, row: number): string {
  const type = String(column.attributes["type"]);
  if (type.endsWith("[]")) return "'{}'";
  return samples.find(([start]) => type.startsWith(start))?.[1](row) ?? "DEFAULT";
}

/** Reads the values of the columns of all tables. */
export async function columnValues(session: Session, catalog: Catalog): Promise<ColumnValues> {
  const values = new Map<string, readonly string[]>();
  for (const column of catalog.objects.filter((object) => object.kind === "column")) {
    const [schema, table, name] = idParts(column.id);
    const { rows } = await session.query<{ readonly value: string | null }>(
      `SELECT ${name}::text AS value FROM ${schema}.${table} ORDER BY 1`,
    );
    if (rows.length > 0)
      values.set(
        column.id,
        rows.map(({ value }) => value ?? "null"),
      );
  }
  return values;
}

/** The columns that exist with the same type on both sides and whose values are not the same any more. */
export function lostColumns(
  before: { readonly catalog: Catalog; readonly values: ColumnValues },
  after: { readonly catalog: Catalog; readonly values: ColumnValues },
): readonly string[] {
  const types = new Map(after.catalog.objects.map((object) => [object.id, object.attributes["type"]]));
  return before.catalog.objects
    .filter((object) => object.kind === "column" && object.attributes["generated"] === undefined)
    .filter((column) => types.get(column.id) === column.attributes["type"])
    .filter(
      (column) => (before.values.get(column.id) ?? []).join("\0") !== (after.values.get(column.id) ?? []).join("\0"),
    )
    .map((column) => column.id);
}
