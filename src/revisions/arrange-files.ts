import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import type { FileFacts } from "./file-facts.ts";
import { compareFiles, type FileName, parseFileName, versionNumber } from "./file-name.ts";

/** A revision and the files it is made of. */
export interface ArrangedRevision {
  readonly revision: Revision;
  readonly upFile: string;
  /** The other half of a pair; null when one file holds everything. */
  readonly downFile: string | null;
}

/** A file by name with its facts. */
export interface FactedFile {
  readonly name: string;
  readonly facts: FileFacts;
}

/** Names of the SQL files among these that concern a dialect. */
export function filesOfDialect(names: readonly string[], dialect: Dialect): readonly string[] {
  return names.filter((name) => {
    const parsed = parseFileName(name);
    return parsed !== null && (parsed.dialect === null || parsed.dialect === dialect);
  });
}

/**
 * Makes revisions out of files: those with a header are what it says; a headerless file's id is its version, and its
 * parent the headerless file before it.
 */
export function arrangeFiles(files: readonly FactedFile[]): readonly ArrangedRevision[] {
  const named = files.map(({ name, facts }) => ({ name: nameOf(name), facts })).sort((a, b) => compareFiles(a.name, b.name));
  const downs = pairDowns(named.filter((file) => file.facts.header === null && file.name.half === "down"));
  const arranged: ArrangedRevision[] = [];
  let previous = null as { readonly id: string; readonly file: string; readonly number: string } | null;
  for (const { name, facts } of named) {
    if (facts.header === null && name.half === "down") continue;
    const sequence = arranged.length;
    if (facts.header !== null) {
      const { header, checksum, hasDown } = facts;
      arranged.push({ revision: { ...header, sequence, file: name.file, checksum, hasDown, format: "sql" }, upFile: name.file, downFile: null });
      continue;
    }
    if (name.version === null) throw nameless(name.file);
    const number = versionNumber(name.version);
    if (previous?.number === number) throw duplicate(previous.file, name.file, name.version);
    const down = downs.get(number) ?? null;
    downs.delete(number);
    arranged.push({
      revision: headerless(name, facts, { sequence, parent: previous?.id ?? null, hasDown: down !== null || facts.hasDown, pair: down !== null }),
      upFile: name.file,
      downFile: down?.name.file ?? null,
    });
    previous = { id: name.version, file: name.file, number };
  }
  for (const orphan of downs.values()) throw orphanDown(orphan.name.file);
  return arranged;
}

interface NamedFile {
  readonly name: FileName;
  readonly facts: FileFacts;
}

function headerless(
  name: FileName,
  facts: FileFacts,
  place: { readonly sequence: number; readonly parent: string | null; readonly hasDown: boolean; readonly pair: boolean },
): Revision {
  return {
    id: name.version ?? "",
    parents: place.parent === null ? [] : [place.parent],
    dependsOn: [],
    labels: [],
    message: name.description,
    created: null,
    transaction: facts.noTransaction ? "none" : "auto",
    sequence: place.sequence,
    file: name.file,
    checksum: facts.checksum,
    hasDown: place.hasDown,
    format: name.half === "up" || place.pair ? "sqlx-reversible" : "sqlx-simple",
  };
}

function pairDowns(downs: readonly NamedFile[]): Map<string, NamedFile> {
  const byNumber = new Map<string, NamedFile>();
  for (const down of downs) {
    if (down.name.version === null) throw nameless(down.name.file);
    const number = versionNumber(down.name.version);
    const other = byNumber.get(number);
    if (other !== undefined) throw duplicate(other.name.file, down.name.file, down.name.version);
    byNumber.set(number, down);
  }
  return byNumber;
}

function nameOf(file: string): FileName {
  const name = parseFileName(file);
  if (name === null) throw nameless(file);
  return name;
}

function nameless(file: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file} has neither a header nor a name that begins with a version number.`, {
    hint: "Give it a header (docs/formats/revision-file.md), name it like 20260102030405_add_users.sql, or move it out of the folder.",
    details: { file },
  });
}

function duplicate(first: string, second: string, version: string): KeelsonError {
  return new KeelsonError("history.duplicate-id", `${first} and ${second} have the same version ${version}.`, {
    hint: "Give the newer file a version of its own.",
    details: { id: version, files: [first, second] },
  });
}

function orphanDown(file: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file} has no file with the way up beside it.`, {
    hint: "A .down.sql file belongs to the .up.sql (or .sql) file with the same version.",
    details: { file },
  });
}
