import type { DiffReport } from "../../app/diff.ts";
import type { CatalogDifference } from "../../catalog/compare.ts";
import { idParts, sqlName } from "../../catalog/object-id.ts";
import { counted, cut, oneLine } from "./columns.ts";
import { doneMark } from "./marks.ts";
import { shownSql } from "./statements.ts";
import type { Style } from "./style.ts";

/** What must happen to the first schema to become the second, a line each, and a line for each attribute. */
export function diffText(report: DiffReport, style: Style): string {
  const { colour } = style;
  const unread = report.unmanaged.map((name) => colour.dim(`not compared: ${name}`));
  if (report.differences.length === 0) {
    return [`${doneMark(style)} No differences between ${report.a} and ${report.b}`, ...unread].join("\n");
  }
  if (report.sql !== null) return shownSql(report.sql, style);
  return [
    colour.dim(`From ${report.a} to ${report.b}: ${counted(report.differences.length, "difference")}`),
    ...differenceLines(report.differences, style),
    ...unread,
  ].join("\n");
}

/**
 * Differences with a mark, the kind and the name in columns; below one that changed, its attributes with both values. The
 * parts of a table that comes or goes are only counted.
 */
export function differenceLines(differences: readonly CatalogDifference[], style: Style): readonly string[] {
  const { colour } = style;
  const whole = new Map(
    differences
      .filter(({ kind, what }) => kind === "table" && what !== "changed")
      .map((table) => [sqlName(table.id), { table, parts: new Map<string, number>() }]),
  );
  const shown = differences.filter((difference) => {
    const owner = difference.what === "changed" ? undefined : whole.get(idParts(difference.id).slice(0, -1).join("."));
    if (owner === undefined || owner.table.what !== difference.what) return true;
    owner.parts.set(difference.kind, (owner.parts.get(difference.kind) ?? 0) + 1);
    return false;
  });
  const width = Math.max(...shown.map(({ kind }) => kind.length));
  const marks = { added: colour.green("+"), removed: colour.red("-"), changed: colour.yellow("~") };
  return shown.flatMap(({ id, kind, name, what, attributes }) => {
    const parts = kind === "table" ? [...(whole.get(sqlName(id))?.parts ?? [])] : [];
    const counts = parts.map(([part, count]) => counted(count, part, plurals[part])).join(", ");
    return [
      `${marks[what]} ${kind.padEnd(width)}  ${name}${counts === "" ? "" : colour.dim(`  (${counts})`)}`,
      ...attributes.map(
        ({ name: attribute, from, to }) =>
          `  ${" ".repeat(width)}  ${colour.dim(`${attribute}:`)} ${shownValue(from, style)} ${colour.dim(style.unicode ? "→" : "->")} ${shownValue(to, style)}`,
      ),
    ];
  });
}

/** Kinds of a table's parts whose plural takes more than an s. */
const plurals: Readonly<Record<string, string>> = { index: "indexes", policy: "policies" };

/** A value on one line: long definitions are for `--json` and `--sql`. */
function shownValue(value: unknown, { width }: Style): string {
  const text = typeof value === "string" ? oneLine(value) : value === null ? "none" : JSON.stringify(value);
  return width === null ? text : cut(text, Math.max(20, Math.floor(width / 2) - 20));
}
