import type { DoctorReport } from "../../app/doctor.ts";
import type { SettingLine } from "../../config/describe-settings.ts";
import { formatDuration } from "../../platform/duration.ts";
import { labelled } from "./columns.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** What was found at the other end of the connection, the settings that led there, and what to look at. */
export function doctorText(report: DoctorReport, settings: readonly SettingLine[], style: Style): string {
  const { colour } = style;
  const { facts } = report;
  const rows: (readonly [string, string])[] = [
    ["Server", `${facts.product} ${facts.version}`],
    ["Database", facts.database],
    ...optionalRow("User", facts.user),
    ...optionalRow("Size", facts.sizeBytes === null ? null : formatBytes(facts.sizeBytes)),
    ...optionalRow("TLS", facts.tls),
    ["Access", facts.readOnly ? colour.yellow("read only") : "read and write"],
    ...(facts.pooled ? [["Pooler", "in transaction mode"] as const] : []),
    ...(facts.clockSkewMs === null ? [] : [["Clock", skewText(facts.clockSkewMs)] as const]),
    ...facts.more,
    ["Ledger", ledgerText(report, style)],
  ];
  return [
    `${doneMark(style)} Connected to ${colour.bold(report.database)} in ${formatDuration(report.connectMs)}`,
    "",
    labelled(rows, colour.dim),
    "",
    colour.bold("Settings"),
    labelled(settings, colour.dim),
    ...(report.warnings.length === 0 ? [] : [""]),
    ...report.warnings.map((warning) => `${colour.yellow("warning:")} ${warning}`),
  ].join("\n");
}

function optionalRow(label: string, value: string | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[label, value]];
}

function ledgerText({ ledger }: DoctorReport, { colour }: Style): string {
  if ("error" in ledger) return colour.red(ledger.error);
  return ledger.exists ? `${ledger.applied} applied` : "none yet; the first run makes it";
}

function skewText(milliseconds: number): string {
  if (Math.abs(milliseconds) < 1000) return "agrees with this machine's";
  return `${formatDuration(Math.abs(milliseconds))} ${milliseconds > 0 ? "ahead" : "behind"}`;
}

function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
