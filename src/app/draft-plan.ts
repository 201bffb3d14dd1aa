import type { Catalog } from "../catalog/catalog.ts";
import { sqlName } from "../catalog/object-id.ts";
import type { Reconcile } from "../catalog/privileges.ts";
import { isEndOf, readName } from "../diff/read-rename.ts";
import { type Rename, reversed } from "../diff/renames.ts";
import type { ValueMap } from "../diff/value-maps.ts";
import type { Engine } from "../engines/engine.ts";
import { isKeelsonError } from "../errors.ts";
import type { Ambiguity, Plan } from "../plan/plan.ts";
import type { WayBack } from "../plan/section-text.ts";
import { planWithRenames, type RenamingRequest } from "./plan-with-renames.ts";
import type { RenameAnswers } from "./rename-answers.ts";

/** The way from one catalog to another. */
export interface DraftWay {
  readonly up: Plan;
  /** Questions that were left open: what went is dropped in this plan. */
  readonly questions: readonly Ambiguity[];
  /** The catalog that the way there leads to: the desired one, with what is not compared as it was. */
  readonly goal: Catalog;
  /** The renames that were told, as they fit the two catalogs. */
  readonly renames: readonly Rename[];
}

/** The same with the way back. */
export interface DraftPlan extends DraftWay {
  readonly back: WayBack;
}

/** What is needed to draft: the same engine has to have read both catalogs. */
export interface DraftRequest {
  readonly engine: Pick<Engine, "planChanges">;
  readonly current: Catalog;
  readonly desired: Catalog;
  readonly renames: RenameAnswers;
  /** What rows get instead of values that an enum no longer has, each way. */
  readonly maps?: { readonly up: readonly ValueMap[]; readonly down: readonly ValueMap[] };
  /** Gives the desired catalog what the current one has of what is not compared; nothing unless told. */
  readonly reconcile?: Reconcile;
  /** What each side becomes when some statements ran on it. */
  readonly after: {
    readonly current: RenamingRequest["after"];
    readonly desired: RenamingRequest["after"];
  };
}

/** Plans the way from one catalog to another and back; throws as `draftWay` does. */
export async function draftPlan(request: DraftRequest): Promise<DraftPlan> {
  const way = await draftWay(request);
  return { ...way, back: await planBack({ ...request, desired: way.goal }, way.renames) };
}

/** Plans the way from one catalog to another. Throws `plan.ambiguous` with every question that nobody answered. */
export async function draftWay(request: DraftRequest): Promise<DraftWay> {
  const { engine, current, desired, renames, maps, after, reconcile } = request;
  for (;;) {
    const known = renames.resolve(current, desired);
    const up = await planWithRenames({
      engine,
      from: current,
      to: desired,
      renames: known,
      maps: maps?.up ?? [],
      after: after.current,
      ...(reconcile === undefined ? {} : { reconcile }),
    });
    const open = up.ambiguities.filter(
      (ambiguity) => !renames.isDropped(ambiguity) && !isMapped(ambiguity, maps?.up ?? []),
    );
    if (open.length === 0 || renames.leavesOpen) return { up, questions: open, goal: up.goal, renames: known };
    await renames.ask(open);
  }
}

async function planBack(request: DraftRequest, renames: readonly Rename[]): Promise<WayBack> {
  const { engine, current, desired, maps, after, reconcile } = request;
  try {
    const plan = await planWithRenames({
      engine,
      from: desired,
      to: current,
      renames: reversed(renames),
      maps: maps?.down ?? [],
      after: async (statements) => {
        const renamed = await after.desired(statements);
        return reconcile === undefined ? renamed : reconcile(current, renamed);
      },
    });
    return { plan };
  } catch (error) {
    if (!isKeelsonError(error, "plan.impossible")) throw error;
    return { impossible: error.message };
  }
}

/** Whether it was said what the rows with a value get instead: then the value goes, and is no other by another name. */
function isMapped({ kind, from }: Ambiguity, maps: readonly ValueMap[]): boolean {
  if (kind !== "enum-value") return false;
  const { parts } = readName(from);
  return maps.some(
    (map) =>
      map.from === parts.at(-1) && isEndOf({ parts: parts.slice(0, -1), args: null }, readName(sqlName(map.enum))),
  );
}
