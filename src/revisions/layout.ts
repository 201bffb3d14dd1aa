import type { Revision } from "../history/revision.ts";
import { parseFileName, versionNumber } from "./file-name.ts";

/** How a new revision file is named and divided. */
export interface Layout {
  /**
   * `keelson`: one file with a header. `simple`: one headerless file. `reversible`: an `.up.sql` and a `.down.sql`.
   * `simple-with-down`: a simple file with a `.down.sql` beside it.
   */
  readonly format: "keelson" | "simple" | "reversible" | "simple-with-down";
  /** What the leading number of a headerless file is. */
  readonly numbering: "timestamp" | "sequential";
}

/** Any part of a layout that a person chose; the rest follows the folder. */
export type LayoutChoice = Partial<Layout>;

/** The layout that a folder has, judged by its newest files; an empty folder gets Keelson's own. */
export function layoutOf(revisions: readonly Revision[]): Layout {
  const headerless = revisions.filter((revision) => revision.format !== "sql");
  return { format: formatOf(revisions.at(-1)), numbering: isSequential(headerless) ? "sequential" : "timestamp" };
}

function formatOf(last: Revision | undefined): Layout["format"] {
  if (last === undefined || last.format === "sql") return "keelson";
  if (last.format === "sqlx-simple") return "simple";
  return parseFileName(last.file)?.half === "up" ? "reversible" : "simple-with-down";
}

/** Counted versions: the last two are neighbours, or the only one is 0 or 1. */
function isSequential(headerless: readonly Revision[]): boolean {
  const [before, last] = headerless.slice(-2).map((revision) => BigInt(versionNumber(revision.id)));
  if (before === undefined) return false;
  if (last === undefined) return before === 0n || before === 1n;
  return last - before === 1n;
}
