import { KeelsonError } from "../errors.ts";
import type { RevisionHeader, TransactionMode } from "./revision.ts";

/** The lines that structure a revision file. Each stands alone on its line, at the line's beginning. */
export const markers = {
  header: "-- keelson",
  up: "-- keelson:up",
  down: "-- keelson:down",
  verify: "-- keelson:verify",
} as const;

/** A revision file taken apart. Line numbers count from 1. */
export interface ParsedFile {
  /** Null where the file has no header of Keelson's. */
  readonly header: RevisionHeader | null;
  readonly up: FileSection;
  readonly down: FileSection | null;
  readonly verify: FileSection | null;
}

/** One section of a file. */
export interface FileSection {
  readonly sql: string;
  readonly firstLine: number;
}

const keys = ["id", "parents", "message", "created", "labels", "depends-on", "transaction"] as const;
type Key = (typeof keys)[number];

/**
 * Takes a file's text (line feeds only, no byte-order mark) apart. A file without any marker is all `up`. Throws
 * `history.invalid-file` with file and line for everything that could be read in two ways.
 */
export function parseRevisionFile(text: string, file: string): ParsedFile {
  const lines = text.split("\n");
  const headed = lines[0]?.trimEnd() === markers.header;
  const found = findMarkers(lines, file);
  const values = headed ? readHeader(lines, found[0]?.line ?? lines.length, file) : null;
  const header = values === null ? null : toHeader(values, file);
  if (found.length === 0) {
    if (header !== null) throw invalid(file, 1, `the file has a header and no \`${markers.up}\` line`);
    return { header, up: { sql: text, firstLine: 1 }, down: null, verify: null };
  }
  const section = (name: "up" | "down" | "verify"): FileSection | null => {
    const at = found.findIndex((marker) => marker.name === name);
    const marker = found[at];
    if (marker === undefined) return null;
    const end = found[at + 1]?.line ?? lines.length;
    return { sql: lines.slice(marker.line + 1, end).join("\n"), firstLine: marker.line + 2 };
  };
  const up = section("up");
  if (up === null) throw invalid(file, (found[0]?.line ?? 0) + 1, `there is no \`${markers.up}\` line`);
  if (!headed) refuseTextBefore(lines, found[0]?.line ?? 0, file);
  return { header, up, down: section("down"), verify: section("verify") };
}

/** Writes a header and its empty sections. */
export function printRevisionFile(header: RevisionHeader): string {
  const lines = [
    markers.header,
    `-- id: ${header.id}`,
    `-- parents: ${header.parents.join(", ")}`.trimEnd(),
    `-- message: ${header.message.replaceAll(/\s+/g, " ").trim()}`,
  ];
  if (header.created !== null) lines.push(`-- created: ${header.created}`);
  if (header.labels.length > 0) lines.push(`-- labels: ${header.labels.join(", ")}`);
  if (header.dependsOn.length > 0) lines.push(`-- depends-on: ${header.dependsOn.join(", ")}`);
  if (header.transaction !== "auto") lines.push(`-- transaction: ${header.transaction}`);
  return `${lines.join("\n")}\n\n${markers.up}\n\n${markers.down}\n\n`;
}

interface FoundMarker {
  readonly name: "up" | "down" | "verify";
  readonly line: number;
}

function findMarkers(lines: readonly string[], file: string): readonly FoundMarker[] {
  const found: FoundMarker[] = [];
  for (const [line, text] of lines.entries()) {
    if (!text.startsWith("-- keelson:")) continue;
    const name = (["up", "down", "verify"] as const).find((candidate) => markers[candidate] === text.trimEnd());
    if (name === undefined) throw invalid(file, line + 1, `\`${text.trimEnd()}\` is no section; there are up, down and verify`);
    const before = found.find((marker) => marker.name === name);
    if (before !== undefined) throw invalid(file, line + 1, `the ${name} section already began on line ${before.line + 1}`);
    found.push({ name, line });
  }
  return found;
}

function readHeader(lines: readonly string[], end: number, file: string): ReadonlyMap<Key, string> {
  const values = new Map<Key, string>();
  for (let line = 1; line < end; line++) {
    const text = lines[line] ?? "";
    if (text.trim() === "") continue;
    const match = /^--\s*([A-Za-z][\w-]*)\s*:\s*(.*?)\s*$/.exec(text);
    if (match === null) {
      if (text.startsWith("--")) continue;
      throw invalid(file, line + 1, `there is SQL between the header and \`${markers.up}\``);
    }
    const name = (match[1] ?? "").toLowerCase();
    if (name.startsWith("proof")) continue;
    const key = keys.find((candidate) => candidate === name);
    if (key === undefined) throw invalid(file, line + 1, `${name} is no header line; there are ${keys.join(", ")}`);
    if (values.has(key)) throw invalid(file, line + 1, `${name} is given twice`);
    values.set(key, match[2] ?? "");
  }
  return values;
}

function toHeader(values: ReadonlyMap<Key, string>, file: string): RevisionHeader {
  const id = values.get("id") ?? "";
  if (!/^[0-9a-f]{12}$/.test(id)) throw invalid(file, 1, `the id must be 12 hexadecimal digits, and it is ${id === "" ? "missing" : id}`);
  const list = (key: Key): readonly string[] => {
    const names = (values.get(key) ?? "").split(",").map((name) => name.trim()).filter(Boolean);
    const bad = names.find((name) => !/^[\w.-]+$/.test(name));
    if (bad !== undefined) throw invalid(file, 1, `${key} has ${bad}; names are made of letters, digits, _, . and -`);
    return [...new Set(names)];
  };
  return {
    id,
    parents: list("parents"),
    dependsOn: list("depends-on"),
    labels: list("labels"),
    message: values.get("message") ?? "",
    created: values.get("created") || null,
    transaction: toTransaction(values.get("transaction"), file),
  };
}

function toTransaction(value: string | undefined, file: string): TransactionMode {
  if (value === undefined || value === "" || value === "auto") return "auto";
  if (value === "none") return "none";
  throw invalid(file, 1, `transaction is auto or none, not ${value}`);
}

/** Text before the first section would be neither run nor checked. */
function refuseTextBefore(lines: readonly string[], end: number, file: string): void {
  const at = lines.slice(0, end).findIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("--"));
  if (at !== -1) throw invalid(file, at + 1, `there is SQL before \`${markers.up}\``);
}

function invalid(file: string, line: number, what: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file}:${line}: ${what}.`, {
    hint: "The format of revision files is described in docs/formats/revision-file.md. Nothing was run.",
    details: { file, line },
  });
}
