import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { RevisionHeader } from "../history/revision.ts";
import type { NamedFile } from "./file-facts.ts";

/**
 * Refuses a revision whose files for different dialects are not one revision: one of them missing for the dialect at
 * hand, which would skip it there in silence, or headers that say different things.
 */
export function refuseUnlikeSiblings(files: readonly NamedFile[], dialect: Dialect): void {
  const own = new Map<string, NamedFile>();
  for (const file of files) if (file.name.dialect === dialect) own.set(file.name.stem, file);
  for (const file of files) {
    if (file.name.dialect === null || file.name.dialect === dialect) continue;
    const sibling = own.get(file.name.stem);
    if (sibling === undefined) throw missingSibling(file.name.file, `${file.name.stem}.${dialect}${file.name.ending}`);
    const different = differentKey(file.facts.header, sibling.facts.header);
    if (different !== null) throw unlike(file.name.file, sibling.name.file, different);
  }
}

const shared = ["id", "parents", "dependsOn", "labels", "replaces"] as const;

function differentKey(one: RevisionHeader | null, other: RevisionHeader | null): string | null {
  if (one === null || other === null) return one === other ? null : "header";
  const key = shared.find((name) => String(one[name]) !== String(other[name]));
  return key === "dependsOn" ? "depends-on" : (key ?? null);
}

function missingSibling(file: string, missing: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file} has no ${missing} beside it.`, {
    hint: "A revision has a file for each dialect that the project runs on. If there is nothing to do on this one, leave its up empty.",
    details: { file, missing },
  });
}

function unlike(one: string, other: string, key: string): KeelsonError {
  return new KeelsonError("history.invalid-file", `${one} and ${other} are one revision, and their ${key} differs.`, {
    hint: "The headers of both files must name the same id, parents, depends-on, labels and replaces.",
    details: { files: [one, other], key },
  });
}
