import { ownName } from "../../../catalog/object-id.ts";
import type { Draft } from "./draft.ts";
import type { Fates } from "./fates.ts";
import { isIndexed, type Side } from "./partitions.ts";
import { isSet, type PlanObject, text } from "./schema-model.ts";

/** Adds to the actions on partitions, on tables that inherit, and on what these are parts of, what must come before them. */
export function linkPartitions(drafts: Map<string, Draft>, fates: Fates): void {
  const linker = new PartitionLinker(drafts, fates);
  for (const table of fates.context.from.objects) {
    if (table.kind === "table") linker.linkGone(table);
    linker.linkHeirs(table);
  }
  for (const [id, decision] of fates.decisions) {
    const part = decision.what === "drop" ? decision.from : decision.to;
    if (id.startsWith("constraint:")) linker.linkCheck(part);
  }
  if (changesPersistence(fates))
    for (const key of [...fates.context.from.objects, ...fates.context.to.objects]) linker.linkPersistence(key);
  for (const { id, kind } of fates.context.to.objects)
    if (kind === "table" && fates.partitions.isCopied(id)) linker.linkCopy(id);
  for (const object of fates.context.to.objects) {
    if (object.kind === "table") linker.linkCome(object);
    linker.linkIdentity(object);
  }
}

function changesPersistence({ decisions }: Fates): boolean {
  return [...decisions.values()].some(
    (decision) => decision.what === "alter" && text(decision.from, "unlogged") !== text(decision.to, "unlogged"),
  );
}

class PartitionLinker {
  readonly #drafts: Map<string, Draft>;
  readonly #fates: Fates;

  constructor(drafts: Map<string, Draft>, fates: Fates) {
    this.#drafts = drafts;
    this.#fates = fates;
  }

