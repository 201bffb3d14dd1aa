import { KeelsonError } from "../errors.ts";
import type { History } from "./graph.ts";
import { isHeaderless, type Revision } from "./revision.ts";
import { resolveRange } from "./target.ts";

/** A part of a history that one revision can take the place of. */
export interface SquashRange {
  /** In the order in which they are applied; the last is the one that everything later builds on. */
  readonly replaced: readonly Revision[];
  /** What the range builds on. */
  readonly parents: readonly string[];
  readonly dependsOn: readonly string[];
  readonly labels: readonly string[];
}

/** Finds the revisions of a range (`from:to`) that one revision can replace; says which of them stands in the way. */
export function squashRange(history: History, range: string): SquashRange {
  const { steps, direction } = resolveRange(history, range);
  if (direction !== "up" || steps.length < 2) {
    throw refused(
      `${range} holds ${steps.length === 1 ? "one revision" : "no revisions"}`,
      "A squash takes the place of two revisions or more, from the older to the newer: keelson squash base:head",
    );
  }
  const inside = new Set(steps);
  const ends = steps.filter((revision) => !history.dependants(revision).some((other) => inside.has(other)));
  if (ends.length > 1) {
    throw refused(`${range} ends in ${ends.length} revisions: ${names(ends)}`, "Join them first: keelson merge");
  }
  const [last] = ends;
  for (const revision of steps) {
    const outside = revision === last ? [] : history.dependants(revision).filter((other) => !inside.has(other));
    if (outside.length > 0) {
      throw refused(
        `${names(outside)} builds on ${revision.id}, in the middle of ${range}`,
        `End the range at ${revision.id}, or choose one that has both.`,
      );
    }
    if (revision.format === "ts") {
      throw refused(
        `${revision.file} is code, which can't become a part of another revision`,
        `Choose a range without it, for example ${revision.id}:head`,
      );
    }
    if (isHeaderless(revision)) {
      throw refused(
        `${revision.file} has no header, and its place in the history comes from its name`,
        "Only revisions with a header can be replaced.",
      );
    }
  }
  const before = (of: (revision: Revision) => readonly Revision[]): readonly string[] => [
    ...new Set(
      steps.flatMap((revision) =>
        of(revision)
          .filter((other) => !inside.has(other))
          .map(({ id }) => id),
      ),
    ),
  ];
  const parents = before((revision) => history.parents(revision));
  return {
    // The last one stands for the range wherever something names one of it.
    replaced: [...steps.filter((revision) => revision !== last), ...(last === undefined ? [] : [last])],
    parents,
    dependsOn: before((revision) => history.requirements(revision)).filter((id) => !parents.includes(id)),
    labels: [...new Set(steps.flatMap(({ labels }) => labels))],
  };
}

function names(revisions: readonly Revision[]): string {
  return revisions.map(({ id, message }) => `${id} (${message})`).join(", ");
}

function refused(reason: string, hint: string): KeelsonError {
  return new KeelsonError("usage.invalid", `Nothing can be squashed there: ${reason}. Nothing was written.`, { hint });
}
