import type { RenderContext } from "../render/renderer.ts";
import { isColumnType } from "../render/type-renderers.ts";
import type { Decision } from "./decision.ts";
import { isForeign } from "./foreign-tables.ts";
import { inheritedFrom } from "./inheritance.ts";
import { indexName, isIndexed, type Partitions, partitionsOf } from "./partitions.ts";
import { isSet, list, type PlanObject, text } from "./schema-model.ts";

/** What the fates of objects follow from. */
export interface FateRequest {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
  /** Parts that must not be written into the statement of what they are parts of. */
  readonly unfolded: ReadonlySet<string>;
}

/** Tells with which action an object comes, and with which one it goes. */
export class Fates {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
  readonly partitions: Partitions;
  readonly #unfolded: ReadonlySet<string>;
  readonly #along = new Map<string, boolean>();

  constructor({ decisions, context, unfolded }: FateRequest) {
    this.decisions = decisions;
    this.context = context;
    this.partitions = partitionsOf(context);
    this.#unfolded = unfolded;
  }

  /** Whether an object is dropped, for good or to be made again. */
  isUnmade(id: string): boolean {
    const decision = this.decisions.get(id);
    return decision?.what === "drop" || decision?.what === "replace";
  }

  /** Whether an object is created, for the first time or again. */
  isMade(id: string): boolean {
    const decision = this.decisions.get(id);
    return decision?.what === "create" || decision?.what === "replace";
  }

  /** Whether a new object is written by the statement of another new one. */
  isFolded(object: PlanObject): boolean {
    if (object.parent === null || this.#unfolded.has(object.id)) return false;
    // A new column is written with its default, unless that has to wait for something.
    if (object.kind === "default") return this.isMade(object.parent);
    if (!this.isMade(object.parent)) return false;
    if (object.kind === "column" || object.kind === "publication-member") return true;
    return object.kind === "constraint" && this.#isFoldable(object);
  }

  #isFoldable(constraint: PlanObject): boolean {
    const { comment, indexComment, indexTablespace } = constraint.attributes;
    if (comment !== undefined || indexComment !== undefined || indexTablespace !== undefined) return false;
    if ((text(constraint, "definition") ?? "").endsWith(" NOT VALID")) return false;
    if (text(constraint, "type") === "exclude" && list(constraint, "indexOptions").length > 0) return false;
    // Rows are copied before the indexes are built and the foreign keys are checked.
    if (this.partitions.isCopied(constraint.parent))
      return text(constraint, "type") === "check" && !isSet(constraint, "inherited");
    if (isIndexed(constraint) && this.isLone(constraint)) return false;
    return !isSet(constraint, "inherited");
  }

  /** Whether a new index of a partition is made by what is done to the partitioned table's, or by making the partition. */
  isCovered(part: PlanObject): boolean {
    const parent = this.partitions.parentIndex(part, "to");
    if (parent === null || !this.isMade(part.id)) return false;
    if (this.isMade(parent.id)) return this.comesWithParts(parent);
    return this.isMade(part.parent ?? "") && isUsual(part, parent) && !this.isStandalone(part.parent ?? "");
  }

  /** Whether the statement that makes an index of a partitioned table makes those of all partitions as they should be. */
  comesWithParts(index: PlanObject): boolean {
    const found = this.#along.get(index.id);
    if (found !== undefined) return found;
    this.#along.set(index.id, false);
    const result = this.isMade(index.id) && !isSet(index, "invalid") && this.#partsAreUsual(index);
    this.#along.set(index.id, result);
    return result;
  }

