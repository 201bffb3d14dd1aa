import { fileProblem } from "./file-problem.ts";
import { hasHeader, headerKeyOf, headerLine, type ParsedHeader, parseHeader } from "./header.ts";

/** What a revision file written as code holds. Lines count from 1. */
export interface CodeText {
  readonly header: ParsedHeader;
  /** The text below the header. */
  readonly code: string;
}

const mark = "//";
const topLines = 50;

/**
 * Takes the canonical text of a code file apart without running any of it; null for a file without a header, which is no
 * revision. The header is the block of comment lines that the file begins with. A header that would be passed over,
 * because it does not come first or is not quite one, is refused with `history.invalid-file`.
 */
export function parseCodeText(text: string, file: string): CodeText | null {
  if (!hasHeader(text, mark)) {
    refuseMisplacedHeader(text, file);
    return null;
  }
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith(mark));
  const count = end < 0 ? lines.length : end;
  const block = lines.slice(0, count).join("\n");
  refuseStrayKeys(lines, count, file);
  return { header: parseHeader(block, { end: block.length, file, mark }), code: lines.slice(count).join("\n") };
}

/** Taken for a comment, a header would leave its revision out of the history. */
function refuseMisplacedHeader(text: string, file: string): void {
  const line = text.split("\n", topLines).findIndex((content) => /^\s*\/\/\s*keelson\s*$/i.test(content));
  if (line < 0) return;
  throw fileProblem(
    file,
    line + 1,
    line === 0 ? "The first line is almost a header's." : `The header begins on line ${line + 1}.`,
    `A header begins with the line ${headerLine(mark)}, as the first of the file and from its first column.`,
  );
}

/** A blank line ends the header, so a line of it below would say nothing. */
function refuseStrayKeys(lines: readonly string[], from: number, file: string): void {
  for (let at = from; at < lines.length; at++) {
    const content = lines[at] ?? "";
    if (content.trim() !== "" && !content.startsWith(mark)) return;
    const key = headerKeyOf(content, mark);
    if (key === null) continue;
    throw fileProblem(
      file,
      at + 1,
      `The line "${key}" stands below the header, which ended at line ${from}.`,
      "The header's lines follow each other without a blank line between them.",
    );
  }
}
