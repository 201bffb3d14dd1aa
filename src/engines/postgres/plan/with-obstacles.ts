import { idParts, ownName } from "../../../catalog/object-id.ts";
import { emptyTableNeeded } from "../../../plan/obstacle.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import type { RenderContext } from "../render/renderer.ts";
import { defaultId, isSet, type PlanObject, text } from "./schema-model.ts";

/** Marks the statements that add a column which no row of a table that is there already can have a value for. */
export function withObstacles(
  statements: readonly PlannedStatement[],
  context: RenderContext,
): readonly PlannedStatement[] {
  return statements.map((statement) => {
    const column = context.to.get(statement.objects[0] ?? "");
    if (column === undefined || !isAdded(statement, column) || !needsEmptyTable(column, context)) return statement;
    return { ...statement, obstacles: [emptyTableNeeded(tableName(column), ownName(column.id))] };
  });
}

function isAdded({ sql }: PlannedStatement, column: PlanObject): boolean {
  return sql.startsWith(`ALTER TABLE ${tableName(column)} ADD COLUMN ${ownName(column.id)} `);
}

function needsEmptyTable(column: PlanObject, context: RenderContext): boolean {
  if (column.kind !== "column" || !isSet(column, "notNull")) return false;
  if (text(column, "generated") !== null || text(column, "identity") !== null) return false;
  const hasDomainDefault = column.dependsOn.some((id) => {
    const type = context.to.get(id);
    return type?.kind === "domain" && text(type, "default") !== null;
  });
  return !hasDomainDefault && context.to.get(defaultId(column.id)) === undefined;
}

function tableName(column: PlanObject): string {
  return idParts(column.id).slice(0, 2).join(".");
}
