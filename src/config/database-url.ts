import { join, resolve } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { Secret } from "./secret.ts";

/** The dialect behind a connection; null where its scheme is none that Keelson knows. */
export function dialectOf(url: Secret): Dialect | null {
  switch (schemeOf(url.reveal())) {
    case "postgres":
    case "postgresql":
    case "pglite":
      return "postgres";
    case "sqlite":
      return "sqlite";
    default:
      return null;
  }
}

/** `postgresql+psycopg` and the like name the driver of another language after the plus. */
function schemeOf(url: string): string {
  return /^([a-z0-9]+)(?:\+[a-z0-9]+)?:/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

/**
 * The same connection with a relative path of a file or folder made absolute, so that it means the same wherever a
 * command is started; every other connection is returned as it is, for its engine to judge.
 */
export function withAbsolutePath(url: Secret, folder: string): Secret {
  const [, scheme = "", rest = ""] = /^(pglite|sqlite)(?:\+[a-z0-9]+)?:(.*)$/is.exec(url.reveal()) ?? [];
  const [path, query] = splitQuery(rest);
  switch (scheme.toLowerCase()) {
    case "pglite":
      return path === "" || path.includes(":memory:")
        ? url
        : new Secret(`pglite:${resolve(folder, path.replace(/^\/\//, ""))}${query}`);
    case "sqlite":
      return sqliteWithAbsolutePath(url, path, query, folder);
    default:
      return url;
  }
}

function sqliteWithAbsolutePath(url: Secret, path: string, query: string, folder: string): Secret {
  // SQLAlchemy: the third slash ends an empty server name, so that what follows is relative.
  const [, relative] = /^(?:\/\/\/)?([^/].*)$/s.exec(path) ?? [];
  if (relative === undefined || /^(?::memory:$|file:)/.test(relative)) return url;
  // SQLite's paths are percent-decoded, so the folder's own special characters must come out as themselves.
  const start = folder.replace(/[%?#]/g, encodeURIComponent);
  return new Secret(`sqlite:${join(start, relative)}${query}`);
}

function splitQuery(rest: string): readonly [path: string, query: string] {
  const at = rest.indexOf("?");
  return at === -1 ? [rest, ""] : [rest.slice(0, at), rest.slice(at)];
}

/** Parts of a connection to a PostgreSQL server; what is left out, libpq's rules fill in. */
export interface ServerParts {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  readonly name?: string;
}

/** Builds a URL from parts, every part percent-encoded, so that no character of a password can change its meaning. */
export function urlFromParts(parts: ServerParts): Secret {
  const user = parts.user === undefined ? "" : encodeURIComponent(parts.user);
  const password = parts.password === undefined ? "" : `:${encodeURIComponent(parts.password)}`;
  const account = user + password === "" ? "" : `${user}${password}@`;
  const name = parts.name === undefined ? "" : encodeURIComponent(parts.name);
  return new Secret(`postgresql://${account}${hostList(parts)}/${name}`);
}

/** Hosts and ports may be lists, as libpq takes them: one port for all, or one for each. */
function hostList({ host, port }: ServerParts): string {
  const ports = port?.split(",").map((item) => item.trim()) ?? [];
  const hosts = host?.split(",").map((item) => item.trim()) ?? [""];
  return hosts
    .map((item, index) => {
      const own = ports.length > 1 ? ports[index] : ports[0];
      return encodeHost(item) + (own === undefined || own === "" ? "" : `:${own}`);
    })
    .join(",");
}

function encodeHost(host: string): string {
  if (/^\[.*\]$/.test(host)) return host;
  return /^[0-9a-f:]*:[0-9a-f:.]*(?:%.*)?$/i.test(host) ? `[${host}]` : encodeURIComponent(host);
}

/** The connection as it may be shown: password and query values that may be secret are `***`. */
export function redactUrl(url: Secret): string {
  const text = url.reveal();
  const [, scheme, rest] = /^([a-z0-9+]+:)(.*)$/is.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return "(a connection string that is not a URL)";
  if (!/^postgres/i.test(scheme)) return scheme + redactQuery(rest);
  // A password with unencoded characters may hold anything but the last @, so everything before that is the account.
  const at = rest.lastIndexOf("@");
  if (at === -1) return scheme + redactQuery(rest);
  const account = rest.slice(0, at).replace(/^\/\//, "");
  const user = /^[\w.%-]*(?=:|$)/.exec(account)?.[0] ?? "***";
  const password = account.length > user.length ? ":***" : "";
  return `${scheme}//${user}${password}@${redactQuery(rest.slice(at + 1))}`;
}

const openQueryKeys =
  /^(?:ssl(?:mode|rootcert|cert|key|negotiation)|host|hostaddr|port|dbname|user|application_name|connect_timeout|target_session_attrs|mode|cache)$/;

function redactQuery(rest: string): string {
  const [path, query] = splitQuery(rest);
  if (query === "") return path;
  const items = query.slice(1).split("&");
  const shown = items.map((item) => {
    const [key = "", value] = item.split("=", 2);
    return value === undefined || openQueryKeys.test(key) ? item : `${key}=***`;
  });
  return `${path}?${shown.join("&")}`;
}
