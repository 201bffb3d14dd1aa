import type { Catalog } from "../../../catalog/catalog.ts";
import { compareCatalogs } from "../../../catalog/compare.ts";
import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import { applyRenames } from "../../../diff/apply-renames.ts";
import { findAmbiguities } from "../../../diff/find-ambiguities.ts";
import type { Rename } from "../../../diff/renames.ts";
import { KeelsonError } from "../../../errors.ts";
import { orderActions } from "../../../plan/order-actions.ts";
import type { Plan, PlannedStatement, PlanOptions } from "../../../plan/plan.ts";
import { renameConstraint } from "../render/constraint.ts";
import { renameIndex } from "../render/index-renderer.ts";
import type { RenderContext } from "../render/renderer.ts";
import { buildActions, type PlanAction } from "./build-actions.ts";
import { columnOrder } from "./column-order.ts";
import { type Decision, decide } from "./decide.ts";
import { matchRenamed, type RenamedPart, withRenamedParts } from "./match-renamed.ts";
import { schemaModel, text } from "./schema-model.ts";
import { withObstacles } from "./with-obstacles.ts";

/** Writes and orders the statements that turn one catalog into another. */
export function planChanges(from: Catalog, to: Catalog, options: PlanOptions = {}): Plan {
  const renames = options.renames ?? [];
  const renamed = applyRenames(from, renames);
  const parts = matchRenamed(renamed, to);
  const start = withRenamedParts(renamed, parts);
  const context: RenderContext = { from: schemaModel(start), to: schemaModel(to) };
  const decisions = decide(context);
  refuseImpossible(decisions);
  const ordered = order(decisions, context);
  const statements = [
    ...renames.map(renameStatement),
    ...parts.map(renamePartStatement),
    ...withObstacles(
      ordered.flatMap((action) => action.statements),
      context,
    ),
  ];
  return {
    dialect: "postgres",
    statements: [...bodyCheck(decisions), ...statements],
    differences: compareCatalogs(renamed, to),
    renames,
    ambiguities: findAmbiguities(from, to, renames),
    transaction: "auto",
    left: columnOrder(context),
  };
}

/** Constraints are written into their table where that closes no circle; otherwise they come after it. */
function order(decisions: ReadonlyMap<string, Decision>, context: RenderContext): readonly PlanAction[] {
  const unfolded = new Set<string>();
  for (;;) {
    const actions = buildActions({ decisions, context, unfolded });
    const result = orderActions(actions);
    if ("ordered" in result) return result.ordered;
    const inCycle = new Set(result.cycle);
    if (
      !takeApart(
        actions.filter((action) => inCycle.has(action.key)),
        context,
        unfolded,
      )
    )
      throw cyclic(result.cycle);
  }
}

/** Takes foreign keys out of the statements of a circle, then everything else that can stand alone; false where nothing is left. */
function takeApart(circle: readonly PlanAction[], context: RenderContext, unfolded: Set<string>): boolean {
  const before = unfolded.size;
  for (const id of circle.flatMap((action) => action.folded)) if (isForeignKey(id, context)) unfolded.add(id);
  if (unfolded.size > before) return true;
  for (const action of circle) unfoldAll(action, context, unfolded);
  return unfolded.size > before;
}

function isForeignKey(id: string, context: RenderContext): boolean {
  const constraint = context.to.get(id) ?? context.from.get(id);
  return constraint !== undefined && text(constraint, "type") === "foreign key";
}

function unfoldAll(action: PlanAction, context: RenderContext, unfolded: Set<string>): void {
  for (const id of action.folded) unfolded.add(id);
  const table = action.statements[0]?.objects[0] ?? "";
  const values = context.to.children(table).flatMap((column) => context.to.children(column.id));
  for (const value of values) if (value.kind === "default" && value.dependsOn.length > 0) unfolded.add(value.id);
}

/** Tables are never made again: that would lose their rows, whatever the statements say. */
function refuseImpossible(decisions: ReadonlyMap<string, Decision>): void {
  for (const decision of decisions.values()) {
    if (decision.what !== "replace" || decision.from.kind !== "table") continue;
    throw new KeelsonError(
      "plan.impossible",
      `Table ${decision.from.name} can't get another partition key, or another type that it is of, in place. Nothing was planned.`,
      { hint: "Make a new table, copy the rows and rename it, in revisions of your own (keelson create --empty)." },
    );
  }
}

/** Functions may be written before the tables, views and functions that their bodies name. */
function bodyCheck(decisions: ReadonlyMap<string, Decision>): readonly PlannedStatement[] {
  const made = [...decisions.values()].filter((decision) => decision.what !== "drop");
  if (made.length < 2 || !made.some((decision) => decision.to.kind === "function")) return [];
  return [
    {
      sql: "SET LOCAL check_function_bodies = off",
      title: "check function bodies when they run",
      objects: [],
      losses: [],
    },
  ];
}

function renameStatement(rename: Rename): PlannedStatement {
  const sql =
    rename.kind === "table"
      ? renameTable(rename)
      : [
          `ALTER TABLE ${idParts(rename.to).slice(0, 2).join(".")} RENAME COLUMN ${ownName(rename.from)} TO ${ownName(rename.to)}`,
        ];
  return {
    sql: sql.join(";\n"),
    title: `rename ${rename.kind} ${sqlName(rename.from)} to ${sqlName(rename.to)}`,
    objects: [rename.to],
    losses: [],
  };
}

function renameTable(rename: Rename): readonly string[] {
  const [schema = "", name = ""] = idParts(rename.from);
  const [newSchema = "", newName = ""] = idParts(rename.to);
  return [
    ...(schema === newSchema ? [] : [`ALTER TABLE ${schema}.${name} SET SCHEMA ${newSchema}`]),
    ...(name === newName ? [] : [`ALTER TABLE ${newSchema}.${name} RENAME TO ${newName}`]),
  ];
}

function renamePartStatement({ from, to }: RenamedPart): PlannedStatement {
  const sql =
    to.kind === "constraint"
      ? renameConstraint(from, to)
      : to.kind === "index"
        ? renameIndex(from, to)
        : `ALTER SEQUENCE ${sqlName(from.id)} RENAME TO ${ownName(to.id)}`;
  return { sql, title: `rename ${to.kind} ${from.name} to ${ownName(to.id)}`, objects: [to.id], losses: [] };
}

function cyclic(cycle: readonly string[]): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `These changes need each other, so that none can come first: ${cycle.join(", ")}. Nothing was planned.`,
    { hint: "Make one of them in a revision of its own (keelson create --empty).", details: { cycle } },
  );
}
