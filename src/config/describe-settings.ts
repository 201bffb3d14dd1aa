import { formatDuration } from "../platform/duration.ts";
import { redactUrl } from "./database-url.ts";
import type { Settings } from "./settings.ts";

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
    ["ledger", `schema ${ledger.schema}, prefix ${ledger.prefix || "none"}, history ${ledger.history}`],
    ["lock timeout", formatDuration(settings.lockTimeoutMs)],
    ["run lock timeout", formatDuration(settings.runLockTimeoutMs)],
    ["out of order", settings.outOfOrder],
    ["log", `${settings.log.level}, ${settings.log.format}${settings.debug ? ", with every statement" : ""}`],
    ["backups", `${backup.directory}, kept ${backup.retentionDays} days${backup.skip ? ", skipped" : ""}`],
  ];
}
