import { claims } from "./claims.ts";
import type { Decision } from "./decision.ts";
import type { Draft } from "./draft.ts";
import type { Fates } from "./fates.ts";
import { freedClaims } from "./freed-claims.ts";
import { inheritedFrom } from "./inheritance.ts";
import { linkPartitions } from "./link-partitions.ts";
import { isIndexed } from "./partitions.ts";
import { type PlanObject, text } from "./schema-model.ts";

/** Adds to each action what must come before it. */
export function linkActions(drafts: Map<string, Draft>, fates: Fates): void {
  new Linker(drafts, fates).link();
}

class Linker {
  readonly #drafts: Map<string, Draft>;
  readonly #fates: Fates;

  constructor(drafts: Map<string, Draft>, fates: Fates) {
    this.#drafts = drafts;
    this.#fates = fates;
  }

  link(): void {
    for (const decision of this.#fates.decisions.values()) this.#link(decision);
    for (const sequence of this.#fates.context.to.objects) if (sequence.kind === "sequence") this.#linkOwner(sequence);
    linkPartitions(this.#drafts, this.#fates);
    this.#linkClaims();
  }

  #link(decision: Decision): void {
    if (decision.what !== "create") this.#linkFrom(decision.from, decision.what === "alter");
    if (decision.what !== "drop") this.#linkTo(decision.to);
    const id = decision.what === "drop" ? decision.from.id : decision.to.id;
    const aside = decision.what === "replace" && this.#movesAside(decision.from);
    this.#before(`drop ${id}`, `create ${id}`, decision.what === "replace" && !aside);
    this.#before(`aside ${id}`, `create ${id}`, true);
    this.#before(`aside ${id}`, `drop ${id}`, true);
  }

  #movesAside(object: PlanObject): boolean {
    return this.#fates.hasToMoveAside(object) || this.#fates.partitions.isCopied(object.id);
  }

  /** What was built on another object goes before that one goes or changes. */
  #linkFrom(from: PlanObject, altered: boolean): void {
    const own = altered ? [`alter ${from.id}`] : [this.#fates.unmadeKey(from.id), `aside ${from.id}`];
    const needs = from.parent === null ? from.dependsOn : [...from.dependsOn, from.parent];
    const whole = this.#fates.partitions.parentIndex(from, "from");
    for (const id of needs) {
      // An index of a partition goes with the partitioned table's, if that goes first.
      if (id === whole?.id) continue;
      for (const key of own) {
        this.#before(key, this.#fates.unmadeKey(id), true);
        if (altered) this.#before(key, `alter ${id}`, this.#retypes(id) && !this.#stillNeeds(from, id));
        if (!altered)
          this.#before(key, `alter ${id}`, this.#retypes(id) || this.#fates.decisions.get(from.id)?.what === "drop");
        if (!altered)
          this.#before(
            key,
            `aside ${id}`,
            key !== `drop ${id}` && !this.#isCopiedLater(key) && this.#leavesBefore(key, from),
          );
      }
    }
  }

  /** Whether what is altered is built on an object afterwards, too: a generated column that becomes a plain one isn't. */
  #stillNeeds(from: PlanObject, id: string): boolean {
    return from.parent === id || this.#fates.context.to.get(from.id)?.dependsOn.includes(id) === true;
  }

  /** A table that is copied keeps its old columns, of the old types, until its rows are in the new one. */
  #isCopiedLater(key: string): boolean {
    return key.startsWith("drop ") && this.#fates.partitions.isCopied(key.slice("drop ".length));
  }

  #linkTo(to: PlanObject): void {
    const own = this.#fates.madeKeys(to.id);
    const parent = this.#fates.partitions.parentIndex(to, "to");
    const needs = to.parent === null ? to.dependsOn : [...to.dependsOn, to.parent];
    for (const id of needs) {
      // An index of a partition is attached to the partitioned table's; it does not wait for it.
      if (id === parent?.id) continue;
      this.#afterAll(own, this.#fates.readyKeys(id));
      this.#linkToCopied(id, to, own);
    }
    const origin = inheritedFrom(to, this.#fates.context.to);
    for (const id of origin === null ? [] : [origin.id, ...origin.dependsOn])
      this.#afterAll(own, this.#fates.madeKeys(id));
    if (to.parent !== null && (isIndexed(to) || to.kind === "column")) {
      for (const key of this.#fates.readyKeys(to.id)) this.#before(key, `mark ${to.parent}`, true);
    }
    if (to.kind === "table" || to.kind === "materialized-view")
      for (const key of own) this.#before(key, `mark ${to.id}`, true);
  }

  #afterAll(own: readonly string[], others: readonly string[]): void {
    for (const made of others) for (const key of own) this.#before(made, key, !own.includes(made));
  }

  /** What is not written into a table that gets its rows by being copied comes after the rows. */
  #linkToCopied(id: string, to: PlanObject, own: readonly string[]): void {
    const object = this.#fates.context.to.get(id);
    const table = object?.kind === "table" ? object.id : (object?.parent ?? null);
    const root = table === null ? null : this.#copyRoot(table);
    if (root === null || !afterRows.has(to.kind)) return;
    for (const key of own) this.#before(`copy ${root}`, key, key === `create ${to.id}` || key === `alter ${to.id}`);
  }

  #copyRoot(table: string): string | null {
    const { partitions } = this.#fates;
    const tables = [table, ...partitions.ancestors(table, "to")];
    return tables.find((each) => partitions.isCopied(each) && partitions.isCopyRoot(each)) ?? null;
  }

  #linkOwner(sequence: PlanObject): void {
    const from = this.#fates.context.from.get(sequence.id);
    const before = from === undefined ? null : text(from, "ownedBy");
    const after = text(sequence, "ownedBy");
    const [disown, owner] = [`disown ${sequence.id}`, `owner ${sequence.id}`];
    if (before !== null) {
      this.#before(disown, this.#fates.unmadeKey(`column:${before}`), true);
      this.#before(disown, `drop ${sequence.id}`, true);
      this.#before(disown, owner, true);
    }
    for (const key of this.#fates.madeKeys(sequence.id)) this.#before(key, owner, true);
    if (after !== null) for (const key of this.#fates.madeKeys(`column:${after}`)) this.#before(key, owner, true);
  }

  /** A name is free for its next owner only after the action with which the one before it goes. */
  #linkClaims(): void {
    const { context, decisions, partitions } = this.#fates;
    const freed = freedClaims({ drafts: [...this.#drafts.values()], decisions, from: context.from, partitions });
    for (const decision of decisions.values()) {
      if (decision.what === "drop") continue;
      const own = this.#fates.madeKeys(decision.to.id);
      const keys = claims(decision.to).flatMap((claim) => freed.get(claim) ?? []);
      for (const made of own) for (const key of keys) this.#before(key, made, !own.includes(key));
    }
  }

  #before(first: string, second: string, applies: boolean): void {
    if (applies && first !== second) this.#drafts.get(second)?.after.add(first);
  }

  /** Whether what is built on a type has to leave before that one moves aside: other types may leave with it. */
  #leavesBefore(key: string, from: PlanObject): boolean {
    if (!this.#fates.hasToMoveAside(from)) return true;
    return (from.kind === "range" || from.kind === "function") && key.startsWith("aside ");
  }

  #retypes(id: string): boolean {
    const decision = this.#fates.decisions.get(id);
    return decision?.what === "alter" && decision.retypes;
  }
}

const afterRows: ReadonlySet<PlanObject["kind"]> = new Set([
  "constraint",
  "index",
  "statistics",
  "trigger",
  "policy",
  "rule",
  "view",
  "materialized-view",
]);
