import { buildHistory, type History } from "../../src/history/graph.ts";
import type { Revision } from "../../src/history/revision.ts";

/** A revision with everything that a test does not mention filled in. */
export function revision(id: string, parents: readonly string[] = [], rest: Partial<Revision> = {}): Revision {
  return {
    id,
    parents,
    dependsOn: [],
    labels: [],
    message: "",
    created: null,
    transaction: "auto",
    sequence: 0,
    file: `${id}.sql`,
    checksum: id,
    hasDown: true,
    format: "sql",
    ...rest,
  };
}

/** A history of revisions in the order of their files. */
export function historyOf(...revisions: readonly Revision[]): History {
  return buildHistory(revisions.map((each, sequence) => ({ ...each, sequence })));
}

/** The ids of revisions, in their order. */
export function ids(revisions: readonly Revision[]): readonly string[] {
  return revisions.map((each) => each.id);
}
