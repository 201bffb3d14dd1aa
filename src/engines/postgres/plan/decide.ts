import { idParts } from "../../../catalog/object-id.ts";
import { changesType, retypeColumn } from "../render/column.ts";
import { rendererOf } from "../render/render-object.ts";
import type { RenderContext } from "../render/renderer.ts";
import { isOnlyMarks, markNames } from "../render/table.ts";
import { isColumnType } from "../render/type-renderers.ts";
import { inheritedFrom, keepsParents } from "./inheritance.ts";
import { differing, type PlanObject, text } from "./schema-model.ts";

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

/** Decides for every object that differs, and for those that must go away for a while so that another can change. */
export function decide(context: RenderContext): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const from of context.from.objects) {
    const to = context.to.get(from.id);
    const decision = to === undefined ? decideDrop(from, context) : decideOne(from, to, context);
    if (decision !== null) decisions.set(from.id, decision);
  }
  for (const to of context.to.objects) {
    if (context.from.get(to.id) === undefined && !comesWithParent(to, context))
      decisions.set(to.id, { what: "create", to });
  }
  spread(decisions, context);
  return decisions;
}

/** What a table has from its parents goes with them. */
function decideDrop(from: PlanObject, context: RenderContext): Decision | null {
  const origin = inheritedFrom(from, context.from);
  const follows = origin !== null && context.to.get(origin.id) === undefined && keepsParents(tableOf(from), context);
  return follows ? null : { what: "drop", from };
}

/** Whether a new part of a table is made by what is done to a parent, or by making the table itself. */
function comesWithParent(to: PlanObject, context: RenderContext): boolean {
  const origin = inheritedFrom(to, context.to);
  if (origin === null) return false;
  const table = tableOf(to);
  if (context.from.get(table) === undefined) return to.kind !== "default" || isSame(to, origin);
  return context.from.get(origin.id) === undefined && keepsParents(table, context) && isSame(to, origin);
}

function isSame(object: PlanObject, origin: PlanObject): boolean {
  return differing(object, origin).every((name) => name === "inherited");
}

/** The id of the table that a column, a default or a constraint is a part of. */
function tableOf(object: PlanObject): string {
  return `table:${idParts(object.id).slice(0, 2).join(".")}`;
}

function decideOne(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  const changed = differing(from, to).filter(
    (name) => !isDerived(name, from, to) && !followsParent(name, { from, to, context }),
  );
  if (changed.length === 0) return null;
  const marked = from.kind === "table" || from.kind === "materialized-view";
  if (marked && isOnlyMarks(changed)) return null;
  const plain = marked ? changed.filter((name) => !(markNames as readonly string[]).includes(name)) : changed;
  const statements = rendererOf(to).alter(from, to, plain, context);
  if (statements === null) return { what: "replace", from, to };
  return { what: "alter", from, to, statements, retypes: from.kind === "column" && changesType(plain) };
}

/** Whether a parent's part changes in the same way, which takes this one with it. */
function followsParent(
  name: string,
  { from, to, context }: { readonly from: PlanObject; readonly to: PlanObject; readonly context: RenderContext },
): boolean {
  const before = inheritedFrom(from, context.from);
  const after = inheritedFrom(to, context.to);
  if (before === null || after === null || before.id !== after.id || !keepsParents(tableOf(to), context)) return false;
  const same = (own: PlanObject, origin: PlanObject): boolean =>
    JSON.stringify(own.attributes[name] ?? null) === JSON.stringify(origin.attributes[name] ?? null);
  return name !== "comment" && same(from, before) && same(to, after);
}

/** What follows from another attribute, or is written by an action of its own. */
function isDerived(name: string, from: PlanObject, to: PlanObject): boolean {
  if (name === "inherited") return true;
  if (name === "ownedBy" && from.kind === "sequence") return true;
  return name === "identitySettings" && (text(from, "identity") === null) !== (text(to, "identity") === null);
}

/**
 * What is dropped, made again or given another type can't have others built on it meanwhile: those that stay in the end
 * are made again too, and so on.
 */
function spread(decisions: Map<string, Decision>, context: RenderContext): void {
  const queue = [...decisions.keys()].filter((id) => disturbs(decisions.get(id)));
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const cause = context.from.get(id);
    if (cause === undefined) continue;
    const retyped = decisions.get(id)?.what === "alter";
    const affected = [...context.from.dependents(id), ...context.from.children(id)];
    for (const object of affected) {
      const next = consequence(object, cause, { retyped, current: decisions.get(object.id), context });
      if (next === null) continue;
      decisions.set(object.id, next);
      queue.push(object.id);
    }
  }
}

function disturbs(decision: Decision | undefined): boolean {
  if (decision === undefined || decision.what === "create") return false;
  return decision.what !== "alter" || decision.retypes;
}

interface Circumstances {
  /** The cause stays and only gets another type. */
  readonly retyped: boolean;
  readonly current: Decision | undefined;
  readonly context: RenderContext;
}

/** What an object has to undergo because of what happens to one that it needs, or null where nothing more. */
function consequence(
  object: PlanObject,
  cause: PlanObject,
  { retyped, current, context }: Circumstances,
): Decision | null {
  const to = context.to.get(object.id);
  if (to === undefined || current?.what === "replace" || current?.what === "drop") return null;
  if (object.kind === "table" || object.kind === "sequence" || object.kind === "schema") return null;
  if (object.kind === "column") return columnConsequence(object, to, { cause, current, context });
  if (
    retyped &&
    (object.kind === "index" || (object.kind === "constraint" && text(object, "type") !== "foreign key"))
  ) {
    // The server builds these again by itself.
    return null;
  }
  if (object.kind === "extension") return null;
  return { what: "replace", from: object, to };
}

function columnConsequence(
  from: PlanObject,
  to: PlanObject,
  {
    cause,
    current,
    context,
  }: { readonly cause: PlanObject; readonly current: Decision | undefined; readonly context: RenderContext },
): Decision | null {
  if (isColumnType(cause)) {
    const settled = current?.what === "alter" && current.retypes;
    // The type is made again under the same name: the column moves over to it through the text of its values.
    if (settled || context.to.get(cause.id) === undefined) return null;
    const rest = current?.what === "alter" ? current.statements : [];
    return { what: "alter", from, to, statements: [retypeColumn(from, to), ...rest], retypes: true };
  }
  const computed = text(from, "generated") !== null && text(to, "generated") !== null;
  return computed && cause.kind !== "table" ? { what: "replace", from, to } : null;
}
