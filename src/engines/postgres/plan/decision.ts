import type { PlanObject } from "./schema-model.ts";

/** What happens to one schema object. */
export type Decision =
  | { readonly what: "create"; readonly to: PlanObject }
  | { readonly what: "drop"; readonly from: PlanObject }
  /** Changed in place. `retypes`: what is built on the column has to be built again. */
  | {
      readonly what: "alter";
      readonly from: PlanObject;
      readonly to: PlanObject;
      readonly statements: readonly string[];
      readonly retypes: boolean;
    }
  | { readonly what: "replace"; readonly from: PlanObject; readonly to: PlanObject };
