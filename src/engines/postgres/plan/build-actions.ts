import { ownName, plainPart, sqlName } from "../../../catalog/object-id.ts";
import type { Action } from "../../../plan/order-actions.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { rendererOf } from "../render/render-object.ts";
import type { RenderContext } from "../render/renderer.ts";
import { ownerOf } from "../render/sequence.ts";
import { createTable, markNames, tableMarks } from "../render/table.ts";
import { isColumnType } from "../render/type-renderers.ts";
import { quoteIdentifier } from "../sql-text.ts";
import { claims } from "./claims.ts";
import type { Decision } from "./decide.ts";
import { freedClaims } from "./freed-claims.ts";
import { inheritedFrom } from "./inheritance.ts";
import { lossesOf } from "./losses.ts";
import { rankOf } from "./ranks.ts";
import { isSet, type PlanObject, text } from "./schema-model.ts";

/** An action of a plan with its statements. */
export interface PlanAction extends Action {
  readonly statements: readonly PlannedStatement[];
  /** The constraints written into a CREATE TABLE, by id; may be taken out again where they close a cycle. */
  readonly folded: readonly string[];
}

/** What the actions are built from. */
export interface ActionRequest {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
  /** Constraints that must not be written into their CREATE TABLE. */
  readonly unfolded: ReadonlySet<string>;
}

/** Turns decisions into actions that know what must come before them. */
export function buildActions(request: ActionRequest): readonly PlanAction[] {
  return new ActionBuilder(request).build();
}

type Draft = {
  readonly key: string;
  readonly rank: number;
  readonly object: PlanObject;
  readonly title: string;
  readonly sql: readonly string[];
  readonly losses: readonly string[];
  readonly folded: readonly string[];
  readonly after: Set<string>;
};

class ActionBuilder {
  readonly #decisions: ReadonlyMap<string, Decision>;
  readonly #context: RenderContext;
  readonly #unfolded: ReadonlySet<string>;
  readonly #drafts = new Map<string, Draft>();

  constructor({ decisions, context, unfolded }: ActionRequest) {
    this.#decisions = decisions;
    this.#context = context;
    this.#unfolded = unfolded;
  }

  build(): readonly PlanAction[] {
    for (const decision of this.#decisions.values()) this.#draft(decision);
    this.#draftOwners();
    this.#draftMarks();
    for (const decision of this.#decisions.values()) this.#link(decision);
    this.#linkClaims();
    return [...this.#drafts.values()].map(({ key, rank, object, title, sql, losses, folded, after }) => ({
      key,
      rank,
      order: orderText(object),
      after,
      folded,
      statements: sql.map((statement, index) => ({
        sql: statement,
        title,
        objects: [object.id],
        losses: index === 0 ? losses : [],
      })),
    }));
  }

  #draft(decision: Decision): void {
    const losses = lossesOf(decision);
    switch (decision.what) {
      case "create":
        if (!this.#isFolded(decision.to)) this.#addCreate(decision.to);
        return;
      case "drop":
        if (!this.#goesWithAnother(decision.from)) this.#addDrop(decision.from, losses);
        return;
      case "replace":
        if (isColumnType(decision.from)) this.#addTypeReplacement(decision.from, decision.to, losses);
        else {
          if (!this.#goesWithAnother(decision.from)) this.#addDrop(decision.from, losses);
          if (!this.#isFolded(decision.to)) this.#addCreate(decision.to);
        }
        return;
      case "alter":
        this.#addAlter(decision, losses);
    }
  }

  #add(
    draft: Omit<Draft, "after" | "folded" | "losses" | "rank"> &
      Partial<Pick<Draft, "folded" | "losses">> & { readonly phase: string },
  ): void {
    const { phase, ...rest } = draft;
    this.#drafts.set(draft.key, {
      folded: [],
      losses: [],
      ...rest,
      rank: rankOf(phase, draft.object),
      after: new Set(),
    });
  }

