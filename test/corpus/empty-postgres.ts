import type { Session } from "../../src/engines/engine.ts";

/** What belongs to a database and to no schema, in an order in which each can go. */
const outsideSchemas = `
SELECT sql FROM (
  SELECT 1 AS step, format('DROP EVENT TRIGGER %I CASCADE', evtname) AS sql FROM pg_event_trigger
  UNION ALL SELECT 2, format('DROP PUBLICATION %I', pubname) FROM pg_publication
  UNION ALL SELECT 3, format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = pg_foreign_data_wrapper.oid AND d.deptype = 'e')
  -- An index with options of its operator class must not go in one statement with the extension that has the class.
  UNION ALL SELECT 4, format('DROP %s IF EXISTS %s CASCADE', CASE relkind WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  UNION ALL SELECT 5, format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT 6, format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
) AS everything ORDER BY step`;

/** A role that nobody but a case can have made: not one of the system's, and not this session's own. */
const madeRole = "rolname !~ '^pg_' AND oid <> 10 AND rolname <> session_user";

/** Takes everything out of a database, so that it is as after CREATE DATABASE; with `roles`, those of the server too. */
export async function emptyPostgres(session: Session, options: { readonly roles?: boolean } = {}): Promise<void> {
  const ask = async (sql: string): Promise<readonly string[]> =>
    (await session.query<{ readonly sql: string }>(sql)).rows.map((row) => row.sql);
  await session.script([...(await ask(outsideSchemas)), ...(await newPublic(session))]);
  const owned = await ask(`SELECT format('DROP OWNED BY %I', rolname) AS sql FROM pg_roles
WHERE ${madeRole} AND EXISTS (SELECT FROM pg_shdepend s WHERE s.refobjid = pg_roles.oid AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))`);
  if (owned.length > 0) await session.script(owned);
  if ((await ask("SELECT oid::text AS sql FROM pg_default_acl")).length > 0) {
    await session.script([
      "SET allow_system_table_mods = on",
      "DELETE FROM pg_default_acl",
      "RESET allow_system_table_mods",
    ]);
  }
  if (options.roles !== true) return;
  // One that something of another database still needs stays.
  for (const sql of await ask(`SELECT format('DROP ROLE %I', rolname) AS sql FROM pg_roles WHERE ${madeRole}`)) {
    await session.query(sql).catch(() => undefined);
  }
}

async function newPublic(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ readonly version: number }>(
    "SELECT current_setting('server_version_num')::integer AS version",
  );
  const modern = (rows[0]?.version ?? 0) >= 150_000;
  return [
    `CREATE SCHEMA public${modern ? " AUTHORIZATION pg_database_owner" : ""}`,
    `GRANT ${modern ? "USAGE" : "ALL"} ON SCHEMA public TO PUBLIC`,
    "COMMENT ON SCHEMA public IS 'standard public schema'",
  ];
}
