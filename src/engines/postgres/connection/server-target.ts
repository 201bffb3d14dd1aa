import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { GivenParameters } from "./connection-string.ts";
import { oneOf, urlError } from "./connection-string.ts";
import { readServiceFile } from "./service-file.ts";
import { type TlsSettings, tlsSettings } from "./tls-settings.ts";

/** One server that a connection may go to. A host that begins with `/` is a folder with a Unix socket. */
export interface ServerAddress {
  readonly host: string;
  /** The IP address to use instead of asking for the name, or null. */
  readonly hostAddress: string | null;
  readonly port: number;
}

/** Which servers of several are good enough, in libpq's words. */
export type TargetSessionAttributes = "any" | "read-write" | "read-only" | "primary" | "standby" | "prefer-standby";

/** Everything that is needed to connect; defaults, environment and service file are already weighed. */
export interface ServerTarget {
  readonly addresses: readonly ServerAddress[];
  readonly database: string;
  readonly user: string;
  /** From the string or the environment; null to look into the password file. */
  readonly password: string | null;
  readonly passwordFile: string | null;
  readonly applicationName: string;
  /** Whether the user chose the application's name. */
  readonly applicationNamed: boolean;
  readonly options: string | null;
  /** Milliseconds for each address; 0 for no limit. */
  readonly connectTimeoutMs: number;
  /** Null when not said. */
  readonly sessionAttributes: TargetSessionAttributes | null;
  readonly shuffle: boolean;
  readonly tls: TlsSettings;
}

/** What the machine contributes to a connection. */
export interface TargetDefaults {
  /** libpq's `PG*` variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string | null;
  readonly applicationName: string;
  /** Used where neither the string nor the environment sets a limit. */
  readonly connectTimeoutMs: number;
}

const variables: Readonly<Record<string, string>> = {
  host: "PGHOST",
  hostaddr: "PGHOSTADDR",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  passfile: "PGPASSFILE",
  connect_timeout: "PGCONNECT_TIMEOUT",
  application_name: "PGAPPNAME",
  options: "PGOPTIONS",
  sslmode: "PGSSLMODE",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslrootcert: "PGSSLROOTCERT",
  sslcrl: "PGSSLCRL",
  sslnegotiation: "PGSSLNEGOTIATION",
  ssl_min_protocol_version: "PGSSLMINPROTOCOLVERSION",
  ssl_max_protocol_version: "PGSSLMAXPROTOCOLVERSION",
  channel_binding: "PGCHANNELBINDING",
  target_session_attrs: "PGTARGETSESSIONATTRS",
  load_balance_hosts: "PGLOADBALANCEHOSTS",
};

const attributeWords: readonly TargetSessionAttributes[] = [
  "any",
  "read-write",
  "read-only",
  "primary",
  "standby",
  "prefer-standby",
];

/**
 * Completes what a connection string says the way libpq does: the string wins over the service, the service over the
 * environment, the environment over the defaults.
 */
export function serverTarget(given: GivenParameters, defaults: TargetDefaults): ServerTarget {
  const { environment, homeDirectory } = defaults;
  const serviceName = given.get("service") ?? environment["PGSERVICE"];
  const serviceFile = given.get("servicefile") ?? environment["PGSERVICEFILE"];
  const service =
    serviceName === undefined || serviceName === ""
      ? new Map<string, string>()
      : readServiceFile(serviceName, {
          file: serviceFile ?? null,
          homeDirectory,
          systemDirectory: environment["PGSYSCONFDIR"] ?? "/etc/postgresql-common",
        });
  const value = (name: string): string | null => {
    const variable = variables[name];
    const found = given.get(name) ?? service.get(name) ?? (variable === undefined ? undefined : environment[variable]);
    return found === undefined || found === "" ? null : found;
  };
  const user = value("user") ?? systemUser();
  const addresses = serverAddresses(value("host"), value("hostaddr"), value("port"));
  const named = value("application_name");
  return {
    addresses,
    user,
    database: value("dbname") ?? user,
    password: value("password"),
    passwordFile: value("passfile") ?? (homeDirectory === null ? null : join(homeDirectory, ".pgpass")),
    applicationName: named ?? value("fallback_application_name") ?? defaults.applicationName,
    applicationNamed: named !== null,
    options: value("options"),
    connectTimeoutMs: timeout(value("connect_timeout"), defaults.connectTimeoutMs),
    sessionAttributes: oneOf("target_session_attrs", value("target_session_attrs"), attributeWords),
    shuffle: oneOf("load_balance_hosts", value("load_balance_hosts"), ["disable", "random"]) === "random",
    tls: tlsSettings(value, homeDirectory),
  };
}

/** The connection as it may be shown: user, hosts and database, without any secret. */
export function targetLabel(target: ServerTarget): string {
  const hosts = target.addresses.map(addressLabel).join(",");
  return `postgres://${encodeURIComponent(target.user)}@${hosts}/${encodeURIComponent(target.database)}`;
}

/** A server as it is shown in messages: `db.example.com:5432`, or its socket's folder. */
export function addressLabel(address: ServerAddress): string {
  const { host, port } = address;
  if (host.startsWith("/")) return `${host}:${port}`;
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function serverAddresses(host: string | null, hostAddress: string | null, port: string | null): ServerAddress[] {
  const hosts = host?.split(",") ?? [];
  const hostAddresses = hostAddress?.split(",") ?? [];
  if (hosts.length > 0 && hostAddresses.length > 0 && hosts.length !== hostAddresses.length) {
    throw urlError(`there are ${hosts.length} hosts for ${hostAddresses.length} addresses in hostaddr`);
  }
  const count = Math.max(hosts.length, hostAddresses.length, 1);
  const ports = port?.split(",") ?? [];
  if (ports.length > 1 && ports.length !== count) {
    throw urlError(
      `there are ${count} hosts for ${ports.length} ports`,
      "Give one port for all hosts, or one for each.",
    );
  }
  return Array.from({ length: count }, (_, index) => {
    const portNumber = parsePort((ports.length === 1 ? ports[0] : ports[index]) ?? "");
    const address = hostAddresses[index] || null;
    return { host: hosts[index] || address || defaultHost(portNumber), hostAddress: address, port: portNumber };
  });
}

function parsePort(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "") return 5432;
  const port = /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!(port >= 1 && port <= 65535)) throw urlError(`"${text}" is not a port`, "A port is a number from 1 to 65535.");
  return port;
}

/** libpq's default is a socket folder fixed when it was built: Debian's, else the one of plain PostgreSQL. */
function defaultHost(port: number): string {
  const folders = process.platform === "win32" ? [] : ["/var/run/postgresql", "/tmp"];
  return folders.find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? "localhost";
}

function timeout(text: string | null, fallback: number): number {
  if (text === null) return fallback;
  if (!/^\s*-?\d+\s*$/.test(text)) throw urlError(`connect_timeout can't be "${text}"`, "It is a number of seconds.");
  const seconds = Number(text);
  if (seconds <= 0) return 0;
  // libpq raises 1 to 2 as well: a limit of one second would often be less than that.
  return Math.max(2, seconds) * 1000;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw urlError("it names no user and the system user has no name", "Write postgres://user@host/database.");
  }
}