  #addCreate(object: PlanObject): void {
    const base = { key: `create ${object.id}`, object, phase: "create", title: `create ${words(object)}` };
    if (object.kind !== "table") {
      this.#add({ ...base, sql: rendererOf(object).create(object, this.#context) });
      return;
    }
    const constraints = this.#context.to
      .children(object.id)
      .filter((child) => this.#isFolded(child) && child.kind === "constraint");
    const sorted = [...constraints].sort((a, b) => constraintOrder(a) - constraintOrder(b) || (a.id < b.id ? -1 : 1));
    this.#add({
      ...base,
      sql: createTable(object, sorted, this.#context),
      folded: sorted.map((constraint) => constraint.id),
    });
  }

  #addDrop(object: PlanObject, losses: readonly string[]): void {
    const sql = rendererOf(object).drop(object, this.#context);
    const keys = this.#context.from.children(object.id).filter((child) => text(child, "type") === "foreign key");
    this.#add({
      key: `drop ${object.id}`,
      object,
      phase: "drop",
      title: `drop ${words(object)}`,
      sql,
      losses,
      folded: keys.map((key) => key.id),
    });
  }

  /** The old type moves aside, the new one takes its name, the columns follow, the old one goes. */
  #addTypeReplacement(from: PlanObject, to: PlanObject, losses: readonly string[]): void {
    const aside = quoteIdentifier(`${plainPart(ownName(from.id)).slice(0, 50)}_replaced`);
    const name = sqlName(from.id);
    const schema = name.slice(0, name.length - ownName(from.id).length);
    const word = from.kind === "domain" ? "DOMAIN" : "TYPE";
    const title = `replace ${words(from)}`;
    this.#add({
      key: `aside ${from.id}`,
      object: from,
      phase: "aside",
      title,
      sql: [`ALTER ${word} ${name} RENAME TO ${aside}`],
      losses,
    });
    this.#addCreate(to);
    this.#add({ key: `drop ${from.id}`, object: from, phase: "drop", title, sql: [`DROP ${word} ${schema}${aside}`] });
  }

  #addAlter(decision: Extract<Decision, { what: "alter" }>, losses: readonly string[]): void {
    const { to, statements: sql } = decision;
    if (sql.length === 0) return;
    this.#add({ key: `alter ${to.id}`, object: to, phase: "alter", title: `change ${words(to)}`, sql, losses });
  }

  /** A sequence leaves a column that goes before it belongs to the one that comes. */
  #draftOwners(): void {
    for (const sequence of this.#context.to.objects) {
      if (sequence.kind !== "sequence") continue;
      const before = this.#context.from.get(sequence.id);
      const owner = before === undefined ? null : text(before, "ownedBy");
      const next = text(sequence, "ownedBy");
      if (owner === next) continue;
      const title = `change ${words(sequence)}`;
      if (owner !== null)
        this.#add({
          key: `disown ${sequence.id}`,
          object: sequence,
          phase: "aside",
          title,
          sql: [ownerOf(sequence, null)],
        });
      if (next !== null)
        this.#add({
          key: `owner ${sequence.id}`,
          object: sequence,
          phase: "owner",
          title,
          sql: [ownerOf(sequence, next)],
        });
    }
  }

  #draftMarks(): void {
    for (const table of this.#context.to.objects) {
      if (table.kind !== "table" && table.kind !== "materialized-view") continue;
      const before = this.#context.from.get(table.id);
      const changed = markNames.filter(
        (name) => (before === undefined ? null : text(before, name)) !== text(table, name),
      );
      if (changed.length === 0) continue;
      this.#add({
        key: `mark ${table.id}`,
        object: table,
        phase: "mark",
        title: `change ${words(table)}`,
        sql: tableMarks(table, changed),
      });
    }
  }

  #link(decision: Decision): void {
    if (decision.what !== "create") this.#linkFrom(decision.from, decision.what === "alter");
    if (decision.what !== "drop") this.#linkTo(decision.to);
    const id = decision.what === "drop" ? decision.from.id : decision.to.id;
    this.#before(`drop ${id}`, `create ${id}`, decision.what === "replace" && !isColumnType(decision.from));
    this.#before(`aside ${id}`, `create ${id}`, true);
  }

  /** What was built on another object goes before that one goes or changes. */
  #linkFrom(from: PlanObject, altered: boolean): void {
    const own = altered ? [`alter ${from.id}`] : [this.#unmadeKey(from.id), `aside ${from.id}`];
    const needs = from.parent === null ? from.dependsOn : [...from.dependsOn, from.parent];
    for (const id of needs) {
      for (const key of own) {
        this.#before(key, this.#unmadeKey(id), true);
        if (!altered)
          this.#before(key, `alter ${id}`, this.#retypes(id) || this.#decisions.get(from.id)?.what === "drop");
        if (!altered) this.#before(key, `aside ${id}`, from.kind !== "domain" && from.kind !== "type");
      }
    }
    if (from.kind === "sequence" && text(from, "ownedBy") !== null) {
      const disown = `disown ${from.id}`;
      this.#before(disown, this.#unmadeKey(`column:${text(from, "ownedBy")}`), true);
      this.#before(disown, `drop ${from.id}`, true);
      this.#before(disown, `owner ${from.id}`, true);
    }
  }

  #linkTo(to: PlanObject): void {
    const own = this.#madeKey(to.id);
    const needs = to.parent === null ? to.dependsOn : [...to.dependsOn, to.parent];
    for (const id of needs) {
      const made = this.#madeKey(id);
      if (made !== own) this.#before(made, own, true);
    }
    if (to.kind === "sequence") {
      const owner = text(to, "ownedBy");
      this.#before(own, `owner ${to.id}`, true);
      if (owner !== null) this.#before(this.#madeKey(`column:${owner}`), `owner ${to.id}`, true);
    }
    if (to.parent !== null && (to.kind === "index" || to.kind === "constraint")) {
      this.#before(own, `mark ${to.parent}`, true);
    }
    if (to.kind === "table" || to.kind === "materialized-view") this.#before(own, `mark ${to.id}`, true);
  }

  /** A name is free for its next owner only after the action with which the one before it goes. */
  #linkClaims(): void {
    const freed = freedClaims({
      drafts: [...this.#drafts.values()],
      decisions: this.#decisions,
      from: this.#context.from,
    });
    for (const decision of this.#decisions.values()) {
      if (decision.what === "drop") continue;
      const own = this.#madeKey(decision.to.id);
      const keys = claims(decision.to).flatMap((claim) => freed.get(claim) ?? []);
      for (const key of keys) this.#before(key, own, key !== own);
    }
  }

  #before(first: string, second: string, applies: boolean): void {
    if (applies && first !== second) this.#drafts.get(second)?.after.add(first);
  }

  #retypes(id: string): boolean {
    const decision = this.#decisions.get(id);
    return decision?.what === "alter" && decision.retypes;
  }

  /** The action after which an object is as it should be; a key that no action has where nothing happens to it. */
  #madeKey(id: string): string {
    const decision = this.#decisions.get(id);
    if (decision?.what === "alter") return `alter ${id}`;
    const object = this.#context.to.get(id);
    if (object === undefined) return `create ${id}`;
    if (decision === undefined) {
      const origin = inheritedFrom(object, this.#context.to);
      return origin === null ? `create ${id}` : this.#madeKey(origin.id);
    }
    return this.#isFolded(object) ? this.#madeKey(object.parent ?? "") : `create ${id}`;
  }

  /** The action with which an object goes. */
  #unmadeKey(id: string): string {
    const object = this.#context.from.get(id);
    const goes = this.#decisions.get(id)?.what === "drop" || this.#decisions.get(id)?.what === "replace";
    if (!goes || object === undefined || !this.#goesWithAnother(object)) return `drop ${id}`;
    return this.#unmadeKey(object.kind === "sequence" ? `column:${text(object, "ownedBy")}` : (object.parent ?? ""));
  }

  /** Whether a new object is written by the statement of another new one. */
  #isFolded(object: PlanObject): boolean {
    if (object.parent === null || this.#unfolded.has(object.id)) return false;
    const parent = this.#decisions.get(object.parent);
    // A new column is written with its default, unless that has to wait for something.
    if (object.kind === "default") return isMade(parent);
    if (parent?.what !== "create") return false;
    if (object.kind === "column") return true;
    return object.kind === "constraint" && isFoldable(object) && object.attributes["comment"] === undefined;
  }

  /** Whether what is dropped goes with the object it is a part of. */
  #goesWithAnother(object: PlanObject): boolean {
    if (this.#unfolded.has(object.id)) return false;
    if (object.kind === "sequence") {
      const owner = text(object, "ownedBy");
      return owner !== null && this.#isGone(`column:${owner}`);
    }
    return object.parent !== null && this.#isGone(object.parent);
  }

  #isGone(id: string): boolean {
    const decision = this.#decisions.get(id);
    const object = this.#context.from.get(id);
    if (decision?.what === "drop" || decision?.what === "replace") return true;
    return object !== undefined && object.parent !== null && this.#isGone(object.parent);
  }
}

function isMade(decision: Decision | undefined): boolean {
  return decision?.what === "create" || decision?.what === "replace";
}

/** Those that are inherited come with the parent. */
function isFoldable(constraint: PlanObject): boolean {
  return !isSet(constraint, "inherited") && !(text(constraint, "definition") ?? "").endsWith(" NOT VALID");
}

function constraintOrder(constraint: PlanObject): number {
  const order = ["primary key", "unique", "exclude", "check", "foreign key"];
  return order.indexOf(text(constraint, "type") ?? "");
}

/** Siblings keep their places; everything else goes by its name. */
function orderText(object: PlanObject): string {
  const place = String(object.position).padStart(5, "0");
  return object.kind === "column" ? `${object.parent} ${place}` : object.id;
}

function words(object: PlanObject): string {
  const kind =
    object.kind === "default" ? "default of" : object.kind === "materialized-view" ? "materialized view" : object.kind;
  return `${kind} ${object.name}`;
}
