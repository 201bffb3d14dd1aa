import { idParts, ownName } from "../../../catalog/object-id.ts";
import { hasIndex } from "../render/constraint.ts";
import { onlyGains } from "../render/enum-type.ts";
import type { RenderContext } from "../render/renderer.ts";
import { leadingExpression, printedList } from "./printed-parts.ts";
import { list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";
import { involves } from "./type-names.ts";

/** One of the two schemas of a comparison. */
export type Side = "from" | "to";

const known = new WeakMap<RenderContext, Partitions>();

/** What is true of the partitions of a comparison; worked out once. */
export function partitionsOf(context: RenderContext): Partitions {
  const found = known.get(context) ?? new Partitions(context);
  known.set(context, found);
  return found;
}

/** Answers who is a partition of whom on each side, whose indexes belong together, and which tables are copied. */
export class Partitions {
  readonly #context: RenderContext;
  readonly #indexes: Readonly<Record<Side, ReadonlyMap<string, PlanObject>>>;
  readonly #parts: Readonly<Record<Side, ReadonlyMap<string, readonly PlanObject[]>>>;
  readonly #heirs: Readonly<Record<Side, ReadonlyMap<string, readonly PlanObject[]>>>;
  readonly #copied: ReadonlySet<string>;
  readonly #swept: ReadonlySet<string>;

  constructor(context: RenderContext) {
    this.#context = context;
    const both = <T>(read: (model: SchemaModel) => T): Readonly<Record<Side, T>> => ({
      from: read(context.from),
      to: read(context.to),
    });
    this.#indexes = both(
      (model) => new Map(model.objects.filter(isIndexed).map((object) => [indexName(object), object])),
    );
    this.#parts = both((model) => grouped(model, (object) => (isIndexed(object) ? text(object, "attachedTo") : null)));
    this.#heirs = both((model) => heirsOf(model));
    const { copied, swept } = this.#findCopied();
    this.#copied = copied;
    this.#swept = swept;
  }

  /** The index of the partitioned table that this index of a partition belongs to. */
  parentIndex(part: PlanObject, side: Side): PlanObject | null {
    const name = isIndexed(part) ? text(part, "attachedTo") : null;
    return name === null ? null : (this.#indexes[side].get(name) ?? null);
  }

  /** The indexes of partitions that belong to this index. */
  parts(index: PlanObject, side: Side): readonly PlanObject[] {
    return isIndexed(index) ? (this.#parts[side].get(indexName(index)) ?? []) : [];
  }

  /** The partitions of a table, or the tables that inherit from it. */
  heirs(table: string, side: Side): readonly PlanObject[] {
    return this.#heirs[side].get(table) ?? [];
  }

  /** The tables that this one is a partition of, or inherits from, and theirs, nearest first. */
  ancestors(table: string, side: Side): readonly string[] {
    const object = this.#context[side].get(table);
    const parents = object === undefined ? [] : list(object, "inherits").map((name) => `table:${name}`);
    return [...parents, ...parents.flatMap((parent) => this.ancestors(parent, side))];
  }

  /** Whether a table of both sides is made anew beside itself and gets its rows from there. */
  isCopied(table: string | null): boolean {
    return table !== null && this.#copied.has(table);
  }

  /** Whether it is copied and no table that it is a partition of is. */
  isCopyRoot(table: string): boolean {
    return this.isCopied(table) && !this.ancestors(table, "from").some((parent) => this.isCopied(parent));
  }

  /** Whether a partition that goes leaves its rows to the copy of the table that it is a partition of. */
  isSwept(table: string): boolean {
    return this.#swept.has(table);
  }

  /** Whether a table that stays leaves the tables that it is a partition of, or inherits from, perhaps to come back. */
  leaves(table: string | null): boolean {
    return table !== null && this.leavesFrom(table).length > 0;
  }

  /** The parents that it leaves, in their order; those that come after one that changes have to be left as well. */
  leavesFrom(table: string): readonly string[] {
    const { before, kept } = this.#parents(table);
    return before.slice(kept);
  }

  /** The parents that a table that is there already gets, in their order. */
  joins(table: string): readonly string[] {
    const { after, kept } = this.#parents(table);
    return after.slice(kept);
  }

  /** Whether a table that stays is one of a composite type for a while no more, and of which one it becomes one then. */
  typing(table: string): { readonly leaves: boolean; readonly becomes: string | null } {
    const [from, to] = [this.#context.from.get(table), this.#context.to.get(table)];
    if (from === undefined || to === undefined || this.isCopied(table)) return { leaves: false, becomes: null };
    const [before, after] = [text(from, "ofType"), text(to, "ofType")];
    if (before === after && this.#columns(from, "from") === this.#columns(to, "to"))
      return { leaves: false, becomes: null };
    return { leaves: before !== null, becomes: after };
  }

  #columns(table: PlanObject, side: Side): string {
    const columns = this.#context[side].children(table.id).filter((child) => child.kind === "column");
    return columns.map((column) => `${column.id} ${text(column, "type")} ${text(column, "collation")}`).join();
  }

  #parents(table: string): {
    readonly before: readonly string[];
    readonly after: readonly string[];
    readonly kept: number;
  } {
    const [from, to] = [this.#context.from.get(table), this.#context.to.get(table)];
    if (from === undefined || to === undefined || this.isCopied(table)) return { before: [], after: [], kept: 0 };
    const [before, after] = [list(from, "inherits"), list(to, "inherits")];
    if (text(from, "partitionBound") !== text(to, "partitionBound")) return { before, after, kept: 0 };
    const changed = before.findIndex((name, at) => name !== after[at] || this.isCopied(`table:${name}`));
    return { before, after, kept: changed < 0 ? before.length : changed };
  }

  #findCopied(): { readonly copied: ReadonlySet<string>; readonly swept: ReadonlySet<string> } {
    const copied = new Set<string>();
    const swept = new Set<string>();
    for (const from of this.#context.from.objects) {
      const to = this.#context.to.get(from.id);
      if (from.kind !== "table" || to === undefined || !needsCopy(from, to, this.#context)) continue;
      copied.add(from.id);
      for (const part of this.#below(from.id)) {
        const next = this.#context.to.get(part.id);
        if (next === undefined) swept.add(part.id);
        else if (this.ancestors(part.id, "to").includes(from.id)) copied.add(part.id);
      }
    }
    return { copied, swept };
  }

  #below(table: string): readonly PlanObject[] {
    const own = this.heirs(table, "from").filter((part) => text(part, "partitionBound") !== null);
    return [...own, ...own.flatMap((part) => this.#below(part.id))];
  }
}

/** Whether an object is an index, or a constraint that keeps one. */
export function isIndexed(object: PlanObject): boolean {
  return object.kind === "index" || (object.kind === "constraint" && hasIndex(object));
}

/** The qualified name of an index, or of the one that a constraint keeps. */
export function indexName(object: PlanObject): string {
  const parts = idParts(object.id);
  return `${parts[0]}.${ownName(object.id)}`;
}

/** What no statement changes in a table that is there: its rows lie where its partition key says. */
function needsCopy(from: PlanObject, to: PlanObject, context: RenderContext): boolean {
  const key = text(from, "partitionKey");
  return key !== text(to, "partitionKey") || (key !== null && keyGetsOtherValues(from, key, context));
}

/** Whether a column of a partition key gets another type, or one that is made again. */
function keyGetsOtherValues(table: PlanObject, key: string, context: RenderContext): boolean {
  const items = new Set(printedList(key)?.items.map((item) => leadingExpression(item)[0]));
  return context.from.children(table.id).some((column) => {
    const to = context.to.get(column.id);
    if (column.kind !== "column" || to === undefined || !items.has(ownName(column.id))) return false;
    const type = text(column, "type") ?? "";
    return type !== text(to, "type") || involves(type, context.from, (one) => isMadeAgain(one, context));
  });
}

function isMadeAgain(type: PlanObject, { to }: RenderContext): boolean {
  const after = to.get(type.id);
  if (after === undefined) return false;
  if (type.kind === "enum") return !onlyGains(list(type, "labels"), list(after, "labels"));
  return type.kind === "domain" && text(type, "type") !== text(after, "type");
}

function grouped(
  model: SchemaModel,
  keyOf: (object: PlanObject) => string | null,
): ReadonlyMap<string, readonly PlanObject[]> {
  const groups = new Map<string, PlanObject[]>();
  for (const object of model.objects) {
    const key = keyOf(object);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [object]);
    else group.push(object);
  }
  return groups;
}

function heirsOf(model: SchemaModel): ReadonlyMap<string, readonly PlanObject[]> {
  const heirs = new Map<string, PlanObject[]>();
  for (const object of model.objects) {
    if (object.kind !== "table") continue;
    for (const name of list(object, "inherits")) {
      const group = heirs.get(`table:${name}`);
      if (group === undefined) heirs.set(`table:${name}`, [object]);
      else group.push(object);
    }
  }
  return heirs;
}
