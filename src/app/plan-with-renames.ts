import type { Catalog } from "../catalog/catalog.ts";
import { applyRenames } from "../diff/apply-renames.ts";
import { findAmbiguities } from "../diff/find-ambiguities.ts";
import type { Rename } from "../diff/renames.ts";
import type { Engine } from "../engines/engine.ts";
import type { Plan } from "../plan/plan.ts";

/** A plan between two catalogs in which some tables and columns have another name. */
export interface RenamingRequest {
  readonly engine: Pick<Engine, "planChanges">;
  readonly from: Catalog;
  readonly to: Catalog;
  readonly renames: readonly Rename[];
  /** The catalog that `from` becomes when these statements ran, as a database tells it. */
  readonly after: (statements: readonly string[]) => Promise<Catalog>;
}

/**
 * Plans the renames first and everything else from what a database says the schema is after them: what names a renamed
 * column (an index, a view, a foreign key) follows it there by itself, and is not made again.
 */
export async function planWithRenames({ engine, from, to, renames, after }: RenamingRequest): Promise<Plan> {
  // SQLite's planner tries its renames on a database of its own.
  if (renames.length === 0 || from.dialect === "sqlite") return await engine.planChanges(from, to, { renames });
  const first = await engine.planChanges(from, applyRenames(from, renames), { renames });
  const renamed = await after(first.statements.map(({ sql }) => sql));
  const rest = await engine.planChanges(renamed, to);
  return {
    ...rest,
    statements: [...first.statements, ...rest.statements],
    renames,
    ambiguities: findAmbiguities(from, to, renames),
  };
}
