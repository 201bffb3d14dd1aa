import { fileProblem } from "./file-problem.ts";
import { markers } from "./markers.ts";
import { type Proof, parseProof } from "./proof.ts";
import type { RevisionHeader, TransactionMode } from "./revision.ts";

/** A header with what else its block says. */
export interface ParsedHeader extends RevisionHeader {
  /** Lines whose key begins with `proof`, as they are written. */
  readonly proof: readonly string[];
  /** What those lines state, as far as they are in the words of a proof. */
  readonly proofs: readonly Proof[];
  /** There only where the header of a revision written as code says that it has no way down. */
  readonly reversible?: false;
}

/** What begins a comment in the language that a revision is written in. */
export type CommentMark = "--" | "//";

/** Where a header stands. */
export interface HeaderPlace {
  /** The place in the text where the header's block ends. */
  readonly end: number;
  readonly file: string;
  /** `--` unless told. */
  readonly mark?: CommentMark;
}

const keys = [
  "id",
  "parents",
  "message",
  "created",
  "labels",
  "depends-on",
  "transaction",
  "transaction-down",
  "replaces",
  "reversible",
] as const;
type Key = (typeof keys)[number];

interface Entry {
  readonly value: string;
  readonly line: number;
}

const idPattern = /^[0-9A-Za-z_.]{1,64}$/;
const labelPattern = /^[A-Za-z][0-9A-Za-z_.]*(?:-[A-Za-z][0-9A-Za-z_.]*)*$/;
const createdPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/;
const reservedNames: ReadonlySet<string> = new Set(["head", "heads", "base", "current", "none"]);

/** Whether a name may be a label: it can't be taken for a target's other parts, and for no word that targets use. */
function isLabel(name: string): boolean {
  return labelPattern.test(name) && !reservedNames.has(name);
}

/** Whether a text, with LF line ends and no byte-order mark, begins with a header. */
export function hasHeader(text: string, mark: CommentMark = "--"): boolean {
  return lineAt(text, 0).trimEnd() === headerLine(mark);
}

/** The line that a header begins with. */
export function headerLine(mark: CommentMark): string {
  return markers.header.replace("--", mark);
}

/** The header key that a comment line has, for lines that stand where no header is read; null for other lines. */
export function headerKeyOf(content: string, mark: CommentMark): string | null {
  const name = keyLine(content, mark)?.name.toLowerCase();
  return keys.find((key) => key === name) ?? null;
}

/** Reads the header that a text begins with. `history.invalid-file` names the file and the line of what is wrong. */
export function parseHeader(text: string, place: HeaderPlace): ParsedHeader {
  const { end, file, mark = "--" } = place;
  const entries = new Map<Key, Entry>();
  const proof: string[] = [];
  let line = 1;
  for (let at = lineAt(text, 0).length + 1; at < end; ) {
    line++;
    const content = lineAt(text, at);
    at += content.length + 1;
    if (content.trim() !== "") readLine(content, { file, line, mark, entries, proof });
  }
  const id = entries.get("id");
  if (id === undefined)
    throw fileProblem(file, 1, "The header has no id.", `Add a line such as ${mark} id: 3f2a9c1b0d4e`);
  return {
    id: checkedId(id.value, file, id.line),
    parents: idList(entries.get("parents"), file),
    dependsOn: nameList(entries.get("depends-on"), file),
    labels: labelList(entries.get("labels"), file),
    message: entries.get("message")?.value ?? "",
    created: created(entries.get("created"), file),
    transaction: transaction("transaction", entries, file) ?? "auto",
    ...wayDown(transaction("transaction-down", entries, file)),
    ...replaces(entries.get("replaces"), file),
    ...(isReversible(entries.get("reversible"), file) ? {} : { reversible: false as const }),
    proof,
    proofs: proof.flatMap((content) => parseProof(content) ?? []),
  };
}

