import type { Catalog } from "../../../catalog/catalog.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { columnName, type TableModel, tableModels } from "./table-model.ts";

/** Says of which tables the columns will stand in another order than in the wanted catalog: new ones come last. */
export function orderLeft(from: Catalog, to: Catalog, statements: readonly PlannedStatement[]): readonly string[] {
  const dropped = new Set(statements.flatMap(({ sql, objects }) => (sql.startsWith("DROP TABLE") ? objects : [])));
  const old = tableModels(from);
  return [...tableModels(to).values()].flatMap((table) => {
    const before = old.get(table.table.id);
    if (before === undefined || dropped.has(table.table.id)) return [];
    const wanted = names(table);
    const kept = names(before).filter((name) => wanted.includes(name));
    const reached = [...kept, ...wanted.filter((name) => !kept.includes(name))];
    if (reached.join() === wanted.join()) return [];
    return [
      `order of the columns of ${table.name}: it stays ${reached.join(", ")}, because new columns come last and only a rebuild of the table could move them`,
    ];
  });
}

function names(table: TableModel): readonly string[] {
  return table.columns.map((column) => columnName(table, column));
}
