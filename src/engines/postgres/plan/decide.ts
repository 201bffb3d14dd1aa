import { idParts } from "../../../catalog/object-id.ts";
import { privilegeAttributes } from "../../../catalog/privileges.ts";
import { changesType, overridesOfParent, retypeColumn } from "../render/column.ts";
import { definitionChange } from "../render/constraint.ts";
import { rendererOf } from "../render/render-object.ts";
import type { RenderContext } from "../render/renderer.ts";
import { isOnlyMarks, markNames } from "../render/table.ts";
import { isColumnType } from "../render/type-renderers.ts";
import type { Decision } from "./decision.ts";
import { body } from "./fates.ts";
import { isForeign, isOfForeignTable } from "./foreign-tables.ts";
import { inheritedFrom, isForeignKeyOfParent, isKeptBelow, keepsParents } from "./inheritance.ts";
import { partitionsOf } from "./partitions.ts";
import { isRebuiltByServer, restored } from "./rebuilt-by-server.ts";
import { defaultId, differing, isSet, type PlanObject, text } from "./schema-model.ts";

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

/** Whether a parent's part comes in this plan: for the first time, or again. */
function isNew(origin: PlanObject, context: RenderContext): boolean {
  const from = context.from.get(origin.id);
  return from === undefined || isCheckMadeAgain(from, context);
}

function isCheckMadeAgain(origin: PlanObject, context: RenderContext): boolean {
  const to = context.to.get(origin.id);
  return text(origin, "type") === "check" && to !== undefined && definitionChange(origin, to) === null;
}

function isSame(object: PlanObject, origin: PlanObject): boolean {
  return differing(object, origin).every((name) => name === "inherited" || privilegeAttributes.has(name));
}

/** The id of the table that a column, a default or a constraint is a part of. */
function tableOf(object: PlanObject): string {
  return `table:${idParts(object.id).slice(0, 2).join(".")}`;
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

/** A check that a table has from its parents changes with theirs, but for whether its own rows have been looked at. */
function inheritedCheck(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  const before = inheritedFrom(from, context.from);
  const after = inheritedFrom(to, context.to);
  if (text(to, "type") !== "check" || before === null || after === null || !keepsParents(tableOf(to), context))
    return null;
  const moved = definitionChange(before, after) === null ? after : from;
  return { what: "alter", from, to, statements: validation(moved, to), retypes: false };
}

/** A check that goes with the parents' and stays as the table's own has to be made again, and the other way round. */
function ownCheck(from: PlanObject, to: PlanObject, context: RenderContext): Decision | null {
  if (text(to, "type") !== "check" || !keepsParents(tableOf(to), context)) return null;
  const [before, after] = [inheritedFrom(from, context.from), inheritedFrom(to, context.to)];
  const leaves = before !== null && (context.to.get(before.id) === undefined || isCheckMadeAgain(before, context));
  if (after === null) return leaves ? { what: "create", to } : null;
  const isPartition = text(context.to.get(tableOf(to)) ?? to, "partitionBound") !== null;
  return before === null && !isPartition && isNew(after, context) ? { what: "drop", from } : null;
}

function validation(from: PlanObject, to: PlanObject): readonly string[] {
  return definitionChange(from, to) === null ? [] : (definitionChange({ ...from, id: to.id }, to) ?? []);
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
    const affected = [...context.from.dependents(id), ...context.from.children(id), ...wholeIndex(cause, context)];
    for (const object of affected) {
      const next = consequence(object, cause, { retyped, current: decisions.get(object.id), context });
      if (next === null) continue;
      decisions.set(object.id, next);
      queue.push(object.id);
    }
  }
}

/** No statement takes the index of a partition out of the partitioned table's, as long as the partition stays one. */
function wholeIndex(part: PlanObject, context: RenderContext): readonly PlanObject[] {
  const partitions = partitionsOf(context);
  const parent = partitions.parentIndex(part, "from");
  const table = part.parent ?? "";
  const stays = context.to.get(table) !== undefined && !partitions.leaves(table) && !partitions.isCopied(table);
  return parent !== null && stays ? [parent] : [];
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
  if (object.kind === "table") return cause.kind === "server" ? { what: "replace", from: object, to } : null;
  if (object.kind === "sequence" || object.kind === "schema") return null;
  const partitions = partitionsOf(context);
  // A partition that leaves keeps its indexes.
  if (partitions.parentIndex(object, "from") === cause && partitions.leaves(object.parent)) return null;
  if (object.kind === "column") return columnConsequence(object, to, { cause, current, context });
  if (retyped && isRebuiltByServer(object)) return restored(object, to, { current, context });
  if (object.kind === "extension") return null;
  // What a foreign table has from its parents comes with it.
  if (cause.kind === "table" && isOfForeignTable(to, context.to) && inheritedFrom(to, context.to) !== null) return null;
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
    if (settled || context.to.get(cause.id) === undefined) return null;
    // Generated columns hold nothing of their own, and the server moves none of them.
    if (isGenerated(to)) return { what: "replace", from, to };
    // The type is made again under the same name: the column moves over to it through the text of its values.
    const rest = current?.what === "alter" ? current.statements : [];
    // The column of a parent takes those of its heirs with it.
    if (movesWithParent(from, to, context)) return { what: "alter", from, to, statements: rest, retypes: true };
    return { what: "alter", from, to, statements: [...retypeColumn(from, to, context), ...rest], retypes: true };
  }
  // Foreign tables and those that are copied are made again with their columns.
  if (cause.kind === "table")
    return from.parent === cause.id && isForeign(cause) ? { what: "replace", from, to } : null;
  return isGenerated(from) && isGenerated(to) ? { what: "replace", from, to } : null;
}

function movesWithParent(from: PlanObject, to: PlanObject, context: RenderContext): boolean {
  const before = inheritedFrom(from, context.from);
  return before !== null && before.id === inheritedFrom(to, context.to)?.id && keepsParents(tableOf(to), context);
}

function isGenerated(column: PlanObject): boolean {
  return text(column, "generated") !== null;
}
