import { ownerRole } from "../../../catalog/grant-entry.ts";
import { type Acl, type AclClass, type AclItem, aclOf, itemKey, newerPrivilege, privilegesOf } from "./acl.ts";

/** One GRANT or REVOKE, of one role's. */
export interface GrantChange {
  readonly what: "grant" | "revoke" | "revoke option";
  readonly privileges: readonly string[];
  readonly grantee: string;
  readonly grantor: string;
  /** Of a grant: with the option to grant it on. Of a revoke: with all that the grantee gave others. */
  readonly further: boolean;
}

/**
 * What turns one list of privileges into another, in an order that works: nobody grants what he was not given before.
 * Where a role other than the owner gave something that changes, everything but the owner's own is given anew.
 */
export function grantChanges(from: Acl, to: Acl, kind: AclClass): readonly GrantChange[] {
  if (!isChained(from, to))
    return groupsOf([...from.values(), ...to.values()]).flatMap((group) => changeOf(group, { from, to, kind }));
  return [...takeBack(from, kind), ...ownChanges(from, to, kind), ...giveAnew(to, kind)];
}

/** What the owner's own privileges take to change. */
export function ownChanges(from: Acl, to: Acl, kind: AclClass): readonly GrantChange[] {
  return grantChanges(aclOf([...from.values()].filter(isOwn)), aclOf([...to.values()].filter(isOwn)), kind);
}

/** The list after the changes, as the server keeps it. */
export function afterChanges(from: Acl, changes: readonly GrantChange[]): Acl {
  const acl = new Map(from);
  for (const change of changes) {
    for (const privilege of change.privileges) {
      const key = itemKey({ ...change, privilege });
      const before = acl.get(key);
      if (change.what === "grant")
        acl.set(key, { ...change, privilege, grantable: change.further || before?.grantable === true });
      else if (change.what === "revoke") acl.delete(key);
      else if (before !== undefined) acl.set(key, { ...before, grantable: false });
      if (change.what === "revoke" && change.further) dropGiven(acl, privilege, change.grantee);
    }
  }
  return acl;
}

/** Takes away what a role gave others of a privilege that it no longer has. */
function dropGiven(acl: Map<string, AclItem>, privilege: string, grantor: string): void {
  for (const [key, item] of [...acl]) {
    if (item.privilege !== privilege || item.grantor !== grantor) continue;
    acl.delete(key);
    dropGiven(acl, privilege, item.grantee);
  }
}

function isOwn({ grantee, grantor }: AclItem): boolean {
  return grantee === ownerRole && grantor === ownerRole;
}

/** The items of either list that the other one does not have, or has with another grant option. */
export function changedItems(from: Acl, to: Acl): readonly AclItem[] {
  return [...from.values(), ...to.values()].filter((item) => {
    const key = itemKey(item);
    return from.get(key)?.grantable !== to.get(key)?.grantable;
  });
}

/** Whether something that changes was or will be given by a role other than the owner, or is what such a role gave on. */
function isChained(from: Acl, to: Acl): boolean {
  const changed = changedItems(from, to);
  if (changed.length === 0) return false;
  if (changed.some(({ grantor }) => grantor !== ownerRole)) return true;
  return changed.some(({ privilege, grantee }) =>
    [...from.values()].some(
      (item) => item.privilege === privilege && item.grantor === grantee && grantee !== ownerRole,
    ),
  );
}

interface Group {
  readonly grantee: string;
  readonly grantor: string;
}

function groupsOf(items: readonly AclItem[]): readonly Group[] {
  const groups = new Map(items.map(({ grantee, grantor }) => [`${grantor}\0${grantee}`, { grantee, grantor }]));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function within(acl: Acl, { grantee, grantor }: Group, kind: AclClass): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const privilege of privilegesOf[kind]) {
    const item = acl.get(itemKey({ privilege, grantee, grantor }));
    if (item !== undefined) found.set(privilege, item.grantable);
  }
  return found;
}

