import { fileProblem } from "./file-problem.ts";

/** The lines that give a revision file its parts. Each stands alone on its line, from the first column. */
export const markers = {
  header: "-- keelson",
  require: "-- keelson:require",
  up: "-- keelson:up",
  "require-down": "-- keelson:require-down",
  down: "-- keelson:down",
  verify: "-- keelson:verify",
} as const;

/** A section of a revision file, in the order in which they stand. */
export const sectionNames = ["require", "up", "require-down", "down", "verify"] as const;

/** What a marker line opens. */
export type SectionName = (typeof sectionNames)[number];

/** A marker line of a text: `start` to `end` are its characters with the line break, `line` counts from 1. */
export interface Marker {
  readonly name: SectionName;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const reserved = /^[ \t]*--[ \t]*keelson(?:[ \t]*:.*|[ \t_-]+(?:require(?:[ \t_-]*down)?|up|down|verify)[ \t]*)$/gim;

/**
 * Finds the section markers of a text with LF line ends, each once and in their order. A line that is nearly a marker is
 * refused: taken for a comment, it would leave the way down in the section of the way up.
 */
export function findMarkers(text: string, file: string): readonly Marker[] {
  const found: Marker[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(reserved)) {
    line += countLines(text, counted, match.index);
    counted = match.index;
    const content = match[0].trimEnd();
    const name = sectionNames.find((candidate) => content === markers[candidate]);
    if (name === undefined) throw notQuite(content, file, line);
    const before = found.at(-1);
    const isLater = before === undefined || sectionNames.indexOf(name) > sectionNames.indexOf(before.name);
    if (!isLater) throw misplaced(name, found, file, line);
    const end = match.index + match[0].length;
    found.push({ name, line, start: match.index, end: text.charAt(end) === "\n" ? end + 1 : end });
  }
  return found;
}

/** How many lines of a text end between two places. */
function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function misplaced(name: SectionName, found: readonly Marker[], file: string, line: number): Error {
  const same = found.find((marker) => marker.name === name);
  if (same === undefined) {
    return fileProblem(
      file,
      line,
      `${markers[name]} stands too late.`,
      "The sections stand in the order require, up, require-down, down, verify.",
    );
  }
  return fileProblem(
    file,
    line,
    `${markers[name]} is there a second time, after line ${same.line}.`,
    "If it stands in a string or in a function's body, write it differently there: markers are found before any SQL is read.",
  );
}

function notQuite(content: string, file: string, line: number): Error {
  const word = /(require(?:[ \t_-]*down)?|up|down|verify)\s*$/i
    .exec(content)?.[1]
    ?.toLowerCase()
    .replace(/^require.+$/, "require-down");
  const meant = sectionNames.find((name) => name === word);
  const hint =
    meant === undefined
      ? `The markers are ${sectionNames.map((name) => markers[name]).join(", ")}.`
      : `Write ${markers[meant]} alone on the line, from its first column.`;
  return fileProblem(file, line, `"${content.trim()}" is no marker.`, hint);
}