  /** What leaves its parents does so before anything else happens to it, and to them. */
  linkGone(table: PlanObject): void {
    const { partitions, context } = this.#fates;
    const detach = `detach ${table.id}`;
    if (!this.#drafts.has(detach)) return;
    this.#before(detach, `attach ${table.id}`);
    this.#before(detach, `alter ${table.id}`);
    this.#thenAll(
      detach,
      table.dependsOn.map((id) => this.#fates.unmadeKey(id)),
    );
    const ancestors = partitions.ancestors(table.id, "from");
    this.#thenAll(detach, actions([...table.dependsOn, ...ancestors], ["alter", "drop", "aside"]));
    for (const part of [table.id, ...ancestors].flatMap((id) => this.#parts(id))) {
      if (!(part.kind in structural)) continue;
      const isKey = text(part, "type") === "foreign key" && part.parent !== table.id;
      if (isKey && !this.#keeps(table, part)) this.#before(`drop ${part.id}`, detach);
      else this.#thenAll(detach, actions([part.id], made));
    }
    // A foreign key that refers to rows of the partition would keep it.
    for (const key of ancestors.flatMap((id) => context.from.dependents(id))) {
      const refers = text(key, "type") === "foreign key";
      if (refers && !ancestors.includes(key.parent ?? "")) this.#before(`drop ${key.id}`, detach);
    }
  }

  /** A column that goes from a parent alone becomes the own one of those that inherit it, which may drop it then. */
  linkHeirs(column: PlanObject): void {
    const { partitions } = this.#fates;
    if (column.kind !== "column" || column.parent === null || !this.#drafts.has(`drop ${column.id}`)) return;
    for (const heir of partitions.heirs(column.parent, "from")) {
      const name = `${heir.id.slice("table:".length)}.${ownName(column.id)}`;
      this.#before(`drop ${column.id}`, `drop column:${name}`);
    }
  }

  /** No column that numbers its rows comes to a table that has others below it, unless they have the column already. */
  linkIdentity(column: PlanObject): void {
    if (column.kind !== "column" || column.parent === null || text(column, "identity") === null) return;
    for (const heir of this.#fates.partitions.heirs(column.parent, "from"))
      if (this.#fates.isUnmade(heir.id)) this.#before(this.#fates.unmadeKey(heir.id), `create ${column.id}`);
  }

  /** Whether a partition that leaves keeps, as its own, a foreign key that it has from the partitioned table. */
  #keeps(table: PlanObject, key: PlanObject): boolean {
    const same = (other: PlanObject): boolean => text(other, "definition") === text(key, "definition");
    return this.#fates.context.to
      .children(table.id)
      .some((other) => text(other, "type") === "foreign key" && same(other));
  }

  /** A check that goes with a parent's, or comes with it, makes place for one of the table's own, or gives it up before. */
  linkCheck(check: PlanObject): void {
    if (text(check, "type") !== "check" || check.parent === null) return;
    const { context, partitions } = this.#fates;
    const sides: readonly Side[] = ["from", "to"];
    for (const ancestor of sides.flatMap((side) => partitions.ancestors(check.parent ?? "", side))) {
      const other = `constraint:${ancestor.slice("table:".length)}.${ownName(check.id)}`;
      this.#before(`drop ${other}`, `create ${check.id}`);
      if (context.to.get(other) !== undefined) this.#before(`drop ${check.id}`, `create ${other}`);
    }
  }

  /** Whether the rows of a table survive a crash changes in an order in which no foreign key leads to rows that do not. */
  linkPersistence(key: PlanObject): void {
    if (text(key, "type") !== "foreign key" || key.parent === null) return;
    const { context } = this.#fates;
    const columns = key.dependsOn.map((id) => context.to.get(id) ?? context.from.get(id));
    const tables = new Set(columns.map((column) => context.to.get(column?.parent ?? "")));
    for (const table of tables) {
      if (table?.kind !== "table" || table.id === key.parent) continue;
      const [first, second] = isSet(table, "unlogged") ? [key.parent, table.id] : [table.id, key.parent];
      const stays = !this.#fates.isUnmade(key.id) && !this.#fates.isMade(key.id);
      if (stays) this.#before(`alter ${first}`, `alter ${second}`);
      for (const id of [table.id, key.parent]) {
        this.#before(`drop ${key.id}`, `alter ${id}`);
        this.#before(`alter ${id}`, `create ${key.id}`);
      }
    }
  }

  /** The old table waits under another name until the new one has its rows. */
  linkCopy(table: string): void {
    const steps = [`detach ${table}`, `aside ${table}`, `create ${table}`, `copy ${table}`, `drop ${table}`];
    for (const [at, action] of steps.entries()) for (const later of steps.slice(at + 1)) this.#before(action, later);
    for (const part of this.#shared(table)) this.#before(`create ${part.id}`, `copy ${table}`);
  }

  /** What gets parents does so when both have all that they must have in common, and when its place is free. */
  linkCome(table: PlanObject): void {
    const { partitions, context } = this.#fates;
    const ancestors = partitions.ancestors(table.id, "to");
    const joins = this.#drafts.has(`attach ${table.id}`);
    const come = joins ? `attach ${table.id}` : `create ${table.id}`;
    if ((ancestors.length === 0 && !joins) || !this.#drafts.has(come)) return;
    this.#firstAll(actions([table.id, ...ancestors], ["create", "alter"]), come);
    this.#firstAll(actions(ancestors, ["attach"]), come);
    this.#firstAll(
      actions(
        ancestors.flatMap((ancestor) => this.#shared(ancestor).map((part) => part.id)),
        made,
      ),
      come,
    );
    for (const sibling of this.#siblings(table)) {
      this.#before(`detach ${sibling.id}`, come);
      if (text(table, "partitionBound") !== null) this.#before(this.#fates.unmadeKey(sibling.id), come);
    }
    const root = ancestors.find((id) => partitions.isCopied(id) && partitions.isCopyRoot(id));
    this.#before(`aside ${root}`, come);
    this.#before(come, `copy ${root}`);
    for (const part of context.to.children(table.id)) this.#linkPart(part, { come, joins });
    if (joins) this.#linkJoin(table, come);
  }

  /** What a table that is there already has in common with its new parents is as it should be before. */
  #linkJoin(table: PlanObject, come: string): void {
    const { context } = this.#fates;
    for (const id of table.dependsOn) this.#firstAll(this.#fates.madeKeys(id), come);
    this.#firstAll(
      actions(
        this.#shared(table.id).map((part) => part.id),
        made,
      ),
      come,
    );
    const inTheWay = context.from.children(table.id).filter((part) => part.kind === "trigger" || isIndexed(part));
    this.#firstAll(
      actions(
        inTheWay.map((part) => part.id),
        ["drop"],
      ),
      come,
    );
    if (this.#fates.isStandalone(table.id)) this.#linkTypes(table);
  }

  #linkPart(part: PlanObject, { come, joins }: { readonly come: string; readonly joins: boolean }): void {
    const parent = this.#fates.partitions.parentIndex(part, "to");
    if (parent === null) {
      // It could be taken for the partitioned table's.
      if (joins && isIndexed(part)) this.#before(come, `create ${part.id}`);
      return;
    }
    if (this.#fates.isLone(parent)) this.#before(come, `create ${parent.id}`);
    else if (joins && !this.#fates.isMade(parent.id)) this.#before(`create ${part.id}`, come);
    const attach = `attach ${part.id}`;
    for (const key of [come, `create ${part.id}`, `create ${parent.id}`]) this.#before(key, attach);
  }

  /** A partition that is made by itself has the columns of the partitioned table written out. */
  #linkTypes(table: PlanObject): void {
    const columns = this.#fates.context.to.children(table.id).filter((part) => part.kind === "column");
    const parts = columns.flatMap((column) => [column, ...this.#fates.context.to.children(column.id)]);
    for (const id of parts.flatMap((part) => part.dependsOn))
      for (const key of this.#fates.madeKeys(id)) this.#before(key, `create ${table.id}`);
  }

  /** Partitions that are there before: they go or leave before another one comes, which may take over their bounds. */
  #siblings(table: PlanObject): readonly PlanObject[] {
    const { partitions } = this.#fates;
    const [parent] = partitions.ancestors(table.id, "to");
    if (parent === undefined || partitions.isCopied(parent)) return [];
    return partitions.heirs(parent, "from").filter((other) => other.id !== table.id);
  }

  /** The parts that a table and those that inherit from it have in common. */
  #shared(table: string): readonly PlanObject[] {
    return this.#parts(table).filter(
      (part) => part.kind === "column" || part.kind === "default" || text(part, "type") === "check",
    );
  }

  #parts(table: string): readonly PlanObject[] {
    const parts = (side: Side): readonly PlanObject[] =>
      this.#fates.context[side]
        .children(table)
        .flatMap((part) => [part, ...this.#fates.context[side].children(part.id)]);
    return [...parts("from"), ...parts("to")];
  }

  #before(first: string, second: string): void {
    if (first !== second && this.#drafts.has(first)) this.#drafts.get(second)?.after.add(first);
  }

  #firstAll(keys: readonly string[], second: string): void {
    for (const key of keys) this.#before(key, second);
  }

  #thenAll(first: string, keys: readonly string[]): void {
    for (const key of keys) this.#before(first, key);
  }
}

const made = ["create", "alter", "drop"];

function actions(ids: readonly string[], words: readonly string[]): readonly string[] {
  return ids.flatMap((id) => words.map((word) => `${word} ${id}`));
}

const structural: Partial<Record<PlanObject["kind"], true>> = {
  column: true,
  default: true,
  constraint: true,
  index: true,
};
