import type { Catalog } from "../catalog/catalog.ts";
import { type Reconcile, withoutPrivileges } from "../catalog/privileges.ts";
import { applyRenames } from "../diff/apply-renames.ts";
import { findAmbiguities } from "../diff/find-ambiguities.ts";
import { renamedIds } from "../diff/renamed-ids.ts";
import type { Rename } from "../diff/renames.ts";
import { setAside, withoutAnswers } from "../diff/set-aside.ts";
import { silentRenames } from "../diff/silent-renames.ts";
import type { ValueMap } from "../diff/value-maps.ts";
import type { Engine } from "../engines/engine.ts";
import { isKeelsonError } from "../errors.ts";
import type { Plan, PlannedStatement } from "../plan/plan.ts";

/** A plan between two catalogs in which some things have another name. */
export interface RenamingRequest {
  readonly engine: Pick<Engine, "planChanges">;
  readonly from: Catalog;
  readonly to: Catalog;
  readonly renames: readonly Rename[];
  readonly maps?: readonly ValueMap[];
  /** The catalog that `from` becomes when these statements ran, as a database tells it. */
  readonly after: (statements: readonly string[]) => Promise<Catalog>;
  /** Gives `to` what `from`, with its new names, has of what is not compared. */
  readonly reconcile?: Reconcile;
}

/** A plan with the catalog that it leads to. */
export interface PlanWithGoal extends Plan {
  readonly goal: Catalog;
}

/** The catalog as it is after the renames that were told, and nothing else. */
export async function renamedCatalog(request: RenamingRequest): Promise<Catalog> {
  const { from, to, renames } = request;
  if (renames.length === 0) return from;
  const all = [...renames, ...setAside(from, to, renames)];
  if (from.dialect === "sqlite") return applyRenames(from, all);
  return (await carryOut(request, { catalog: from, statements: [], namesBefore: new Map() }, all)).catalog;
}

/** How often renames may make further things equal but for their names. */
const mostRounds = 8;

/**
 * Plans the renames first and everything else from what a database says the schema is after them: what names a renamed
 * column (an index, a view, a foreign key) follows it there by itself, and is not made again. What holds no rows and is
 * equal but for its name is renamed without having been told to be.
 */
export async function planWithRenames(request: RenamingRequest): Promise<PlanWithGoal> {
  const { engine, from, to, renames, maps = [], reconcile = asItIs } = request;
  // SQLite's planner tries its renames on a database of its own.
  if (from.dialect === "sqlite") return { ...(await engine.planChanges(from, to, { renames, maps })), goal: to };
  let state: Renamed = { catalog: from, statements: [], namesBefore: new Map() };
  const aside = setAside(from, to, renames);
  const all = [...renames, ...aside];
  if (all.length > 0) state = await carryOut(request, state, all);
  for (let round = 0; round < mostRounds; round++) {
    const next = await silently(request, state);
    if (next === null) break;
    state = next;
  }
  const goal = reconcile(state.catalog, to);
  const rest = await engine.planChanges(state.catalog, goal, { maps, namesBefore: state.namesBefore });
  if (state.statements.length === 0) return { ...rest, goal };
  return {
    ...rest,
    goal,
    statements: [...withoutAnswers(state.statements, aside, from), ...rest.statements],
    renames: all,
    ambiguities: findAmbiguities(from, to, all, state.catalog),
  };
}

const asItIs: Reconcile = (_from, to) => to;

/** Where renames have led. */
interface Renamed {
  readonly catalog: Catalog;
  readonly statements: readonly PlannedStatement[];
  /** By the ids that things have now: those that they have before the first statement. */
  readonly namesBefore: ReadonlyMap<string, string>;
}

async function carryOut(
  { engine, after }: RenamingRequest,
  { catalog, statements, namesBefore }: Renamed,
  more: readonly Rename[],
): Promise<Renamed> {
  const { statements: fresh } = await engine.planChanges(catalog, applyRenames(catalog, more), { renames: more });
  const all = [...statements, ...fresh];
  const ids = renamedIds(catalog, more);
  const before = new Map([...namesBefore].map(([now, id]) => [ids.get(now) ?? now, id]));
  for (const [now, next] of ids) if (!namesBefore.has(now)) before.set(next, now);
  return { catalog: await after(all.map(({ sql }) => sql)), statements: all, namesBefore: before };
}

/** The next renames that nobody needs to be asked about, or null where there are none. */
async function silently(request: RenamingRequest, state: Renamed): Promise<Renamed | null> {
  const renames = silentRenames(withoutPrivileges(state.catalog), withoutPrivileges(request.to));
  if (renames.length === 0) return null;
  try {
    return await carryOut(request, state, renames);
  } catch (error) {
    // They are a shorter way only: what the database does not rename is dropped and made.
    if (isKeelsonError(error, "statement.failed") || isKeelsonError(error, "plan.impossible")) return null;
    throw error;
  }
}
