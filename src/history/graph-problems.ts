import { KeelsonError } from "../errors.ts";
import { isHeaderless, type Revision } from "./revision.ts";

/** A name in a header that no revision answers to. */
export interface LostName {
  readonly revision: Revision;
  readonly name: string;
  readonly as: "parent" | "dependency";
}

/** The error for two files that say they are the same revision. */
export function duplicateId(one: Revision, other: Revision): KeelsonError {
  const headerless = isHeaderless(one) && isHeaderless(other);
  return new KeelsonError("history.duplicate-id", `${one.file} and ${other.file} are the same revision, ${one.id}.`, {
    hint: headerless
      ? "The number at the beginning of a headerless file's name is its identity. Give the file that is applied nowhere yet a number that comes last."
      : "Was one file copied from the other? Give the newer one an id of its own; keelson create makes one.",
    details: { id: one.id, files: [one.file, other.file] },
  });
}

/** The error for a label that already names something else. */
export function duplicateLabel(label: string, one: Revision, other: Revision): KeelsonError {
  const message =
    one === other
      ? `${one.file} has the label ${label} twice, or as its id.`
      : `The label ${label} of ${other.file} already names the revision in ${one.file}.`;
  return new KeelsonError("history.duplicate-label", message, {
    hint: "A label names one revision and the branch that it is on. Choose another one.",
    details: { label, revisions: [one.id, other.id], files: [one.file, other.file] },
  });
}

/** The error for parents and dependencies that the folder lacks, all of them at once. */
export function missingParents(lost: readonly LostName[]): KeelsonError {
  const shown = lost.slice(0, 5).map(({ revision, name, as }) => `${revision.file} names ${name} as its ${as}`);
  const more = lost.length > shown.length ? ` and ${lost.length - shown.length} more` : "";
  return new KeelsonError(
    "history.missing-parent",
    `The folder lacks revisions that others build on: ${shown.join("; ")}${more}.`,
    {
      hint: "Bring the missing files into this checkout, or correct the header.",
      details: { missing: lost.map(({ revision, name, as }) => ({ id: revision.id, file: revision.file, name, as })) },
    },
  );
}

/** The error for a dependency that could be any of several revisions. */
export function unclearDependency(revision: Revision, name: string, found: readonly Revision[]): KeelsonError {
  const ids = found.slice(0, 5).map((each) => each.id);
  return new KeelsonError(
    "history.invalid-file",
    `${revision.file}: depends-on names ${name}, and ${found.length} ids begin so: ${ids.join(", ")}.`,
    { hint: "Write the whole id.", details: { file: revision.file, id: revision.id, candidates: ids } },
  );
}
