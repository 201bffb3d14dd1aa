import Database from "better-sqlite3";
import { onServer } from "../on-server.ts";

/** One of Aurora's databases, looked at from outside. */
export interface Looker {
  readonly engine: "postgres" | "sqlite";
  /** Runs one statement and gives its rows. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The tables that are not Keelson's. */
  tables(): Promise<readonly string[]>;
  /** Of each table, every column in its order: name, type, `not null` where it is. */
  columns(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Every index that does not belong to a constraint; `unique` stands behind the name of a unique one. */
  indexes(): Promise<readonly string[]>;
  /** The whole schema in the engine's own words, for comparing. */
  dump(): Promise<readonly string[]>;
}

/** Looks at a PostgreSQL database. */
export function lookAtPostgres(url: string): Looker {
  const texts = async (sql: string) => (await onServer(url, sql)).map((row) => String(row["text"]));
  return {
    engine: "postgres",
    rows: (sql) => onServer(url, sql),
    tables: () => texts("SELECT tablename AS text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"),
    columns: async () =>
      grouped(
        await onServer(
          url,
          `SELECT c.relname AS "table", a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS column
           FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
           ORDER BY c.relname, a.attnum`,
        ),
      ),
    indexes: () =>
      texts(
        `SELECT c.relname || CASE WHEN i.indisunique THEN ' unique' ELSE '' END AS text
         FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE c.relnamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u'))
         ORDER BY 1`,
      ),
    dump: () =>
      texts(
        `SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                || ' ' || coalesce((SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum), '') AS text
         FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
         WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
         UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
         UNION ALL SELECT typname || ' ' || enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
         ORDER BY 1`,
      ),
  };
}

/** Looks at a SQLite database. */
export function lookAtSqlite(file: string): Looker {
  const rows = (sql: string) => {
    const database = new Database(file);
    try {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all() as readonly Readonly<Record<string, unknown>>[];
      statement.run();
      return [];
    } finally {
      database.close();
    }
  };
  const texts = (sql: string) => rows(sql).map((row) => String(row["text"]));
  const own =
    "name NOT LIKE 'keelson~_%' ESCAPE '~' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND tbl_name NOT LIKE 'keelson~_%' ESCAPE '~'";
  return {
    engine: "sqlite",
    rows: async (sql) => rows(sql),
    tables: async () => texts(`SELECT name AS text FROM sqlite_schema WHERE type = 'table' AND ${own} ORDER BY 1`),
    columns: async () =>
      grouped(
        rows(
          `SELECT s.name AS "table", c.name || ' ' || upper(c.type) || CASE WHEN c."notnull" THEN ' not null' ELSE '' END AS column
           FROM sqlite_schema s, pragma_table_info(s.name) c
           WHERE s.type = 'table' AND ${own.replaceAll(/\b(name|tbl_name)\b/g, "s.$1")} ORDER BY s.name, c.cid`,
        ),
      ),
    indexes: async () =>
      texts(
        `SELECT i.name || CASE WHEN i."unique" THEN ' unique' ELSE '' END AS text
         FROM sqlite_schema s, pragma_index_list(s.name) i
         WHERE s.type = 'table' AND i.origin = 'c' AND ${own.replaceAll(/\b(name|tbl_name)\b/g, "s.$1")} ORDER BY 1`,
      ),
    dump: async () => texts(`SELECT sql AS text FROM sqlite_schema WHERE sql IS NOT NULL AND ${own} ORDER BY 1`),
  };
}

function grouped(rows: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, readonly string[]>> {
  const tables = [...new Set(rows.map((row) => String(row["table"])))];
  const columnsOf = (table: string) => rows.filter((row) => row["table"] === table).map((row) => String(row["column"]));
  return Object.fromEntries(tables.map((table) => [table, columnsOf(table)]));
}
