import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision, RevisionHeader } from "../history/revision.ts";
import { refuseUnlikeSiblings } from "./dialect-files.ts";
import type { FileFacts, NamedFile } from "./file-facts.ts";
import { compareFiles, type FileName, isCodeFile, parseFileName } from "./file-name.ts";

/** A file by name with its facts. */
export interface FactedFile {
  readonly name: string;
  readonly facts: FileFacts;
}

/** Whether a file takes part in the history: code does so only with a header, SQL always. */
export function isRevision({ name, facts }: FactedFile): boolean {
  return facts.header !== null || !isCodeFile(name);
}

/** A revision and the files it is made of. */
export interface ArrangedRevision {
  readonly revision: Revision;
  readonly upFile: string;
  /** The other half of a pair; null when one file holds everything. */
  readonly downFile: string | null;
}

/**
 * Makes revisions of files, in the order of the folder. Those with a header are what it says; a headerless file's id is
 * its version, and its parent the headerless file before it. Two files of one version both become revisions, which the
 * graph then refuses by name.
 */
export function arrangeFiles(files: readonly FactedFile[], dialect: Dialect): readonly ArrangedRevision[] {
  const all = files.map(({ name, facts }): NamedFile => ({ name: nameOf(name), facts }));
  refuseUnlikeSiblings(all, dialect);
  const named = all.filter(({ name }) => name.dialect === null || name.dialect === dialect);
  if (!isSorted(named)) named.sort((a, b) => compareFiles(a.name, b.name));
  const downs = waysDown(named);
  const arranged: ArrangedRevision[] = [];
  let previous: string | null = null;
  for (const file of named) {
    const { name, facts } = file;
    const sequence = arranged.length;
    if (facts.header !== null) {
      arranged.push({ revision: headed(name, facts, facts.header, sequence), upFile: name.file, downFile: null });
    } else if (name.half !== "down") {
      if (name.version === null) throw nameless(name.file);
      const down = takeDown(downs, file);
      arranged.push({
        revision: headerless(file, down, { sequence, id: name.version, parent: previous }),
        upFile: name.file,
        downFile: down?.name.file ?? null,
      });
      previous = name.version;
    }
  }
  for (const orphan of downs.values()) throw orphanDown(orphan.name.file);
  return arranged;
}

function isSorted(files: readonly NamedFile[]): boolean {
  return files.every((file, index) => {
    const before = files[index - 1];
    return before === undefined || compareFiles(before.name, file.name) <= 0;
  });
}

/** Part by part, because a spread of ten thousand headers takes several times as long. */
function headed(name: FileName, facts: FileFacts, header: RevisionHeader, sequence: number): Revision {
  return {
    id: header.id,
    parents: header.parents,
    dependsOn: header.dependsOn,
    labels: header.labels,
    message: header.message,
    created: header.created,
    transaction: header.transaction,
    ...(header.transactionDown === undefined ? {} : { transactionDown: header.transactionDown }),
    ...(header.replaces === undefined ? {} : { replaces: header.replaces }),
    sequence,
    file: name.file,
    checksum: facts.checksum,
    hasDown: facts.hasDown,
    format: name.ending === ".sql" ? "sql" : "ts",
  };
}

function headerless(
  { name, facts }: NamedFile,
  down: NamedFile | null,
  place: { readonly sequence: number; readonly id: string; readonly parent: string | null },
): Revision {
  return {
    id: place.id,
    parents: place.parent === null ? [] : [place.parent],
    dependsOn: [],
    labels: [],
    message: name.words.replaceAll("_", " ").trim(),
    created: null,
    transaction: modeOf(facts),
    // Each file of a pair says it for itself.
    ...(down === null || modeOf(down.facts) === modeOf(facts) ? {} : { transactionDown: modeOf(down.facts) }),
    sequence: place.sequence,
    file: name.file,
    checksum: facts.checksum,
    // A way down without a statement undoes only what has none either.
    hasDown: down === null ? facts.hasDown : facts.isBlank || !down.facts.isBlank,
    format: name.half === "up" || down !== null ? "sqlx-reversible" : "sqlx-simple",
  };
}

function modeOf({ noTransaction }: FileFacts): Revision["transaction"] {
  return noTransaction ? "none" : "auto";
}

function waysDown(named: readonly NamedFile[]): Map<string, NamedFile> {
  const downs = new Map<string, NamedFile>();
  for (const file of named) {
    const { name, facts } = file;
    if (facts.header !== null || name.half !== "down") continue;
    if (name.number === null) throw nameless(name.file);
    const other = downs.get(name.number);
    if (other !== undefined) throw twoDowns(other.name, name);
    downs.set(name.number, file);
  }
  return downs;
}

function takeDown(downs: Map<string, NamedFile>, { name, facts }: NamedFile): NamedFile | null {
  const number = name.number ?? "";
  const down = downs.get(number);
  if (down === undefined) return null;
  downs.delete(number);
  if (!facts.hasSections && !down.facts.hasSections) return down;
  const [sectioned, other] = facts.hasSections ? [name, down.name] : [down.name, name];
  throw new KeelsonError(
    "history.invalid-file",
    `${sectioned.file} has sections, and ${other.file} is another part of the same revision.`,
    {
      hint: "Use sections in one file, or a pair of files without any.",
      details: { files: [name.file, down.name.file] },
    },
  );
}

function nameOf(file: string): FileName {
  const name = parseFileName(file);
  if (name === null) throw nameless(file);
  return name;
}

function nameless(file: string): KeelsonError {
  return new KeelsonError(
    "history.invalid-file",
    `${file} has neither a header nor a name that begins with a version number.`,
    {
      hint: "Give it a header (docs/formats/revision-file.md), name it like 20260102030405_add_users.sql, or move it out of the folder.",
      details: { file },
    },
  );
}

function twoDowns(one: FileName, other: FileName): KeelsonError {
  return new KeelsonError(
    "history.duplicate-id",
    `${one.file} and ${other.file} are both the way down of version ${one.version}.`,
    {
      hint: "Give the file that is applied nowhere yet a number that comes last.",
      details: { id: one.version, files: [one.file, other.file] },
    },
  );
}

function orphanDown(file: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file} has no file with the way up beside it.`, {
    hint: "A .down.sql file belongs to the .up.sql (or .sql) file with the same version.",
    details: { file },
  });
}
