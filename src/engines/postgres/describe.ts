import { basename } from "node:path";
import { KeelsonError } from "../../errors.ts";
import type { ServerFacts, Session } from "../engine.ts";
import { ServerSession } from "./session/server-session.ts";
import { type LedgerHome, quoteIdentifier, quoteText } from "./sql-text.ts";

interface FactsRow {
  readonly version: string;
  readonly database: string;
  readonly role: string;
  readonly size: number | null;
  readonly pid: number;
  readonly recovery: boolean;
  readonly read_only: string;
  readonly clock_ms: number;
  readonly encoding: string;
  readonly collation: string;
  readonly search_path: string;
  readonly time_zone: string;
  readonly superuser: boolean;
  readonly max_connections: string;
  readonly used_connections: number;
  readonly create_in_database: boolean;
  readonly home: string;
  readonly home_exists: boolean;
  readonly home_usage: boolean;
  readonly home_create: boolean;
}

function factsQuery(home: LedgerHome): string {
  const schema = `pg_catalog.to_regnamespace(${quoteText(quoteIdentifier(home.schema))})`;
  return `
SELECT pg_catalog.current_setting('server_version') AS version,
  pg_catalog.current_database()::text AS database, current_user::text AS role,
  CASE WHEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CONNECT')
    THEN pg_catalog.pg_database_size(pg_catalog.current_database()) END AS size,
  pg_catalog.pg_backend_pid() AS pid, pg_catalog.pg_is_in_recovery() AS recovery,
  pg_catalog.current_setting('default_transaction_read_only') AS read_only,
  (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::float8 AS clock_ms,
  pg_catalog.pg_encoding_to_char(d.encoding)::text AS encoding, d.datcollate::text AS collation,
  pg_catalog.current_setting('search_path') AS search_path,
  pg_catalog.current_setting('TimeZone') AS time_zone,
  (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user) AS superuser,
  pg_catalog.current_setting('max_connections') AS max_connections,
  (SELECT count(*) FROM pg_catalog.pg_stat_activity) AS used_connections,
  pg_catalog.has_database_privilege(d.oid, 'CREATE') AS create_in_database,
  ${quoteText(home.schema)} AS home, ${schema} IS NOT NULL AS home_exists,
  coalesce(pg_catalog.has_schema_privilege(${schema}::oid, 'USAGE'), false) AS home_usage,
  coalesce(pg_catalog.has_schema_privilege(${schema}::oid, 'CREATE'), false) AS home_create
FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`;
}

const extensionsQuery =
  "SELECT extname::text AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY extname";

/** What `doctor` says of a PostgreSQL server. */
export async function describeServer(session: Session, home: LedgerHome): Promise<ServerFacts> {
  const { facts, more, skewMs } = await readFacts(session, home);
  const server = session instanceof ServerSession ? session : null;
  const pooled = server !== null && server.processId !== facts.pid;
  const address =
    server === null ? [] : [["server", `${server.connection.address.host}:${server.connection.address.port}`] as const];
  return {
    ...commonFacts(facts),
    product: "PostgreSQL",
    database: facts.database,
    pooled,
    tls: server === null ? null : tlsOf(server),
    clockSkewMs: skewMs,
    more: [...address, ...more, ["connections", `${facts.used_connections} of ${facts.max_connections}`]],
  };
}

/** What `doctor` says of a PGlite folder. */
export async function describePglite(session: Session, folder: string | null, home: LedgerHome): Promise<ServerFacts> {
  const { facts, more } = await readFacts(session, home);
  return {
    ...commonFacts(facts),
    product: "PGlite (PostgreSQL in this process)",
    database: folder === null ? ":memory:" : basename(folder),
    pooled: false,
    tls: null,
    clockSkewMs: null,
    more: [["folder", folder ?? "in memory"], ...more],
  };
}

async function readFacts(
  session: Session,
  home: LedgerHome,
): Promise<{
  readonly facts: FactsRow;
  readonly more: ServerFacts["more"];
  readonly skewMs: number;
}> {
  const before = Date.now();
  const { rows } = await session.query<FactsRow>(factsQuery(home));
  const skewMs = Math.round((rows[0]?.clock_ms ?? before) - (before + Date.now()) / 2);
  const extensions = await session.query<{ readonly name: string; readonly version: string }>(extensionsQuery);
  const [facts] = rows;
  if (facts === undefined) throw new KeelsonError("internal", "The server has no entry for its own database.");
  const more: ServerFacts["more"] = [
    ["encoding", facts.encoding],
    ["collation", facts.collation],
    ["time zone", facts.time_zone],
    ["search path", facts.search_path],
    ["role", facts.superuser ? `${facts.role} (superuser)` : facts.role],
    ["state", facts.recovery ? "standby" : "primary"],
    ["extensions", extensions.rows.map(({ name, version }) => `${name} ${version}`).join(", ") || "none"],
  ];
  return { facts, more, skewMs };
}

function commonFacts(
  facts: FactsRow,
): Pick<ServerFacts, "version" | "user" | "sizeBytes" | "readOnly" | "missingPrivileges"> {
  return {
    version: facts.version.split(" ")[0] ?? facts.version,
    user: facts.role,
    sizeBytes: facts.size,
    readOnly: facts.recovery || facts.read_only === "on",
    missingPrivileges: missingPrivileges(facts),
  };
}

function missingPrivileges(facts: FactsRow): ServerFacts["missingPrivileges"] {
  const role = quoteIdentifier(facts.role);
  if (!facts.home_exists) {
    if (facts.create_in_database) return [];
    const grant = `GRANT CREATE ON DATABASE ${quoteIdentifier(facts.database)} TO ${role};`;
    return [{ privilege: "CREATE on the database, to make the schema of Keelson's tables", grant }];
  }
  const wanted = [
    ["USAGE", facts.home_usage],
    ["CREATE", facts.home_create],
  ] as const;
  return wanted.flatMap(([privilege, held]) =>
    held
      ? []
      : [
          {
            privilege: `${privilege} on the schema of Keelson's tables`,
            grant: `GRANT ${privilege} ON SCHEMA ${quoteIdentifier(facts.home)} TO ${role};`,
          },
        ],
  );
}

function tlsOf(session: ServerSession): string | null {
  const { stream } = session.connection.client.connection;
  if (!("getProtocol" in stream) || typeof stream.getProtocol !== "function") return null;
  const protocol: unknown = stream.getProtocol();
  const cipher =
    "getCipher" in stream && typeof stream.getCipher === "function"
      ? (stream.getCipher() as { readonly name?: string })
      : {};
  return `${String(protocol)}${cipher.name === undefined ? "" : ` (${cipher.name})`}`;
}
