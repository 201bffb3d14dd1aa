import type { Catalog } from "../../../catalog/catalog.ts";
import { compareCatalogs } from "../../../catalog/compare.ts";
import { applyRenames } from "../../../diff/apply-renames.ts";
import { findAmbiguities } from "../../../diff/find-ambiguities.ts";
import { namesBefore } from "../../../diff/names-before.ts";
import { KeelsonError } from "../../../errors.ts";
import { orderActions } from "../../../plan/order-actions.ts";
import type { Plan, PlannedStatement, PlanOptions } from "../../../plan/plan.ts";
import type { RenderContext } from "../render/renderer.ts";
import { buildActions, type PlanAction } from "./build-actions.ts";
import { columnOrder } from "./column-order.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { matchRenamed, withRenamedParts } from "./match-renamed.ts";
import { refuseImpossible } from "./refuse-impossible.ts";
import { renameStatements } from "./rename-statements.ts";
import { requirementsOf } from "./requirements.ts";
import { schemaModel, text } from "./schema-model.ts";
import { secretsLeft } from "./secrets-left.ts";
import { type StandIn, withStandIn } from "./stand-ins.ts";

const nothingToDo: Plan = {
  dialect: "postgres",
  statements: [],
  differences: [],
  renames: [],
  ambiguities: [],
  transaction: "auto",
  left: [],
  requirements: [],
};

/** Writes and orders the statements that turn one catalog into another. */
export function planChanges(from: Catalog, to: Catalog, options: PlanOptions = {}): Plan {
  const renames = options.renames ?? [];
  const renamed = applyRenames(from, renames);
  const differences = compareCatalogs(renamed, to);
  if (differences.length === 0 && renames.length === 0) return nothingToDo;
  const parts = matchRenamed(renamed, to);
  const start = withRenamedParts(renamed, parts, to);
  const context: RenderContext = { from: schemaModel(start), to: schemaModel(to), maps: options.maps ?? [] };
  const decisions = decide(context);
  refuseImpossible(decisions, context);
  const ordered = order(decisions, context, options);
  const statements = [
    ...renameStatements(from, renames),
    ...renameStatements(renamed, parts).map(({ rename: _told, ...statement }) => statement),
    ...ordered.flatMap((action) => action.statements),
  ];
  // A new value of an enum may have to be committed before the rest, and a setting would not outlive that.
  const committed =
    statements.findLastIndex(({ sql }) => sql.startsWith("ALTER TYPE ") && sql.includes(" ADD VALUE '")) + 1;
  return {
    dialect: "postgres",
    statements: [...statements.slice(0, committed), ...bodyCheck(decisions), ...statements.slice(committed)],
    differences,
    renames,
    ambiguities: findAmbiguities(from, to, renames),
    transaction: "auto",
    left: [...columnOrder(context), ...secretsLeft(decisions)],
    requirements: requirementsOf(decisions, context, {
      namesBefore: options.namesBefore ?? namesBefore(from, renames),
      serverVersion: to.serverVersion,
    }),
  };
}

/** Constraints are written into their table where that closes no circle; otherwise they come after it. */
function order(
  decisions: ReadonlyMap<string, Decision>,
  context: RenderContext,
  { shuffle }: PlanOptions,
): readonly PlanAction[] {
  const unfolded = new Set<string>();
  let standIns: readonly StandIn[] = [];
  for (;;) {
    const actions = buildActions({ decisions, context, unfolded, standIns });
    const result = orderActions(actions, shuffle === undefined ? {} : { shuffle });
    if ("ordered" in result) return result.ordered;
    const inCycle = new Set(result.cycle);
    const circle = actions.filter((action) => inCycle.has(action.key));
    if (takeApart(circle, context, unfolded)) continue;
    const more = withStandIn(standIns, result.cycle);
    if (more === null) throw cyclic(result.cycle);
    standIns = more;
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

function cyclic(cycle: readonly string[]): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `These changes need each other, so that none can come first: ${cycle.join(", ")}. Nothing was planned.`,
    { hint: "Make one of them in a revision of its own (keelson create --empty).", details: { cycle } },
  );
}
