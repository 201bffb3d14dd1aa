import type { Catalog } from "../catalog/catalog.ts";
import { type CatalogDifference, compareCatalogs, compareUnmanaged } from "../catalog/compare.ts";
import { isKeelsonError, type KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { readRows } from "./read-rows.ts";
import type { ReplayRequest } from "./replay.ts";
import type { Workbench } from "./workbench.ts";

/** Two branches over what both build on, each in an order that its own revisions allow. */
export interface BranchPair {
  readonly shared: readonly Revision[];
  readonly left: readonly Revision[];
  readonly right: readonly Revision[];
}

/** What running two branches in both orders showed. */
export type OrdersVerdict =
  | { readonly outcome: "equal" }
  /** One of them does not run on top of the other. */
  | { readonly outcome: "fails"; readonly revision: Revision; readonly error: KeelsonError }
  | {
      readonly outcome: "different";
      readonly differences: readonly CatalogDifference[];
      /** Names of what is not compared in detail and is there after one order only. */
      readonly unmanaged: readonly string[];
      /** Names of tables whose rows differ. */
      readonly rows: readonly string[];
    };

interface Reached {
  readonly catalog: Catalog;
  readonly rows: ReadonlyMap<string, string>;
}

/**
 * Runs two branches one after the other on an empty scratch database, in both orders, and compares schemas and rows. Fails
 * as the replay does where a branch does not run by itself.
 */
export async function compareOrders(
  bench: Workbench,
  request: Pick<ReplayRequest, "history" | "bodies" | "runCode">,
  { shared, left, right }: BranchPair,
): Promise<OrdersVerdict> {
  const go = async (
    first: readonly Revision[],
    second: readonly Revision[],
  ): Promise<Reached | { readonly failed: Revision; readonly error: KeelsonError }> => {
    try {
      return await reached(bench, { ...request, inOrder: [...shared, ...first, ...second] });
    } catch (error) {
      const failed = isKeelsonError(error) ? second.find(({ id }) => id === error.details["revision"]) : undefined;
      if (failed === undefined || !isKeelsonError(error)) throw error;
      return { failed, error };
    }
  };
  const one = await go(left, right);
  if ("failed" in one) return { outcome: "fails", revision: one.failed, error: one.error };
  const other = await go(right, left);
  if ("failed" in other) return { outcome: "fails", revision: other.failed, error: other.error };
  const differences = compareCatalogs(one.catalog, other.catalog);
  const unmanaged = compareUnmanaged(one.catalog, other.catalog)
    .map(({ name }) => name)
    .sort();
  let rows = differing(one, other);
  // What a revision takes from a clock or from chance differs between two runs of one order, too.
  if (rows.length > 0) {
    const again = await go(left, right);
    const unstable = "failed" in again ? [] : differing(one, again);
    rows = rows.filter((name) => !unstable.includes(name));
  }
  return differences.length + unmanaged.length + rows.length === 0
    ? { outcome: "equal" }
    : { outcome: "different", differences, unmanaged, rows };
}

/** Replays are never taken from the cache: rows are not kept there. */
async function reached(bench: Workbench, request: ReplayRequest): Promise<Reached> {
  return await bench.look(request, async ({ engine, session }) => {
    const catalog = await engine.introspect(session);
    return { catalog, rows: await readRows(session, catalog) };
  });
}

function differing(one: Reached, other: Reached): readonly string[] {
  const ids = new Set([...one.rows.keys(), ...other.rows.keys()]);
  const names = new Map([...other.catalog.objects, ...one.catalog.objects].map(({ id, name }) => [id, name]));
  return [...ids]
    .filter((id) => one.rows.get(id) !== other.rows.get(id))
    .map((id) => names.get(id) ?? id)
    .sort();
}