/** What one role's privileges take to change, where nothing hangs on them. */
function changeOf(
  group: Group,
  { from, to, kind }: { readonly from: Acl; readonly to: Acl; readonly kind: AclClass },
): readonly GrantChange[] {
  const before = within(from, group, kind);
  const after = within(to, group, kind);
  const all = privilegesOf[kind];
  const gone = all.filter((privilege) => before.has(privilege) && !after.has(privilege));
  const change = (what: GrantChange["what"], privileges: readonly string[], further = false): readonly GrantChange[] =>
    privileges.length === 0 ? [] : [{ ...group, what, privileges, further }];
  // What an older server has no word for is only taken with everything else, and the rest given back.
  if (gone.includes(newerPrivilege) && before.size === all.length && after.size > 0)
    return [...change("revoke", all), ...given(group, after, kind)];
  const lessened = all.filter((privilege) => before.get(privilege) === true && after.get(privilege) === false);
  const more = new Map([...after].filter(([privilege, grantable]) => needsGrant(before.get(privilege), grantable)));
  const whole = more.has(newerPrivilege) && after.size === all.length;
  return [...change("revoke", gone), ...change("revoke option", lessened), ...given(group, whole ? after : more, kind)];
}

function needsGrant(before: boolean | undefined, after: boolean): boolean {
  return before === undefined || (after && !before);
}

function given(group: Group, privileges: ReadonlyMap<string, boolean>, kind: AclClass): readonly GrantChange[] {
  return [false, true].flatMap((further) => {
    const named = privilegesOf[kind].filter((privilege) => privileges.get(privilege) === further);
    return named.length === 0 ? [] : [{ ...group, what: "grant" as const, privileges: named, further }];
  });
}

/** What each role but the owner gave in a list of its own, first the ones that were given theirs by the owner. */
export function takeBackByGivers(from: Acl, kind: AclClass): readonly GrantChange[] {
  const changes: GrantChange[] = [];
  let left = from;
  for (;;) {
    const groups = groupsOf([...left.values()].filter(({ grantor }) => grantor !== ownerRole));
    const givers = new Set(groups.map(({ grantee }) => grantee));
    const next = groups.find(({ grantor }) => !givers.has(grantor)) ?? groups[0];
    if (next === undefined) return changes;
    const change = {
      ...next,
      what: "revoke",
      privileges: [...within(left, next, kind).keys()],
      further: true,
    } as const;
    changes.push(change);
    left = afterChanges(left, [change]);
  }
}

/** Everything that the owner gave others, with what they gave on. */
export function takeBack(from: Acl, kind: AclClass): readonly GrantChange[] {
  const others = [...from.values()].filter((item) => item.grantor === ownerRole && !isOwn(item));
  return groupsOf(others).map((group) => ({
    ...group,
    what: "revoke",
    privileges: [...within(from, group, kind).keys()],
    further: true,
  }));
}

/**
 * Gives everybody but the owner what the list says, each role after it was given the right to. `also` is another list
 * whose grant options hold for this one.
 */
export function giveAnew(to: Acl, kind: AclClass, also: Acl = new Map()): readonly GrantChange[] {
  let open = groupsOf([...to.values()].filter((item) => !isOwn(item)));
  const able = new Set(privilegesOf[kind].map((privilege) => `${privilege}\0${ownerRole}`));
  for (const { privilege, grantee, grantable } of also.values()) if (grantable) able.add(`${privilege}\0${grantee}`);
  const changes: GrantChange[] = [];
  while (open.length > 0) {
    const isReady = (group: Group): boolean =>
      [...within(to, group, kind).keys()].every((privilege) => able.has(`${privilege}\0${group.grantor}`));
    const ready = open.filter(isReady);
    // What a server lists was given by somebody who might; a list that no order explains is left for the server to refuse.
    const next = ready.length === 0 ? open : ready;
    for (const group of next) {
      const privileges = within(to, group, kind);
      changes.push(...given(group, privileges, kind));
      for (const [privilege, grantable] of privileges) if (grantable) able.add(`${privilege}\0${group.grantee}`);
    }
    open = open.filter((group) => !next.includes(group));
  }
  return changes;
}
