import type { Session, TableSummary } from "../engine.ts";

interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly kind: "table" | "view";
  readonly column: string | null;
  readonly type: string | null;
}

const tablesQuery = `
SELECT n.nspname AS schema, c.relname AS table,
  CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
  a.attname AS column, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, a.attnum`;

/** Lists tables and views with their columns, Keelson's own included, those of extensions and of the server left out. */
export async function listTables(session: Session): Promise<readonly TableSummary[]> {
  const { rows } = await session.query<ColumnRow>(tablesQuery);
  const tables: { schema: string; name: string; kind: "table" | "view"; columns: { name: string; type: string }[] }[] =
    [];
  for (const row of rows) {
    let table = tables.at(-1);
    if (table === undefined || table.schema !== row.schema || table.name !== row.table) {
      table = { schema: row.schema, name: row.table, kind: row.kind, columns: [] };
      tables.push(table);
    }
    if (row.column !== null) table.columns.push({ name: row.column, type: row.type ?? "" });
  }
  return tables;
}
