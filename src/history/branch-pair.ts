import { type History, reach } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** What two revisions both build on, and what each builds on alone; every list in an order to apply. */
export function branchPair(
  history: History,
  left: Revision,
  right: Revision,
): { readonly shared: readonly Revision[]; readonly left: readonly Revision[]; readonly right: readonly Revision[] } {
  const ofLeft = reach([left], history.requirements);
  const ofRight = reach([right], history.requirements);
  const inOrder = (wanted: (revision: Revision) => boolean): readonly Revision[] => history.revisions.filter(wanted);
  return {
    shared: inOrder((revision) => ofLeft.has(revision) && ofRight.has(revision)),
    left: inOrder((revision) => ofLeft.has(revision) && !ofRight.has(revision)),
    right: inOrder((revision) => ofRight.has(revision) && !ofLeft.has(revision)),
  };
}
