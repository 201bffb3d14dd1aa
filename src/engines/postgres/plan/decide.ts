import { privilegeAttributes } from "../../../catalog/privileges.ts";
import { changesType, overridesOfParent } from "../render/column.ts";
import { rendererOf } from "../render/render-object.ts";
import type { RenderContext } from "../render/renderer.ts";
import { isOnlyMarks, markNames } from "../render/table.ts";
import type { Decision } from "./decision.ts";
import { body } from "./fates.ts";
import { inheritedFrom, isForeignKeyOfParent, isKeptBelow, keepsParents, tableOf } from "./inheritance.ts";
import { inheritedCheck, isCheckMadeAgain, isNew, ownCheck, validation } from "./inherited-checks.ts";
import { partitionsOf } from "./partitions.ts";
import { defaultId, differing, isSet, type PlanObject, text } from "./schema-model.ts";
import { spread } from "./spread-decisions.ts";

/** Decides for every object that differs, and for those that must go away for a while so that another can change. */
export function decide(context: RenderContext): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const from of context.from.objects) {
    const to = context.to.get(from.id);
    const decision = to === undefined ? decideDrop(from, context) : decideOne(from, to, context);
    if (decision !== null) decisions.set(from.id, decision);
  }
  for (const to of context.to.objects) {
    if (context.from.get(to.id) !== undefined) continue;
    const decision = decideCreate(to, context);
    if (decision !== null) decisions.set(to.id, decision);
  }
  for (const [id, decision] of mistakable(context)) decisions.set(id, decision);
  for (const [id, decision] of copies(context)) decisions.set(id, decision);
  spread(decisions, context);
  return decisions;
}

/**
 * Where a table becomes a partition, the server attaches the first of its indexes that fits the partitioned table's. One that
 * is to stay the partition's own has to be away meanwhile.
 */
function mistakable(context: RenderContext): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  const partitions = partitionsOf(context);
  for (const part of context.to.objects) {
    const parent = partitions.parentIndex(part, "to");
    if (parent === null || part.parent === null || partitions.joins(part.parent).length === 0) continue;
    for (const from of context.from.children(part.parent)) {
      const to = context.to.get(from.id);
      const own = from.kind === part.kind && from.id !== part.id && to !== undefined && text(to, "attachedTo") === null;
      if (own && isSet(from, "unique") === isSet(part, "unique") && body(from) === body(part))
        decisions.set(from.id, { what: "replace", from, to });
    }
  }
  return decisions;
}

/** Tables that are copied are made again with their columns; everything else that is theirs follows from that. */
function copies(context: RenderContext): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  const partitions = partitionsOf(context);
  for (const from of context.from.objects) {
    const table = from.kind === "table" ? from.id : from.kind === "column" ? from.parent : null;
    const to = context.to.get(from.id);
    if (to !== undefined && partitions.isCopied(table)) decisions.set(from.id, { what: "replace", from, to });
  }
  return decisions;
}

/** What a table has from its parents goes with them. */
function decideDrop(from: PlanObject, context: RenderContext): Decision | null {
  const origin = inheritedFrom(from, context.from);
  const gone = origin !== null && (context.to.get(origin.id) === undefined || isCheckMadeAgain(origin, context));
  const follows = gone && keepsParents(tableOf(from), context) && !isKeptBelow(origin, context);
  const joins = partitionsOf(context).ancestors(tableOf(from), "to");
  return follows || isForeignKeyOfParent(from, context.to, joins) ? null : { what: "drop", from };
}

/** What comes with a parent's part and is unlike it is changed after that. */
function decideCreate(to: PlanObject, context: RenderContext): Decision | null {
  if (comesWithParent(to, context)) return null;
  const origin = inheritedFrom(to, context.to);
  const comes = origin !== null && to.kind !== "default" && isNew(origin, context);
  if (!comes || !keepsParents(tableOf(to), context)) return { what: "create", to };
  const statements = to.kind === "column" ? overridesOfParent(to, origin, context) : validation(origin, to);
  return { what: "alter", from: to, to, statements, retypes: false };
}

/** Whether a new part of a table is made by what is done to a parent, or by making the table itself. */
function comesWithParent(to: PlanObject, context: RenderContext): boolean {
  const table = tableOf(to);
  const partitions = partitionsOf(context);
  if (partitions.leaves(table) && isForeignKeyOfParent(to, context.from, partitions.ancestors(table, "from")))
    return true;
  if (to.kind === "default" && comesWithColumn(to, context)) return true;
  const origin = inheritedFrom(to, context.to);
  if (origin === null) return false;
  if (context.from.get(table) === undefined || partitions.isCopied(table))
    return to.kind !== "default" || isSame(to, origin);
  return (
    isNew(origin, context) && keepsParents(table, context) && isSame(to, origin) && hasSameDefault(to, origin, context)
  );
}

/** A default of a column that comes with a parent's is written with what else is unlike the parent's. */
function comesWithColumn(value: PlanObject, context: RenderContext): boolean {
  const column = context.to.get(value.parent ?? "");
  const origin = column === undefined ? null : inheritedFrom(column, context.to);
  const table = tableOf(value);
  return (
    origin !== null &&
    context.from.get(column?.id ?? "") === undefined &&
    isNew(origin, context) &&
    keepsParents(table, context)
  );
}

function hasSameDefault(to: PlanObject, origin: PlanObject, context: RenderContext): boolean {
  if (to.kind !== "column") return true;
  const [own, inherited] = [context.to.get(defaultId(to.id)), context.to.get(defaultId(origin.id))];
  return own?.attributes["expression"] === inherited?.attributes["expression"];
}

function isSame(object: PlanObject, origin: PlanObject): boolean {
  return differing(object, origin).every((name) => name === "inherited" || privilegeAttributes.has(name));
}

function decideOne(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  const changed = differing(from, to).filter(
    (name) =>
      !isDerived(name, from, to) && !isMoved(name, from, context) && !followsParent(name, { from, to, context }),
  );
  const owned = ownCheck(from, to, context);
  if (owned !== null) return owned;
  if (changed.length === 0) return null;
  const check = changed.includes("definition") ? inheritedCheck(from, to, context) : null;
  if (check !== null) return check;
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

/** What tables that leave their parents, or come to others, bring about; and what makes the index of a table valid. */
function isMoved(name: string, from: PlanObject, context: RenderContext): boolean {
  if (name === "inherits" || name === "partitionBound" || name === "ofType") return true;
  if (name === "attachedTo") return text(from, name) === null || partitionsOf(context).leaves(from.parent);
  const table = context.from.get(from.parent ?? "");
  return name === "invalid" && isSet(from, name) && table !== undefined && text(table, "partitionKey") !== null;
}

/** What follows from another attribute, or is written by an action of its own. */
function isDerived(name: string, from: PlanObject, to: PlanObject): boolean {
  if (name === "inherited" || name === "usualName" || privilegeAttributes.has(name)) return true;
  if (name === "ownedBy" && from.kind === "sequence") return true;
  return name === "identitySettings" && (text(from, "identity") === null) !== (text(to, "identity") === null);
}
