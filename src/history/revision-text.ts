import { isBlankSql } from "./blank-sql.ts";
import { fileProblem } from "./file-problem.ts";
import { hasHeader, type ParsedHeader, parseHeader } from "./header.ts";
import { findMarkers, type Marker, markers, type SectionName } from "./markers.ts";
import type { RevisionBody, SqlSection } from "./revision.ts";

/** What one revision file holds. Without section markers it is all `up`. */
export interface RevisionText {
  readonly header: ParsedHeader | null;
  readonly body: RevisionBody;
}

/**
 * Takes a file's canonical text apart. Whatever could be meant in two ways is refused with `history.invalid-file`: a
 * marker that is there twice or out of order, SQL outside of the sections, a header that does not come first.
 */
export function parseRevisionText(text: string, file: string): RevisionText {
  const found = findMarkers(text, file);
  const [first] = found;
  const top = first?.start ?? text.length;
  const header = hasHeader(text) ? parseHeader(text, { end: top, file }) : null;
  if (header === null) refuseLateHeader(text, file);
  if (first === undefined) {
    if (header !== null)
      throw fileProblem(file, 1, `There is no line ${markers.up}.`, "Put the SQL below such a line; it may be empty.");
    return { header, body: { up: { sql: text, file, firstLine: 1 }, down: null, verify: null } };
  }
  const up = found.find(({ name }) => name === "up");
  if (up === undefined || (first.name !== "up" && first.name !== "require")) {
    throw fileProblem(file, first.line, `${markers[first.name]} stands before ${markers.up}.`);
  }
  if (header === null && !isBlankSql(text.slice(0, top))) {
    throw fileProblem(file, first.line, `There is SQL above ${markers[first.name]}.`, "Put it below that line.");
  }
  const section = (name: SectionName): SqlSection | null => cut(text, file, found, name);
  const way = section("up") ?? { sql: "", file, firstLine: 1 };
  const filled = (name: SectionName): SqlSection | null => {
    const found = section(name);
    return found === null || isBlankSql(found.sql) ? null : found;
  };
  const [require, requireDown] = [filled("require"), filled("require-down")];
  return {
    header,
    body: {
      up: way,
      down: effectiveDown(way, section("down")),
      verify: filled("verify"),
      ...(require === null ? {} : { require }),
      ...(requireDown === null ? {} : { requireDown }),
    },
  };
}

/**
 * The way down, or null where there is none. One without a statement counts as none, so that nothing is taken for
 * reverted that was not; only where there is nothing to undo, nothing undoes it.
 */
export function effectiveDown(up: SqlSection, down: SqlSection | null): SqlSection | null {
  if (down === null || !isBlankSql(down.sql)) return down;
  return isBlankSql(up.sql) ? down : null;
}

function cut(text: string, file: string, found: readonly Marker[], name: SectionName): SqlSection | null {
  const index = found.findIndex((marker) => marker.name === name);
  const marker = found[index];
  if (marker === undefined) return null;
  return { sql: text.slice(marker.end, found[index + 1]?.start ?? text.length), file, firstLine: marker.line + 1 };
}

/** A header further down would be a comment, and the file would be taken for one without. */
function refuseLateHeader(text: string, file: string): void {
  const line = text.split("\n", 50).findIndex((content) => content.trim() === markers.header);
  if (line < 0) return;
  throw fileProblem(
    file,
    line + 1,
    `"${markers.header}" stands on line ${line + 1}.`,
    "A header begins on the first line, from its first column.",
  );
}
