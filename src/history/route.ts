import type { Revision } from "./revision.ts";

/** Revisions in the order in which to run them; `none` when there is nothing to do. */
export interface Route {
  readonly direction: "up" | "down" | "none";
  readonly steps: readonly Revision[];
}

/** The route of a database that is where it should be. */
export const noRoute: Route = { direction: "none", steps: [] };

/** A route between two points of the history, for which no database is asked. */
export interface Range extends Route {
  /** The ids that must be applied before the first step, and no others. */
  readonly startsFrom: ReadonlySet<string>;
}

/** What stamping changes, and what the ledger holds afterwards. */
export interface StampRoute {
  readonly applied: ReadonlySet<string>;
  /** Ids to record, oldest first. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
