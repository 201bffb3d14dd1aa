import type { Catalog } from "../../../catalog/catalog.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { tableModels } from "./table-model.ts";

/**
 * Says to which tables new columns come elsewhere than where the wanted catalog has them. Only what these statements bring
 * about is told: an order that differed before would otherwise be told with every plan for ever.
 */
export function orderLeft(from: Catalog, to: Catalog, statements: readonly PlannedStatement[]): readonly string[] {
  const dropped = new Set(statements.flatMap(({ sql, objects }) => (sql.startsWith("DROP TABLE") ? objects : [])));
  const old = tableModels(from);
  return [...tableModels(to).values()].flatMap((table) => {
    const before = old.get(table.table.id);
    if (before === undefined || dropped.has(table.table.id)) return [];
    const known = new Set(before.columns.map(({ id }) => id));
    const added = table.columns.filter(({ id }) => !known.has(id));
    const last = table.columns.slice(table.columns.length - added.length);
    if (added.every(({ id }, index) => id === last[index]?.id)) return [];
    return [`order of the columns of ${table.name}: new ones come last`];
  });
}
