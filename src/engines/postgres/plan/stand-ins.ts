import { createOverStandIn, standIn } from "../render/view.ts";
import { type Draft, newDraft, words } from "./draft.ts";

/** A view that is there without its query while the others of a circle are made, or go. */
export interface StandIn {
  /** The key of the action that makes the view, changes it or drops it. */
  readonly key: string;
  /** The keys of the actions that need each other. */
  readonly circle: ReadonlySet<string>;
}

/** One more view of a circle stands in, or one that does so does it for more others; null where no view is left. */
export function withStandIn(standIns: readonly StandIn[], cycle: readonly string[]): readonly StandIn[] | null {
  const views = cycle.filter((key) => /^(create|alter|drop) view:/.test(key)).sort();
  for (const key of views) {
    const known = standIns.find((one) => one.key === key);
    if (known === undefined) return [...standIns, { key, circle: new Set(cycle) }];
    const circle = new Set([...known.circle, ...cycle]);
    if (circle.size > known.circle.size) return [...standIns.filter((one) => one !== known), { key, circle }];
  }
  return null;
}

/** Opens circles of actions: the view is made first without its query, or loses its query before the others go. */
export function addStandIns(drafts: Map<string, Draft>, standIns: readonly StandIn[]): void {
  for (const { key, circle } of standIns) {
    const draft = drafts.get(key);
    if (draft === undefined) continue;
    if (key.startsWith("drop ")) loseQuery(drafts, draft, circle);
    else standFirst(drafts, draft, circle);
  }
}

function standFirst(drafts: Map<string, Draft>, draft: Draft, circle: ReadonlySet<string>): void {
  const early = newDraft({
    key: `stand-in ${draft.object.id}`,
    object: draft.object,
    phase: "create",
    title: `create ${words(draft.object)}, without its query yet`,
    sql: [standIn(draft.object)],
  });
  for (const key of draft.after) if (isForNameOrType(key)) early.after.add(key);
  for (const other of drafts.values()) {
    if (other === draft || ![...circle].some((key) => other.after.has(key))) continue;
    if (!circle.has(other.key)) other.after.add(draft.key);
    else if (other.after.delete(draft.key)) other.after.add(early.key);
  }
  draft.after.add(early.key);
  drafts.set(early.key, early);
  if (draft.key.startsWith("create ")) drafts.set(draft.key, { ...draft, sql: createOverStandIn(draft.object) });
}

/** What has to be done before even the columns of a view can be there. */
function isForNameOrType(key: string): boolean {
  return /^(drop|aside) |^(create|alter) (schema|extension|enum|domain|type|range|collation):/.test(key);
}

function loseQuery(drafts: Map<string, Draft>, draft: Draft, circle: ReadonlySet<string>): void {
  const early = newDraft({
    key: `hollow ${draft.object.id}`,
    object: draft.object,
    phase: "drop",
    title: `drop ${words(draft.object)}, its query first`,
    sql: [standIn(draft.object)],
  });
  for (const other of drafts.values()) {
    if (circle.has(other.key) && other.after.delete(draft.key)) other.after.add(early.key);
  }
  draft.after.add(early.key);
  drafts.set(early.key, early);
}
