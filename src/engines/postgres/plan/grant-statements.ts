import { ownerRole } from "../../../catalog/grant-entry.ts";
import { type AclClass, privilegesOf } from "./acl.ts";
import type { GrantChange } from "./grant-changes.ts";

/** What privileges are written for. */
export interface GrantSubject {
  readonly kind: AclClass;
  /** As GRANT names it: `TABLE public.users`. */
  readonly on: string;
  /** The owner's name, quoted, or null where it is whoever runs the statements. */
  readonly owner: string | null;
}

/** The statements that make the changes of one object. */
export function grantStatements(changes: readonly GrantChange[], subject: GrantSubject): readonly string[] {
  const privileges = (change: GrantChange): string => privilegeWords(change.privileges, subject.kind);
  return write(
    changes.map((change) => ({ change, privileges: privileges(change) })),
    subject,
  );
}

/** The changes of one column. */
export interface ColumnChanges {
  /** Quoted. */
  readonly column: string;
  readonly changes: readonly GrantChange[];
}

/** The statements that make the changes of several columns of a relation, in as few as it takes. */
export function columnGrantStatements(columns: readonly ColumnChanges[], subject: GrantSubject): readonly string[] {
  const groups = new Map<string, { readonly change: GrantChange; readonly columns: Map<string, string[]> }>();
  for (const { column, changes } of columns) {
    for (const [index, change] of changes.entries()) {
      const { what, grantee, grantor, further } = change;
      // What others than the owner give has its place after what they were given.
      const place = grantor === ownerRole ? "" : String(index).padStart(4, "0");
      const key = JSON.stringify([what === "grant", place, what, grantor, grantee, further]);
      const group = groups.get(key) ?? { change, columns: new Map<string, string[]>() };
      groups.set(key, group);
      const words = privilegeWords(change.privileges, "column");
      group.columns.set(words, [...(group.columns.get(words) ?? []), column]);
    }
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return write(
    sorted.map(({ change, columns: named }) => ({
      change,
      privileges: [...named]
        .flatMap(([words, names]) => words.split(", ").map((word) => `${word} (${names.join(", ")})`))
        .join(", "),
    })),
    subject,
  );
}

/** The words for some privileges: ALL for everything there is, which means more on some servers than on others. */
function privilegeWords(privileges: readonly string[], kind: AclClass): string {
  const all = privilegesOf[kind];
  return all.length > 2 && privileges.length === all.length ? "ALL" : privileges.join(", ");
}

interface Written {
  readonly change: GrantChange;
  readonly privileges: string;
}

function write(list: readonly Written[], subject: GrantSubject): readonly string[] {
  const statements: string[] = [];
  for (const group of sameButGrantee(list)) {
    const [{ change, privileges }] = group;
    const sql = statement(change, {
      privileges,
      on: subject.on,
      roles: group.map(({ change: { grantee } }) => roleName(grantee, subject)).join(", "),
    });
    // A statement may only name the role that runs it as the one that grants.
    if (change.grantor === ownerRole) statements.push(sql);
    else statements.push(`SET LOCAL ROLE ${change.grantor}`, sql, "RESET ROLE");
  }
  return statements;
}

function statement(
  { what, further }: GrantChange,
  { privileges, on, roles }: { readonly privileges: string; readonly on: string; readonly roles: string },
): string {
  if (what === "grant") return `GRANT ${privileges} ON ${on} TO ${roles}${further ? " WITH GRANT OPTION" : ""}`;
  const option = what === "revoke option" ? "GRANT OPTION FOR " : "";
  return `REVOKE ${option}${privileges} ON ${on} FROM ${roles}${further ? " CASCADE" : ""}`;
}

/** Neighbours that differ in nothing but who is given or loses the privileges. */
function sameButGrantee(list: readonly Written[]): readonly (readonly [Written, ...Written[]])[] {
  const groups: [Written, ...Written[]][] = [];
  const likeness = ({ change: { what, grantor, further }, privileges }: Written): string =>
    JSON.stringify([what, grantor, further, privileges]);
  for (const written of list) {
    const last = groups.at(-1);
    if (last !== undefined && likeness(last[0]) === likeness(written)) last.push(written);
    else groups.push([written]);
  }
  return groups;
}

/** The name of a role of an entry in a statement. */
function roleName(role: string, { owner }: Pick<GrantSubject, "owner">): string {
  return role === ownerRole ? (owner ?? "CURRENT_USER") : role;
}
