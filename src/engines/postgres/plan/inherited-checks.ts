import { definitionChange } from "../render/constraint.ts";
import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import { inheritedFrom, keepsParents, tableOf } from "./inheritance.ts";
import { type PlanObject, text } from "./schema-model.ts";

/** A check that a table has from its parents changes with theirs, but for whether its own rows have been looked at. */
export function inheritedCheck(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  const before = inheritedFrom(from, context.from);
  const after = inheritedFrom(to, context.to);
  if (text(to, "type") !== "check" || before === null || after === null || !keepsParents(tableOf(to), context))
    return null;
  const moved = definitionChange(before, after) === null ? after : from;
  return { what: "alter", from, to, statements: validation(moved, to), retypes: false };
}

/** A check that goes with the parents' and stays as the table's own has to be made again, and the other way round. */
export function ownCheck(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  if (text(to, "type") !== "check" || !keepsParents(tableOf(to), context)) return null;
  const [before, after] = [inheritedFrom(from, context.from), inheritedFrom(to, context.to)];
  const leaves = before !== null && (context.to.get(before.id) === undefined || isCheckMadeAgain(before, context));
  if (after === null) return leaves ? { what: "create", to } : null;
  const isPartition = text(context.to.get(tableOf(to)) ?? to, "partitionBound") !== null;
  return before === null && !isPartition && isNew(after, context) ? { what: "drop", from } : null;
}

/** The statements that make a check like another one, but for its name; none where it would have to be made again. */
export function validation(from: PlanObject, to: PlanObject): readonly string[] {
  return definitionChange(from, to) ?? [];
}

/** Whether a parent's part comes in this plan: for the first time, or again. */
export function isNew(origin: PlanObject, context: RenderContext): boolean {
  const from = context.from.get(origin.id);
  return from === undefined || isCheckMadeAgain(from, context);
}

/** Whether a parent's check stays, but has to be dropped and added for what changes in it. */
export function isCheckMadeAgain(origin: PlanObject, context: RenderContext): boolean {
  const to = context.to.get(origin.id);
  return text(origin, "type") === "check" && to !== undefined && definitionChange(origin, to) === null;
}
