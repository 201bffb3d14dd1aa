import { ownName, sqlName } from "../../../catalog/object-id.ts";
import { dropColumn } from "../render/column.ts";
import { createConstraint } from "../render/constraint.ts";
import { createIndex } from "../render/index-renderer.ts";
import { createPublication } from "../render/publication.ts";
import { rendererOf } from "../render/render-object.ts";
import { ownerOf } from "../render/sequence.ts";
import { setAside } from "../render/set-aside.ts";
import { createTable, joinParents, leaveParents, markNames, ofType, tableMarks } from "../render/table.ts";
import { copyTable, forceRowSecurity } from "./copy-table.ts";
import type { Decision } from "./decision.ts";
import { type Draft, type DraftPiece, newDraft, words } from "./draft.ts";
import { attachIndex, type Fates } from "./fates.ts";
import { isForeignKeyOfParent, isKeptBelow } from "./inheritance.ts";
import { lossesOf } from "./losses.ts";
import { isIndexed } from "./partitions.ts";
import { differing, list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** Writes the actions that decisions lead to, not yet in any order. */
export function draftActions(fates: Fates): Map<string, Draft> {
  return new Drafter(fates).draft();
}

class Drafter {
  readonly #fates: Fates;
  readonly #drafts = new Map<string, Draft>();

  constructor(fates: Fates) {
    this.#fates = fates;
  }

  draft(): Map<string, Draft> {
    for (const decision of this.#fates.decisions.values()) this.#draft(decision);
    this.#draftMoves();
    this.#draftAttachments();
    this.#draftOwners();
    this.#draftMarks();
    return this.#drafts;
  }

  #draft(decision: Decision): void {
    const losses = lossesOf(decision, this.#fates.context);
    switch (decision.what) {
      case "create":
        this.#draftCreate(decision.to);
        return;
      case "drop":
        if (!this.#fates.goesWithAnother(decision.from)) this.#addDrop(decision.from, losses);
        return;
      case "replace":
        if (this.#fates.hasToMoveAside(decision.from)) this.#addTypeReplacement(decision.from, decision.to, losses);
        else if (this.#fates.partitions.isCopied(decision.from.id)) this.#addCopy(decision.from, decision.to);
        else {
          if (!this.#fates.goesWithAnother(decision.from)) this.#addDrop(decision.from, losses);
          this.#draftCreate(decision.to);
        }
        return;
      case "alter":
        this.#addAlter(decision, losses);
    }
  }

  #draftCreate(object: PlanObject): void {
    if (!this.#fates.isFolded(object) && !this.#fates.isCovered(object)) this.#addCreate(object);
  }

  #add(piece: DraftPiece): void {
    this.#drafts.set(piece.key, newDraft(piece));
  }

  #addCreate(object: PlanObject): void {
    const { context } = this.#fates;
    const base = { key: `create ${object.id}`, object, phase: "create", title: `create ${words(object)}` };
    if (object.kind === "publication") {
      const members = context.to.children(object.id).filter((child) => this.#fates.isFolded(child));
      this.#add({ ...base, sql: createPublication(object, members) });
    } else if (object.kind === "table") this.#addCreateTable(object, base);
    else this.#add({ ...base, sql: this.#create(object) });
  }

  #create(object: PlanObject): readonly string[] {
    const alone = this.#fates.isLone(object);
    if (object.kind === "index") return createIndex(object, { alone });
    if (object.kind === "constraint") return createConstraint(object, { alone });
    return rendererOf(object).create(object, this.#fates.context);
  }

  #addCreateTable(table: PlanObject, base: Pick<Draft, "key" | "object" | "title"> & { readonly phase: string }): void {
    const { context, partitions } = this.#fates;
    const standalone = this.#fates.isStandalone(table.id);
    const constraints = context.to
      .children(table.id)
      .filter((child) => child.kind === "constraint")
      .filter((child) => this.#fates.isFolded(child) || (standalone && text(child, "type") === "check"))
      .filter((child) => !this.#fates.isCovered(child))
      .sort((a, b) => constraintOrder(a) - constraintOrder(b) || (a.id < b.id ? -1 : 1));
    const later = partitions.isCopied(table.id) ? forceRowSecurity(table) : null;
    this.#add({
      ...base,
      sql: createTable(table, constraints, context, { standalone }).filter((statement) => statement !== later),
      folded: constraints.map((constraint) => constraint.id),
    });
  }

  #addDrop(object: PlanObject, losses: readonly string[]): void {
    const { context } = this.#fates;
    const keys = context.from.children(object.id).filter((child) => text(child, "type") === "foreign key");
    this.#add({
      key: `drop ${object.id}`,
      object,
      phase: "drop",
      title: `drop ${words(object)}`,
      sql: [...this.#detachmentBefore(object), ...this.#drop(object)],
      losses,
      folded: keys.map((key) => key.id),
    });
  }

  #drop(object: PlanObject): readonly string[] {
    if (isKeptBelow(object, this.#fates.context)) return dropColumn(object, { alone: true });
    const statements = rendererOf(object).drop(object, this.#fates.context);
    // A constraint of a partition holds an index that is nobody's constraint: it goes with it, as planned, or not at all.
    return object.kind === "index" && this.#holdsConstraints(object)
      ? statements.map((sql) => `${sql} CASCADE`)
      : statements;
  }

  #holdsConstraints(index: PlanObject): boolean {
    const parts = this.#fates.partitions.parts(index, "from");
    return parts.some((part) => part.kind === "constraint" || this.#holdsConstraints(part));
  }

  /** A partition of a table that foreign keys refer to can't be dropped, but it can be detached. */
  #detachmentBefore(object: PlanObject): readonly string[] {
    const { context, partitions } = this.#fates;
    if (object.kind !== "table" || text(object, "partitionBound") === null) return [];
    const referred = partitions
      .ancestors(object.id, "from")
      .some((table) => foreignKeysTo(table, context.from).some((key) => !this.#fates.isUnmade(key.id)));
    return referred ? leaveParents(object, list(object, "inherits")) : [];
  }

  /** The old type, or the function below it, moves aside, the new one takes its name, the columns follow, the old one goes. */
  #addTypeReplacement(from: PlanObject, to: PlanObject, losses: readonly string[]): void {
    const aside = setAside(from);
    const title = `replace ${words(from)}`;
    this.#add({ key: `aside ${from.id}`, object: from, phase: "aside", title, sql: aside.sql, losses });
    this.#addCreate(to);
    this.#add({ key: `drop ${from.id}`, object: from, phase: "drop", title, sql: [aside.drop] });
  }

  /** The old table moves aside, the new one takes its name, the rows follow, the old one goes. */
  #addCopy(from: PlanObject, to: PlanObject): void {
    const { context, partitions } = this.#fates;
    this.#addCreate(to);
    if (!partitions.isCopyRoot(from.id)) return;
    const title = `copy all rows of ${words(from)} into a new table, because they are stored by another key`;
    const copy = copyTable(from, context, partitions);
    const base = { object: from, title };
    if (text(from, "partitionBound") !== null)
      this.#add({
        ...base,
        key: `detach ${from.id}`,
        phase: "detach",
        sql: leaveParents(from, list(from, "inherits")),
      });
    this.#add({ ...base, key: `aside ${from.id}`, phase: "aside", sql: copy.aside, losses: copy.losses });
    this.#add({ ...base, key: `copy ${from.id}`, phase: "copy", sql: copy.copy });
    this.#add({ ...base, key: `drop ${from.id}`, phase: "discard", sql: [copy.discard] });
  }

  #addAlter(decision: Extract<Decision, { what: "alter" }>, losses: readonly string[]): void {
    const { to, statements: sql } = decision;
    if (sql.length === 0) return;
    this.#add({ key: `alter ${to.id}`, object: to, phase: "alter", title: `change ${words(to)}`, sql, losses });
  }

  /** Tables leave the tables they are partitions of, or inherit from, before they and the others change. */
  #draftMoves(): void {
    const { context, partitions } = this.#fates;
    for (const table of context.to.objects) {
      if (table.kind !== "table") continue;
      const from = context.from.get(table.id);
      const typing = partitions.typing(table.id);
      const left = partitions.leavesFrom(table.id);
      const joined = this.#fates.isStandalone(table.id) ? list(table, "inherits") : partitions.joins(table.id);
      const base = { object: table, title: `change ${words(table)}` };
      if (from !== undefined && (left.length > 0 || typing.leaves)) {
        const sql = [...leaveParents(from, left), ...this.#keysLeftBehind(from, left)];
        this.#add({
          ...base,
          key: `detach ${table.id}`,
          phase: "detach",
          sql: [...sql, ...(typing.leaves ? [ofType(table, null)] : [])],
        });
      }
      if (joined.length > 0 || typing.becomes !== null) {
        const sql = typing.becomes === null ? [] : [ofType(table, typing.becomes)];
        this.#add({
          ...base,
          key: `attach ${table.id}`,
          phase: "attach",
          sql: [...joinParents(table, joined), ...sql],
        });
      }
    }
  }

  /** A partition that leaves keeps the foreign keys that it had from the partitioned table; some it must not have. */
  #keysLeftBehind(table: PlanObject, left: readonly string[]): readonly string[] {
    const { context, partitions } = this.#fates;
    if (text(table, "partitionBound") === null || left.length === 0) return [];
    const wanted = [table.id, ...partitions.ancestors(table.id, "to")];
    return partitions
      .ancestors(table.id, "from")
      .flatMap((ancestor) => context.from.children(ancestor))
      .filter((key) => text(key, "type") === "foreign key" && !this.#fates.isUnmade(key.id))
      .filter((key) => !isForeignKeyOfParent(key, context.to, wanted))
      .map((key) => `ALTER TABLE ${sqlName(table.id)} DROP CONSTRAINT ${ownName(key.id)}`);
  }

  #draftAttachments(): void {
    for (const part of this.#fates.context.to.objects) {
      const parent = this.#fates.partitions.parentIndex(part, "to");
      if (parent === null || !this.#fates.isAttachedAlone(part)) continue;
      const title = `attach ${words(part)}`;
      this.#add({ key: `attach ${part.id}`, object: part, phase: "attach", title, sql: [attachIndex(part, parent)] });
    }
  }

  /** A sequence leaves a column that goes before it belongs to the one that comes. */
  #draftOwners(): void {
    const { context } = this.#fates;
    for (const sequence of context.to.objects) {
      if (sequence.kind !== "sequence") continue;
      const before = context.from.get(sequence.id);
      const owner = before === undefined ? null : text(before, "ownedBy");
      const next = text(sequence, "ownedBy");
      const goes = owner !== null && before !== undefined && this.#fates.isUnmade(`column:${owner}`);
      if (owner === next && !goes) continue;
      const base = { object: sequence, title: `change ${words(sequence)}` };
      const { id } = sequence;
      if (owner !== null) this.#add({ ...base, key: `disown ${id}`, phase: "aside", sql: [ownerOf(sequence, null)] });
      if (next !== null) this.#add({ ...base, key: `owner ${id}`, phase: "owner", sql: [ownerOf(sequence, next)] });
    }
  }

  /** Whether the index that a mark names is made again, which takes the mark from the table. */
  #losesMark(table: PlanObject, mark: string | null): boolean {
    const named = this.#fates.context.to
      .children(table.id)
      .filter((child) => mark !== null && endsWithName(mark, child));
    return named.some((child) => this.#fates.isMade(child.id));
  }

  #draftMarks(): void {
    const { context, partitions } = this.#fates;
    for (const table of context.to.objects) {
      if (table.kind !== "table" && table.kind !== "materialized-view") continue;
      const again = partitions.isCopied(table.id) || this.#fates.isMade(table.id);
      const before = again ? undefined : context.from.get(table.id);
      const unlike = differing(before ?? { ...table, attributes: {} }, table);
      const changed = markNames.filter((name) => unlike.includes(name) || this.#losesMark(table, text(table, name)));
      if (changed.length === 0) continue;
      this.#add({
        key: `mark ${table.id}`,
        object: table,
        phase: "mark",
        title: `change ${words(table)}`,
        sql: tableMarks(table, changed, before),
      });
    }
  }
}

/** A mark is the name of an index, perhaps after some words. */
function endsWithName(mark: string, child: PlanObject): boolean {
  const name = ownName(child.id);
  return isIndexed(child) && (mark === name || mark.endsWith(` INDEX ${name}`));
}

/** The foreign keys of other tables that lead to this one. */
function foreignKeysTo(table: string, model: SchemaModel): readonly PlanObject[] {
  const ids = [table, ...model.children(table).map(({ id }) => id)];
  return ids
    .flatMap((id) => model.dependents(id))
    .filter((key) => text(key, "type") === "foreign key" && key.parent !== table);
}

function constraintOrder(constraint: PlanObject): number {
  const order = ["primary key", "unique", "exclude", "check", "foreign key"];
  return order.indexOf(text(constraint, "type") ?? "");
}
