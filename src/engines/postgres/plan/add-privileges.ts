import { type Draft, newDraft } from "./draft.ts";
import type { Fates } from "./fates.ts";
import { privilegeDrafts } from "./privilege-actions.ts";

/** Adds the actions that set owners and privileges, and puts roles around everything that may name them. */
export function addPrivileges(drafts: Map<string, Draft>, fates: Fates): void {
  for (const { needs, after, ...draft } of privilegeDrafts({ decisions: fates.decisions, context: fates.context })) {
    drafts.set(draft.key, newDraft(draft));
    for (const key of [...needs.flatMap((id) => fates.madeKeys(id)), ...after]) link(drafts, key, draft.key);
    if (draft.phase === "hand over") link(drafts, draft.key, `owner ${draft.object.id}`);
  }
  linkDefaults(drafts);
  linkRoles(drafts);
}

function link(drafts: ReadonlyMap<string, Draft>, first: string, second: string): void {
  if (first !== second) drafts.get(second)?.after.add(first);
}

/** What is made on the way still gets what new objects got before. */
function linkDefaults(drafts: ReadonlyMap<string, Draft>): void {
  const all = [...drafts.values()];
  const defaults = all.filter(({ object }) => object.kind === "default-privileges");
  if (defaults.length === 0) return;
  const made = all.filter(({ key, object }) => key.startsWith("create ") && object.kind !== "default-privileges");
  for (const { key } of defaults) for (const first of made) link(drafts, first.key, key);
}

/** Roles come before everything that may name them, and go after it. */
function linkRoles(drafts: ReadonlyMap<string, Draft>): void {
  const all = [...drafts.values()];
  const roles = all.filter(({ object }) => object.kind === "role");
  if (roles.length === 0) return;
  const others = all.filter(({ object }) => object.kind !== "role");
  for (const { key: role } of roles) {
    const goes = role.startsWith("drop ");
    for (const { key } of others) link(drafts, goes ? key : role, goes ? role : key);
  }
}
