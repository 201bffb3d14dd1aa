import { KeelsonError } from "../../../errors.ts";
import { closestName } from "../../../platform/closest-name.ts";

/** Parameters that are read and followed. */
const followed = [
  "host",
  "hostaddr",
  "port",
  "dbname",
  "user",
  "password",
  "passfile",
  "service",
  "servicefile",
  "connect_timeout",
  "application_name",
  "fallback_application_name",
  "options",
  "sslmode",
  "sslcert",
  "sslkey",
  "sslpassword",
  "sslrootcert",
  "sslcrl",
  "sslnegotiation",
  "ssl_min_protocol_version",
  "ssl_max_protocol_version",
  "channel_binding",
  "target_session_attrs",
  "load_balance_hosts",
] as const;

/** Parameters of libpq that change nothing that could be seen from here: accepted with any value. */
const withoutEffect = [
  "client_encoding",
  "keepalives",
  "keepalives_idle",
  "keepalives_interval",
  "keepalives_count",
  "tcp_user_timeout",
  "sslcompression",
  "sslsni",
  "krbsrvname",
  "gsslib",
  "gssdelegation",
  "min_protocol_version",
  "max_protocol_version",
  "sslkeylogfile",
  "uselibpqcompat",
] as const;

/** Parameters that would be wrong to ignore, with the values that ask for nothing special. */
const harmlessOnly: Readonly<Record<string, readonly string[]>> = {
  gssencmode: ["disable", "prefer"],
  sslcertmode: ["allow"],
  require_auth: [],
  requirepeer: [],
  replication: ["false", "off", "no", "0"],
  sslcrldir: [],
  requiressl: [],
  scram_client_key: [],
  scram_server_key: [],
  oauth_issuer: [],
  oauth_client_id: [],
  oauth_client_secret: [],
  oauth_scope: [],
};

/** Parameters of other tools that people leave in a URL, with what to do about them. */
const foreign: Readonly<Record<string, string>> = {
  schema:
    "It is Prisma's. Remove it; to choose where Keelson keeps its tables, set `ledger.schema` in the configuration.",
  pgbouncer: "It is Prisma's. Remove it; Keelson notices a pooler by itself.",
  connection_limit: "It is Prisma's. Remove it.",
  pool_timeout: "It is Prisma's. Remove it.",
  statement_cache_size: "It is asyncpg's. Remove it.",
  prepared_statement_cache_size: "It is asyncpg's. Remove it.",
  search_path: "Write options=-csearch_path%3Dname instead, or set it on the role with ALTER ROLE.",
  currentSchema: "It is JDBC's. Write options=-csearch_path%3Dname instead.",
  max: "It is a pool's setting. Remove it.",
};

/** Throws `connection.url` unless the parameter is one that can be honoured. */
export function checkParameter(name: string, value: string): void {
  if (includes(followed, name) || includes(withoutEffect, name)) return;
  const harmless = harmlessOnly[name];
  if (harmless?.includes(value)) return;
  if (harmless !== undefined) {
    throw new KeelsonError("connection.url", `The connection parameter "${name}" is not supported.`, {
      hint: harmless.length > 0 ? `Remove it, or use ${harmless.map((one) => `"${one}"`).join(" or ")}.` : "Remove it.",
      details: { parameter: name },
    });
  }
  const close = closestName(name, [...followed, ...withoutEffect]);
  throw new KeelsonError("connection.url", `The connection string has an unknown parameter, "${name}".`, {
    hint:
      foreign[name] ?? (close === null ? "Remove it, or see libpq's list of parameters." : `Did you mean "${close}"?`),
    details: { parameter: name },
  });
}

function includes(list: readonly string[], name: string): boolean {
  return list.includes(name);
}
