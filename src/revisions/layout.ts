import type { Dialect } from "../engines/engine.ts";
import { isHeaderless, type Revision } from "../history/revision.ts";
import { parseFileName, versionNumber } from "./file-name.ts";

const dialects: readonly Dialect[] = ["postgres", "sqlite"];

/** How a new revision file is named and divided. */
export interface Layout {
  /**
   * `keelson`: one file with a header. `simple`: one headerless file. `reversible`: an `.up.sql` and a `.down.sql`.
   * `simple-with-down`: a simple file with a `.down.sql` beside it.
   */
  readonly format: "keelson" | "simple" | "reversible" | "simple-with-down";
  /** What the leading number of a headerless file is. */
  readonly numbering: "timestamp" | "sequential";
  /** With a header: the dialects that get a file each; none for one file for all. */
  readonly dialects: readonly Dialect[];
}

/** Any part of a layout that a person chose; the rest follows the folder. */
export type LayoutChoice = Partial<Layout>;

/** The layout that a folder has, judged by its newest files; an empty folder gets Keelson's own. */
export function layoutOf(revisions: readonly Revision[], fileNames: readonly string[]): Layout {
  const last = revisions.at(-1);
  const headerless = revisions.filter(isHeaderless).map((revision) => revision.id);
  return {
    format: formatOf(last),
    numbering: isSequential(headerless) ? "sequential" : "timestamp",
    dialects: last === undefined ? [] : dialectsOf(last.file, fileNames),
  };
}

function formatOf(last: Revision | undefined): Layout["format"] {
  if (last === undefined || !isHeaderless(last)) return "keelson";
  if (last.format === "sqlx-simple") return "simple";
  return parseFileName(last.file)?.half === "up" ? "reversible" : "simple-with-down";
}

/** Counted versions: the last two are neighbours, or the only one is 0 or 1. Neighbours may also be moments. */
function isSequential(versions: readonly string[]): boolean {
  const [before, last] = versions.slice(-2).map((version) => BigInt(versionNumber(version)));
  if (before === undefined || versions.at(-1)?.length === 14) return false;
  return last === undefined ? before <= 1n : last - before === 1n;
}

function dialectsOf(file: string, fileNames: readonly string[]): readonly Dialect[] {
  const stem = parseFileName(file)?.stem ?? "";
  // Of one revision, one dialect may have SQL and another code.
  const names = fileNames.flatMap((name) => parseFileName(name) ?? []).filter((name) => name.stem === stem);
  return dialects.filter((dialect) => names.some((name) => name.dialect === dialect));
}