  #partsAreUsual(index: PlanObject): boolean {
    const parts = new Map(this.partitions.parts(index, "to").map((part) => [part.parent, part]));
    const tables = this.partitions
      .heirs(index.parent ?? "", "to")
      .filter((table) => text(table, "partitionBound") !== null);
    return tables.every((table) => {
      if (isForeign(table)) return true;
      const part = parts.get(table.id);
      if (part === undefined || !this.isMade(part.id) || !isUsual(part, index)) return false;
      return !this.#hasSimilar(table.id, index) && (text(table, "partitionKey") === null || this.comesWithParts(part));
    });
  }

  /** Another index of the partition could be taken for the partitioned table's. */
  #hasSimilar(table: string, index: PlanObject): boolean {
    const similar = (object: PlanObject): boolean =>
      isIndexed(object) && text(object, "attachedTo") !== indexName(index) && keys(object) === keys(index);
    return this.context.from.children(table).some(similar) || this.context.to.children(table).some(similar);
  }

  /** Whether an index of a partitioned table is made alone, and those of its partitions are attached to it. */
  isLone(index: PlanObject): boolean {
    const table = this.context.to.get(index.parent ?? "");
    if (!isIndexed(index) || table === undefined || text(table, "partitionKey") === null) return false;
    return this.isMade(index.id) && !this.isCovered(index) && !this.comesWithParts(index);
  }

  /** Whether a new partition is made by itself and attached then, because its indexes have names of their own. */
  isStandalone(table: string): boolean {
    const to = this.context.to.get(table);
    if (to === undefined || text(to, "partitionBound") === null || !this.isMade(table) || isForeign(to)) return false;
    return this.context.to.children(table).some((part) => {
      const parent = this.partitions.parentIndex(part, "to");
      return parent !== null && !this.isMade(parent.id) && !isUsual(part, parent);
    });
  }

  /** Whether an index of a partition has to be attached by a statement of its own. */
  isAttachedAlone(part: PlanObject): boolean {
    const parent = this.partitions.parentIndex(part, "to");
    if (parent === null || this.isCovered(part)) return false;
    if (this.isMade(parent.id)) return true;
    const from = this.context.from.get(part.id);
    const stays = from !== undefined && !this.isMade(part.id) && text(from, "attachedTo") === text(part, "attachedTo");
    return !stays && !this.isAttached(part.parent ?? "");
  }

  /** Whether a table is attached to a partitioned one, which attaches its indexes to those that are there. */
  isAttached(table: string): boolean {
    return this.isStandalone(table) || this.partitions.joins(table).length > 0;
  }

  /** Whether what is made again leaves its name first: columns move from it to the new one, or from a type that is built on it. */
  hasToMoveAside(object: PlanObject): boolean {
    if (isColumnType(object)) return true;
    if (object.kind !== "function" || !this.isMade(object.id)) return false;
    return this.context.from.dependents(object.id).some((other) => isColumnType(other) && this.isMade(other.id));
  }

  /** Whether what is dropped goes with the object it is a part of. */
  goesWithAnother(object: PlanObject): boolean {
    return this.#goesWith(object) !== null;
  }

  /** The object that takes another one with it when it is dropped. */
  #goesWith(object: PlanObject): string | null {
    if (this.#unfolded.has(object.id)) return null;
    if (object.kind === "sequence") {
      const owner = text(object, "ownedBy");
      return owner !== null && this.#isGone(`column:${owner}`) ? `column:${owner}` : null;
    }
    if (object.kind === "table") return this.#sweeper(object.id);
    if (object.parent === null) return null;
    const copied = this.partitions.isCopied(object.parent);
    if (!copied && this.#isGone(object.parent)) return object.parent;
    const parent = this.partitions.parentIndex(object, "from");
    const goes = parent !== null && !this.partitions.leaves(object.parent) && this.isUnmade(parent.id);
    if (goes) return parent.id;
    // The indexes of a table that moves aside would keep their names, and its foreign keys what they refer to.
    const stays = isIndexed(object) || object.kind === "statistics" || text(object, "type") === "foreign key";
    return copied && !stays ? object.parent : null;
  }

  /** The table that takes a partition with it when it has been copied. */
  #sweeper(table: string): string | null {
    const copied = this.partitions.isCopied(table)
      ? !this.partitions.isCopyRoot(table)
      : this.partitions.isSwept(table);
    if (!copied) return null;
    return this.partitions.ancestors(table, "from").find((parent) => this.partitions.isCopyRoot(parent)) ?? null;
  }

  #isGone(id: string): boolean {
    const object = this.context.from.get(id);
    if (this.isUnmade(id)) return true;
    return object !== undefined && object.parent !== null && this.#isGone(object.parent);
  }

  /** The actions after which an object is there as it should be; keys that no action has where nothing happens to it. */
  madeKeys(id: string): readonly string[] {
    const decision = this.decisions.get(id);
    if (decision?.what === "alter") return [`alter ${id}`];
    const object = this.context.to.get(id);
    if (object === undefined) return [`create ${id}`];
    if (decision === undefined) {
      const origin = inheritedFrom(object, this.context.to);
      return origin === null ? [`create ${id}`] : this.madeKeys(origin.id);
    }
    if (this.isFolded(object)) return this.madeKeys(object.parent ?? "");
    if (!this.isCovered(object)) return [`create ${id}`];
    const parent = this.partitions.parentIndex(object, "to");
    const table = object.parent ?? "";
    return [
      ...(parent === null ? [] : this.madeKeys(parent.id)),
      ...(this.isMade(table) ? [`create ${table}`] : [`attach ${table}`]),
    ];
  }

  /** The same, and for an index of a partitioned table after all those of its partitions are attached to it. */
  readyKeys(id: string): readonly string[] {
    const object = this.context.to.get(id);
    const parts = object === undefined ? [] : this.partitions.parts(object, "to");
    return [...this.madeKeys(id), ...parts.flatMap((part) => [`attach ${part.id}`, ...this.readyKeys(part.id)])];
  }

  /** The action with which an object goes. */
  unmadeKey(id: string): string {
    const object = this.context.from.get(id);
    if (object === undefined || !this.isUnmade(id)) return `drop ${id}`;
    const other = this.#goesWith(object);
    return other === null ? `drop ${id}` : this.unmadeKey(other);
  }
}

/** Whether an index of a partition is as the server makes it by itself for the index of the partitioned table. */
function isUsual(part: PlanObject, parent: PlanObject): boolean {
  const { comment, indexComment, statistics } = part.attributes;
  if (!isSet(part, "usualName") || part.kind !== parent.kind) return false;
  if (comment !== undefined || indexComment !== undefined || statistics !== undefined) return false;
  const equal = ["tablespace", "indexTablespace"].every((name) => text(part, name) === text(parent, name));
  return (
    equal && list(part, "indexOptions").join() === list(parent, "indexOptions").join() && body(part) === body(parent)
  );
}

/** What an index is made of, without its table. */
export function body(index: PlanObject): string {
  const definition = text(index, "definition") ?? "";
  if (index.kind !== "index") return definition;
  const table = (index.parent ?? "").slice("table:".length);
  const start = ["ON ONLY ", "ON "].map((words) => `${words}${table} `).find((words) => definition.startsWith(words));
  return definition.slice(start?.length ?? 0);
}

/** The columns of an index, as constraints and indexes print them alike. */
function keys(index: PlanObject): string {
  const printed = body(index);
  return printed.slice(printed.indexOf("("));
}

/** `ALTER INDEX ... ATTACH PARTITION` for an index of a partition. */
export function attachIndex(part: PlanObject, parent: PlanObject): string {
  return `ALTER INDEX ${indexName(parent)} ATTACH PARTITION ${indexName(part)}`;
}
