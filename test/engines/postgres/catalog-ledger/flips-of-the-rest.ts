import { type Flip, flip, since } from "./flip.ts";

/** Flips of schemas, extensions, views, foreign data, publications, event triggers, default privileges and roles. */
export const flipsOfTheRest: readonly Flip[] = [
  flip("CREATE SCHEMA fresh", "+schema:fresh"),
  flip("COMMENT ON SCHEMA other IS 'x'", "schema:other comment"),
  flip("ALTER SCHEMA other OWNER TO pg_monitor", "schema:other owner"),
  flip("GRANT USAGE ON SCHEMA other TO pg_monitor", "schema:other grants"),

  flip("CREATE EXTENSION file_fdw", "+extension:file_fdw"),
  flip("ALTER EXTENSION postgres_fdw SET SCHEMA other", "extension:postgres_fdw schema"),
  flip("DROP EXTENSION postgres_fdw; CREATE EXTENSION postgres_fdw VERSION '1.0'", "extension:postgres_fdw version"),
  flip("COMMENT ON EXTENSION postgres_fdw IS 'x'", "extension:postgres_fdw comment"),

  flip("CREATE VIEW fresh AS SELECT 1 AS a", "+view:public.fresh"),
  flip("CREATE OR REPLACE VIEW v AS SELECT id, name FROM t WHERE id > 0", "view:public.v definition"),
  flip("CREATE OR REPLACE VIEW v AS SELECT id, name, mail FROM t", "view:public.v columns", "view:public.v definition"),
  flip("ALTER VIEW v ALTER COLUMN id SET DEFAULT 1", "view:public.v defaults"),
  flip("COMMENT ON COLUMN v.id IS 'x'", "view:public.v columnComments"),
  flip("ALTER VIEW v SET (security_barrier = true)", "view:public.v options"),
  flip("COMMENT ON VIEW v IS 'x'", "view:public.v comment"),
  flip("ALTER VIEW v OWNER TO pg_monitor", "view:public.v owner"),
  flip("GRANT SELECT ON v TO pg_monitor", "view:public.v grants"),
  flip("GRANT SELECT (id) ON v TO pg_monitor", "view:public.v columnGrants"),

  flip("CREATE MATERIALIZED VIEW fresh AS SELECT 1 AS a", "+materialized-view:public.fresh"),
  flip(
    "DROP MATERIALIZED VIEW m; CREATE MATERIALIZED VIEW m AS SELECT id, name FROM t WHERE id > 0; CREATE UNIQUE INDEX m_by_id ON m (id)",
    "materialized-view:public.m definition",
  ),
  flip(
    "DROP MATERIALIZED VIEW m; CREATE MATERIALIZED VIEW m AS SELECT id, name, mail FROM t; CREATE UNIQUE INDEX m_by_id ON m (id)",
    "materialized-view:public.m columns",
    "materialized-view:public.m definition",
  ),
  flip("COMMENT ON COLUMN m.id IS 'x'", "materialized-view:public.m columnComments"),
  flip("ALTER MATERIALIZED VIEW m SET (fillfactor = 70)", "materialized-view:public.m options"),
  flip("ALTER MATERIALIZED VIEW m SET (toast.autovacuum_enabled = false)", "materialized-view:public.m toastOptions"),
  flip("REFRESH MATERIALIZED VIEW m WITH NO DATA", "materialized-view:public.m unpopulated"),
  flip("ALTER MATERIALIZED VIEW m CLUSTER ON m_by_id", "materialized-view:public.m clusterOn"),
  flip("ALTER MATERIALIZED VIEW m ALTER COLUMN name SET STATISTICS 50", "materialized-view:public.m columnSettings"),
  ...since(15, flip("ALTER MATERIALIZED VIEW m SET ACCESS METHOD heap2", "materialized-view:public.m accessMethod")),
  flip("ALTER MATERIALIZED VIEW m SET TABLESPACE side", "materialized-view:public.m tablespace"),
  flip("COMMENT ON MATERIALIZED VIEW m IS 'x'", "materialized-view:public.m comment"),
  flip("ALTER MATERIALIZED VIEW m OWNER TO pg_monitor", "materialized-view:public.m owner"),
  flip("GRANT SELECT ON m TO pg_monitor", "materialized-view:public.m grants"),
  flip("GRANT SELECT (id) ON m TO pg_monitor", "materialized-view:public.m columnGrants"),

  flip("CREATE FOREIGN DATA WRAPPER fresh", "+foreign-data-wrapper:fresh"),
  flip("ALTER FOREIGN DATA WRAPPER archive HANDLER postgres_fdw_handler", "foreign-data-wrapper:archive handler"),
  flip("ALTER FOREIGN DATA WRAPPER archive VALIDATOR postgres_fdw_validator", "foreign-data-wrapper:archive validator"),
  flip("ALTER FOREIGN DATA WRAPPER archive OPTIONS (ADD a 'x')", "foreign-data-wrapper:archive options"),
  flip("COMMENT ON FOREIGN DATA WRAPPER archive IS 'x'", "foreign-data-wrapper:archive comment"),
  flip("GRANT USAGE ON FOREIGN DATA WRAPPER archive TO pg_monitor", "foreign-data-wrapper:archive grants"),

  // Only a superuser can own one of these.
  flip(
    "CREATE ROLE overseer SUPERUSER; ALTER FOREIGN DATA WRAPPER archive OWNER TO overseer",
    "foreign-data-wrapper:archive owner",
  ),

  flip("CREATE SERVER fresh FOREIGN DATA WRAPPER archive", "+server:fresh"),
  flip(
    "DROP SERVER older_books; CREATE SERVER older_books FOREIGN DATA WRAPPER postgres_fdw",
    "server:older_books wrapper",
  ),
  flip(
    "DROP SERVER older_books; CREATE SERVER older_books TYPE 'x' FOREIGN DATA WRAPPER archive",
    "server:older_books type",
  ),
  flip("ALTER SERVER old_books VERSION '2'", "server:old_books version"),
  flip("ALTER SERVER old_books OPTIONS (ADD host 'x')", "server:old_books options"),
  flip("COMMENT ON SERVER old_books IS 'x'", "server:old_books comment"),
  flip("ALTER SERVER old_books OWNER TO pg_monitor", "server:old_books owner"),
  flip("GRANT USAGE ON FOREIGN SERVER old_books TO pg_monitor", "server:old_books grants"),

  flip("CREATE USER MAPPING FOR PUBLIC SERVER old_books", "+user-mapping:old_books.public"),
  flip(
    "ALTER USER MAPPING FOR pg_monitor SERVER old_books OPTIONS (ADD user 'x')",
    "user-mapping:old_books.pg_monitor options",
  ),

  flip("CREATE PUBLICATION fresh", "+publication:fresh"),
  flip("CREATE PUBLICATION every FOR ALL TABLES", "+publication:every"),
  flip(
    "DROP PUBLICATION outbox; CREATE PUBLICATION outbox FOR ALL TABLES",
    "publication:outbox allTables",
    "publication:outbox tables",
  ),
  flip("ALTER PUBLICATION outbox ADD TABLE base", "publication:outbox tables"),
  ...since(
    15,
    flip("ALTER PUBLICATION outbox ADD TABLES IN SCHEMA other", "publication:outbox schemas"),
    flip("ALTER PUBLICATION outbox SET TABLE keyed (id, t_id)", "publication:outbox tables"),
    flip("ALTER PUBLICATION outbox SET TABLE keyed WHERE (id > 0)", "publication:outbox tables"),
  ),
  flip("ALTER PUBLICATION outbox SET (publish = 'insert')", "publication:outbox publish"),
  flip("ALTER PUBLICATION outbox SET (publish_via_partition_root = true)", "publication:outbox viaPartitionRoot"),
  ...since(
    18,
    flip("ALTER PUBLICATION outbox SET (publish_generated_columns = stored)", "publication:outbox generatedColumns"),
  ),
  flip("COMMENT ON PUBLICATION outbox IS 'x'", "publication:outbox comment"),
  flip("ALTER PUBLICATION outbox OWNER TO pg_monitor", "publication:outbox owner"),

  flip("CREATE EVENT TRIGGER fresh ON sql_drop EXECUTE FUNCTION noted()", "+event-trigger:fresh"),
  flip(
    "DROP EVENT TRIGGER guard; CREATE EVENT TRIGGER guard ON ddl_command_start EXECUTE FUNCTION noted()",
    "event-trigger:guard event",
  ),
  flip(
    "DROP EVENT TRIGGER guard; CREATE EVENT TRIGGER guard ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION noted()",
    "event-trigger:guard tags",
  ),
  flip(
    "DROP EVENT TRIGGER guard; CREATE EVENT TRIGGER guard ON ddl_command_end EXECUTE FUNCTION other.noted()",
    "event-trigger:guard function",
  ),
  flip("ALTER EVENT TRIGGER guard DISABLE", "event-trigger:guard enabled"),
  flip("CREATE ROLE overseer SUPERUSER; ALTER EVENT TRIGGER guard OWNER TO overseer", "event-trigger:guard owner"),
  flip("COMMENT ON EVENT TRIGGER guard IS 'x'", "event-trigger:guard comment"),

  flip("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor", "+default-privileges:CURRENT_USER.TABLES"),
  flip(
    "ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT UPDATE ON TABLES TO pg_monitor",
    "default-privileges:other.CURRENT_USER.TABLES privileges",
  ),

  flip("CREATE ROLE ledger_fresh", "+role:ledger_fresh"),
  flip("ALTER ROLE ledger_app SUPERUSER", "role:ledger_app superuser"),
  flip("ALTER ROLE ledger_app CREATEDB", "role:ledger_app createDatabase"),
  flip("ALTER ROLE ledger_app CREATEROLE", "role:ledger_app createRole"),
  flip("ALTER ROLE ledger_group NOINHERIT", "role:ledger_group noInherit"),
  flip("ALTER ROLE ledger_app LOGIN", "role:ledger_app login"),
  flip("ALTER ROLE ledger_app REPLICATION", "role:ledger_app replication"),
  flip("ALTER ROLE ledger_app BYPASSRLS", "role:ledger_app bypassRowSecurity"),
  flip("ALTER ROLE ledger_app CONNECTION LIMIT 5", "role:ledger_app connectionLimit"),
  flip("ALTER ROLE ledger_app VALID UNTIL '2040-01-01'", "role:ledger_app validUntil"),
  flip("ALTER ROLE ledger_app SET work_mem = 1024", "role:ledger_app settings"),
  flip(
    "DO $$ BEGIN EXECUTE format('ALTER ROLE ledger_app IN DATABASE %I SET work_mem = 1024', current_database()); END $$",
    "role:ledger_app settingsHere",
  ),
  flip("COMMENT ON ROLE ledger_app IS 'x'", "role:ledger_app comment"),

  flip("GRANT ledger_group TO ledger_other", "+membership:ledger_group.ledger_other"),
  flip("GRANT ledger_group TO ledger_app WITH ADMIN OPTION", "membership:ledger_group.ledger_app admin"),
  ...since(
    16,
    flip("GRANT ledger_group TO ledger_app WITH INHERIT FALSE", "membership:ledger_group.ledger_app inherit"),
    flip("GRANT ledger_group TO ledger_app WITH SET FALSE", "membership:ledger_group.ledger_app noSet"),
  ),
];