/** The header block of a new revision, ending in a line break. `parseHeader` reads it back as it was. */
export function printHeader(header: RevisionHeader, mark: CommentMark = "--"): string {
  const lines = [
    headerLine(mark),
    `${mark} id: ${header.id}`,
    `${mark} parents: ${header.parents.join(", ")}`,
    `${mark} message: ${oneLine(header.message)}`,
  ];
  if (header.created !== null) lines.push(`${mark} created: ${header.created}`);
  if (header.labels.length > 0) lines.push(`${mark} labels: ${header.labels.join(", ")}`);
  if (header.dependsOn.length > 0) lines.push(`${mark} depends-on: ${header.dependsOn.join(", ")}`);
  const { transaction, transactionDown = transaction, replaces = [] } = header;
  if (replaces.length > 0) lines.push(`${mark} replaces: ${replaces.join(", ")}`);
  if (transaction !== "auto") lines.push(`${mark} transaction: ${transaction}`);
  if (transactionDown !== transaction) lines.push(`${mark} transaction-down: ${transactionDown}`);
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function lineAt(text: string, from: number): string {
  const end = text.indexOf("\n", from);
  return text.slice(from, end < 0 ? text.length : end);
}

interface Reading {
  readonly file: string;
  readonly line: number;
  readonly mark: CommentMark;
  readonly entries: Map<Key, Entry>;
  readonly proof: string[];
}

/** Other comments may stand in a header, as long as they don't look like one of its lines. */
function readLine(content: string, { file, line, mark, entries, proof }: Reading): void {
  if (!content.startsWith(mark)) {
    throw fileProblem(file, line, "There is SQL above the first section.", `Put it below a line ${markers.up}`);
  }
  const found = keyLine(content, mark);
  if (found === null) return;
  if (found.name.startsWith("proof")) {
    proof.push(content.trimEnd());
    return;
  }
  const known = keysOf(mark);
  const key = known.find((candidate) => candidate === found.name.toLowerCase());
  if (key === undefined) throw unknownKey(found.name, known, { file, line });
  if (entries.has(key)) throw fileProblem(file, line, `The header says ${key} twice.`, "Leave one of the two lines.");
  entries.set(key, { value: found.value, line });
}

function keyLine(content: string, mark: CommentMark): { readonly name: string; readonly value: string } | null {
  if (!content.startsWith(mark)) return null;
  const match = /^[ \t]*([A-Za-z][\w-]*)[ \t]*:(.*)$/.exec(content.slice(mark.length));
  return match === null ? null : { name: match[1] ?? "", value: (match[2] ?? "").trim() };
}

/** The way down of SQL is a section that is there or not; of code nothing is known before it runs. */
function keysOf(mark: CommentMark): readonly Key[] {
  return mark === "//" ? keys : keys.filter((key) => key !== "reversible");
}

function unknownKey(
  name: string,
  known: readonly Key[],
  { file, line }: { readonly file: string; readonly line: number },
): Error {
  const near = known.find((key) => plain(key) === plain(name)) ?? known.find((key) => isNear(plain(key), plain(name)));
  const hint = near === undefined ? `The keys are ${known.join(", ")}.` : `Did you mean ${near}?`;
  return fileProblem(file, line, `The header has no key "${name}".`, hint);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

/** One letter more, one letter less, one letter wrong, or cut short. */
function isNear(key: string, name: string): boolean {
  if (name.length >= 3 && (key.startsWith(name) || name.startsWith(key))) return true;
  let start = 0;
  while (start < key.length && key[start] === name[start]) start++;
  let end = 0;
  const shorter = Math.min(key.length, name.length);
  while (end < shorter - start && key[key.length - 1 - end] === name[name.length - 1 - end]) end++;
  return key.length > 2 && Math.max(key.length, name.length) - start - end <= 2;
}

function items(entry: Entry | undefined, file: string): readonly string[] {
  if (entry === undefined || entry.value === "") return [];
  const names = entry.value.split(",").map((name) => name.trim());
  for (const [index, name] of names.entries()) {
    if (name === "")
      throw fileProblem(file, entry.line, "There is a comma too many.", "Separate names by single commas.");
    if (names.indexOf(name) < index)
      throw fileProblem(file, entry.line, `${name} is named twice.`, "Leave one of the two.");
  }
  return names;
}

function idList(entry: Entry | undefined, file: string): readonly string[] {
  const names = items(entry, file);
  if (entry === undefined || (names.length === 1 && names[0] === "base")) return [];
  return names.map((name) => checkedId(name, file, entry.line));
}

function nameList(entry: Entry | undefined, file: string): readonly string[] {
  const names = items(entry, file);
  for (const name of names) {
    if (entry !== undefined && !isLabel(name)) checkedId(name, file, entry.line);
  }
  return names;
}

function labelList(entry: Entry | undefined, file: string): readonly string[] {
  const names = items(entry, file);
  for (const name of names) {
    if (entry === undefined || isLabel(name)) continue;
    throw fileProblem(
      file,
      entry.line,
      `"${name}" can't be a label.`,
      `A label begins with a letter, goes on with letters, digits, "_", "." or "-" before a letter, and is none of ${[...reservedNames].join(", ")}.`,
    );
  }
  return names;
}

function checkedId(name: string, file: string, line: number): string {
  if (idPattern.test(name) && !reservedNames.has(name)) return name;
  throw fileProblem(
    file,
    line,
    `"${name}" can't be an id.`,
    'An id has 1 to 64 letters, digits, "_" or "."; keelson create makes 12 hex digits.',
  );
}

function created(entry: Entry | undefined, file: string): string | null {
  if (entry === undefined) return null;
  if (createdPattern.test(entry.value) && !Number.isNaN(Date.parse(entry.value))) return entry.value;
  throw fileProblem(file, entry.line, `"${entry.value}" is no time in UTC.`, "Write it like 2026-11-21T09:30:00Z.");
}

function replaces(entry: Entry | undefined, file: string): Pick<RevisionHeader, "replaces"> {
  const ids = idList(entry, file);
  return ids.length === 0 ? {} : { replaces: ids };
}

function wayDown(mode: TransactionMode | null): Pick<RevisionHeader, "transactionDown"> {
  return mode === null ? {} : { transactionDown: mode };
}

function transaction(
  key: "transaction" | "transaction-down",
  entries: ReadonlyMap<Key, Entry>,
  file: string,
): TransactionMode | null {
  const entry = entries.get(key);
  if (entry === undefined) return null;
  if (entry.value === "auto" || entry.value === "none") return entry.value;
  throw fileProblem(
    file,
    entry.line,
    `${key} can't be "${entry.value}".`,
    "auto: one transaction, and statements that can't be in one run after it by themselves. none: each statement by itself.",
  );
}

function isReversible(entry: Entry | undefined, file: string): boolean {
  const value = entry?.value ?? "yes";
  if (value === "yes" || value === "no") return value === "yes";
  throw fileProblem(
    file,
    entry?.line ?? 1,
    `reversible can't be "${value}".`,
    "yes: the code has a down. no: it has none.",
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
