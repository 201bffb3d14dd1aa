import { formatDuration } from "../platform/duration.ts";
import { redactUrl } from "./database-url.ts";
import type { SchemaSourceSetting, Settings } from "./settings.ts";

/** One line of a description: what, and its value. */
export type SettingLine = readonly [label: string, value: string];

/** The settings as they may be shown, in the order to print them; never holds a secret. */
export function describeSettings(settings: Settings): readonly SettingLine[] {
  const { connection, ledger, backup } = settings;
  return [
    ["project", settings.root],
    ["configuration", settings.configFile ?? "none"],
    [
      "environment",
      settings.environment === null ? "none" : settings.environment + (settings.production ? " (production)" : ""),
    ],
    ["connection", `${redactUrl(connection.url)} (from ${connection.source})`],
    ...(connection.directUrl === null ? [] : [["direct connection", redactUrl(connection.directUrl)] as const]),
    ["libpq variables", Object.keys(settings.pgVariables.reveal()).sort().join(", ") || "none"],
    ["engines", settings.engines.join(", ") || "not said"],
    ["PostgreSQL majors", settings.postgres.join(", ") || "not said"],
    ["migrations", settings.migrations],
    ["schema sources", describeSchema(settings.schema)],
    ["external tables", settings.external.tables.join(", ") || "none"],
    ["privileges", settings.privileges ?? "as the schema sources state them"],
    ["roles", settings.roles.join(", ") || "none"],
    ["ledger", `schema ${ledger.schema}, prefix ${ledger.prefix || "none"}, history ${ledger.history}`],
    ["lock timeout", formatDuration(settings.lockTimeoutMs)],
    ["run lock timeout", formatDuration(settings.runLockTimeoutMs)],
    ["out of order", settings.outOfOrder],
    ["log", `${settings.log.level}, ${settings.log.format}${settings.debug ? ", with every statement" : ""}`],
    ["scratch databases", describeScratch(settings.scratch)],
    ["backups", `${backup.directory}, kept ${backup.retentionDays} days${backup.skip ? ", skipped" : ""}`],
  ];
}

function describeSchema({ postgres, sqlite }: Settings["schema"]): string {
  if (postgres === null || sqlite === null) return "the folders models and schema";
  const [ofPostgres, ofSqlite] = [describeSources(postgres), describeSources(sqlite)];
  return ofPostgres === ofSqlite ? ofPostgres : `postgres: ${ofPostgres}; sqlite: ${ofSqlite}`;
}

function describeSources(sources: readonly SchemaSourceSetting[]): string {
  const each = sources.map((source) => {
    if (source.kind === "files") return source.path;
    // A program's text may hold what is a secret: its kind says enough.
    return source.kind === "program" ? "a program" : redactUrl(source.url);
  });
  return each.join(", ") || "none";
}

function describeScratch(scratch: Settings["scratch"]): string {
  const each = scratch.map((place) => {
    if (place === "server") return "on the server of the connection";
    return place === "pglite" ? "in this process" : `on ${redactUrl(place)}`;
  });
  return each.join(", ") || "chosen by PostgreSQL major";
}
