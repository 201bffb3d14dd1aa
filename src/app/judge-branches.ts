import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { branchPair } from "../history/branch-pair.ts";
import type { Revision } from "../history/revision.ts";
import type { OrdersVerdict } from "../scratch/compare-orders.ts";
import { describeDifference, some } from "./describe-difference.ts";
import type { Project } from "./project.ts";
import { projectDialects, type SchemaWork, withSchemaWork } from "./schema-work.ts";

/** Two branches that do not lead to one database in both orders. */
export interface BranchConflict {
  readonly dialect: Dialect;
  readonly heads: readonly [string, string];
  /** In words: the revision that does not run after the other branch, or what differs. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What was found about branches. */
export interface BranchesVerdict {
  readonly conflicts: readonly BranchConflict[];
  /** The scratch servers on which both orders ran. */
  readonly on: readonly string[];
}

/**
 * Runs every two of the branches that end in `heads` in both orders on the scratch databases of the project, in each of its
 * dialects, and names what is different. No conflict means: whoever applies them in whatever order has the same database.
 */
export async function judgeBranches(project: Project, heads: readonly string[]): Promise<BranchesVerdict> {
  const conflicts: BranchConflict[] = [];
  const on: string[] = [];
  for (const dialect of await projectDialects(project)) {
    await withSchemaWork(project, dialect, async (work) => {
      on.push(work.scratch);
      for (const [left, right] of pairs(heads.flatMap((id) => work.history.get(id) ?? []))) {
        project.on({ event: "working", doing: `Running ${left.id} and ${right.id} in both orders on ${work.scratch}` });
        const verdict = await work.compareOrders(branchPair(work.history, left, right));
        if (verdict.outcome !== "equal") conflicts.push(conflictOf(work, [left, right], verdict));
      }
    });
  }
  return { conflicts, on };
}

/** The refusal that names every conflict. */
export function conflictError(conflicts: readonly BranchConflict[]): KeelsonError {
  return new KeelsonError(
    "history.conflict",
    [
      "The branches do not lead to one database in both orders. Nothing was written.",
      ...conflicts.map(({ message }) => `  ${message}`),
    ].join("\n"),
    {
      hint: "Change one of the branches (a revision that nobody has applied yet), or join them in the order that the history has, after reading both: --unproven",
      details: { conflicts },
    },
  );
}

function conflictOf(
  { dialect }: SchemaWork,
  [left, right]: readonly [Revision, Revision],
  verdict: Exclude<OrdersVerdict, { readonly outcome: "equal" }>,
): BranchConflict {
  const heads = [left.id, right.id] as const;
  if (verdict.outcome === "fails") {
    const { revision, error } = verdict;
    const other = revision === left ? right : left;
    const message = `${revision.id} (${revision.message}) does not run after the branch of ${other.id} (${other.message}): ${error.message.split("\n")[0]}`;
    return { dialect, heads, message, details: { revision: revision.id, ...error.details } };
  }
  const { differences, unmanaged, rows } = verdict;
  const what = [
    ...differences.map(describeDifference),
    ...unmanaged.map((name) => `${name} is there after one order only`),
    ...rows.map((table) => `rows of ${table}`),
  ];
  const message = `${left.id} (${left.message}) then ${right.id} (${right.message}) leads elsewhere than the other way round: ${some(what)}.`;
  return { dialect, heads, message, details: { differences, unmanaged, rows } };
}

function pairs<T>(list: readonly T[]): readonly (readonly [T, T])[] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other] as const));
}
