import { ownName } from "../../../catalog/object-id.ts";
import { retypeColumn } from "../render/column.ts";
import type { RenderContext } from "../render/renderer.ts";
import { isColumnType } from "../render/type-renderers.ts";
import type { Decision } from "./decision.ts";
import { isForeign, isOfForeignTable } from "./foreign-tables.ts";
import { inheritedFrom, keepsParents, tableOf } from "./inheritance.ts";
import { validation } from "./inherited-checks.ts";
import { partitionsOf } from "./partitions.ts";
import { isRebuiltByServer, restored } from "./rebuilt-by-server.ts";
import { type PlanObject, text } from "./schema-model.ts";

/**
 * What is dropped, made again or given another type can't have others built on it meanwhile: those that stay in the end
 * are made again too, and so on.
 */
export function spread(decisions: Map<string, Decision>, context: RenderContext): void {
  const queue = [...decisions.keys()].filter((id) => disturbs(decisions.get(id)));
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const cause = context.from.get(id);
    if (cause === undefined) continue;
    const retyped = decisions.get(id)?.what === "alter";
    const built = context.from.dependents(id);
    const affected = [...built, ...context.from.children(id), ...wholeIndex(cause, context)];
    if (retyped) affected.push(...built.flatMap((check) => checksBelow(check, context)));
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

/** A check that the server builds again for a column's new type comes to the tables below as the parent's is: not looked at. */
function checksBelow(check: PlanObject, context: RenderContext): readonly PlanObject[] {
  if (text(check, "type") !== "check" || check.parent === null) return [];
  return partitionsOf(context)
    .heirs(check.parent, "from")
    .filter(({ id }) => keepsParents(id, context))
    .flatMap((heir) => {
      const own = context.from
        .children(heir.id)
        .find(({ kind, id }) => kind === "constraint" && ownName(id) === ownName(check.id));
      return own === undefined ? [] : [own, ...checksBelow(own, context)];
    });
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
  if (retyped && isRebuiltByServer(object)) {
    const origin = inheritedFrom(object, context.from);
    const unlikeOrigin = origin === null || current !== undefined ? [] : validation(origin, to);
    if (unlikeOrigin.length > 0) return { what: "alter", from: object, to, statements: unlikeOrigin, retypes: false };
    return restored(object, to, { current, context });
  }
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
