import pg from "pg";
import type { CatalogLedger } from "./read-ledger.ts";

/** The columns of all system catalogs of a server, by table. */
export async function columnsOfServer(url: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly table: string; readonly columns: readonly string[] }>(`
SELECT c.relname::text AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`);
    return new Map(rows.map(({ table, columns }) => [table, columns]));
  } finally {
    await client.end();
  }
}

/** What a server has and the page lacks, or the page says of this release and the server lacks. */
export function missing(
  { columns, withoutSchema }: CatalogLedger,
  server: ReadonlyMap<string, readonly string[]>,
  release: number,
): readonly string[] {
  const here = columns.filter(({ releases }) => releases.includes(release));
  const listed = new Set(here.map(({ table, column }) => `${table}.${column}`));
  const others = [...withoutSchema].filter(([, releases]) => releases.includes(release)).map(([table]) => table);
  const has = [...server].flatMap(([table, names]) =>
    withoutSchema.has(table) ? [] : names.map((column) => `${table}.${column}`),
  );
  return [
    ...has.filter((name) => !listed.has(name)).map((name) => `the page lacks ${name}`),
    ...[...listed].filter((name) => !has.includes(name)).map((name) => `the server lacks ${name}`),
    ...others.filter((table) => !server.has(table)).map((table) => `the server lacks ${table}`),
    ...[...server.keys()]
      .filter((table) => withoutSchema.has(table) && !others.includes(table))
      .map((table) => `the page lacks ${table}`),
  ].sort();
}
