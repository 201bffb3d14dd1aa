import type { Catalog } from "../../../catalog/catalog.ts";
import { compareCatalogs } from "../../../catalog/compare.ts";
import { KeelsonError } from "../../../errors.ts";
import type { Plan, PlanOptions } from "../../../plan/plan.ts";

/** Writes and orders the statements that turn one catalog into another. */
export function planChanges(from: Catalog, to: Catalog, options: PlanOptions = {}): Plan {
  const differences = compareCatalogs(from, to);
  if (differences.length > 0) throw new KeelsonError("plan.impossible", "Nothing can be planned yet.");
  return {
    dialect: "sqlite",
    statements: [],
    differences,
    renames: options.renames ?? [],
    ambiguities: [],
    transaction: "auto",
    left: [],
  };
}
