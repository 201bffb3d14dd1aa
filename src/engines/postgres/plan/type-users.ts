import type { PlanObject, SchemaModel } from "./schema-model.ts";
import { text } from "./schema-model.ts";
import { involves, typeUse } from "./type-names.ts";

const madeOfTypes: readonly PlanObject["kind"][] = ["domain", "type", "range"];

/** The columns, of tables and of materialized views, whose values hold a type: as it is, or inside of others. */
export function columnsHolding(type: PlanObject, model: SchemaModel): readonly PlanObject[] {
  const columns = new Map<string, PlanObject>();
  const seen = new Set([type.id]);
  const queue = [type];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const user of model.dependents(at.id)) {
      if (user.kind === "column" && involves(text(user, "type") ?? "", model, (one) => one.id === type.id)) {
        columns.set(user.id, user);
      } else if (madeOfTypes.includes(user.kind) && !seen.has(user.id)) {
        seen.add(user.id);
        queue.push(user);
      }
    }
  }
  return [...columns.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether columns hold values of a domain as elements of arrays or as parts of composites or ranges. */
export function usedInsideColumns(domain: PlanObject, model: SchemaModel): boolean {
  return columnsHolding(domain, model).some((column) => {
    let use = typeUse(text(column, "type") ?? "", model);
    while (use.object !== null && use.object.id !== domain.id && use.object.kind === "domain" && !use.array) {
      use = typeUse(text(use.object, "type") ?? "", model);
    }
    return use.array || use.object?.id !== domain.id;
  });
}
