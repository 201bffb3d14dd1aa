import { everybody, ownerRole, parseGrantEntry } from "../../../catalog/grant-entry.ts";

/** What privileges are granted on, as far as they differ in which there are. */
export type AclClass =
  | "table"
  | "column"
  | "sequence"
  | "function"
  | "type"
  | "schema"
  | "wrapper"
  | "server"
  | "large object";

/** One privilege that one role gave another. */
export interface AclItem {
  readonly privilege: string;
  /** A quoted name, `OWNER` or `PUBLIC`. */
  readonly grantee: string;
  readonly grantor: string;
  readonly grantable: boolean;
}

/** A list of privileges; no two items have privilege, grantee and grantor in common. */
export type Acl = ReadonlyMap<string, AclItem>;

/** Servers before 17 do not know its name, only what ALL means. */
export const newerPrivilege = "MAINTAIN";

/** Every privilege of a class, in the order in which statements name them. */
export const privilegesOf: Readonly<Record<AclClass, readonly string[]>> = {
  table: ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", newerPrivilege],
  column: ["SELECT", "INSERT", "UPDATE", "REFERENCES"],
  sequence: ["USAGE", "SELECT", "UPDATE"],
  function: ["EXECUTE"],
  type: ["USAGE"],
  schema: ["USAGE", "CREATE"],
  wrapper: ["USAGE"],
  server: ["USAGE"],
  "large object": ["SELECT", "UPDATE"],
};

/** A list without anything in it: what a new column has. */
export const emptyAcl: Acl = new Map();

/** The key of an item in its list. */
export function itemKey({ privilege, grantee, grantor }: Omit<AclItem, "grantable">): string {
  return `${privilege}\0${grantee}\0${grantor}`;
}

/** A list of these items; of two that are equal but for their grant option the one that has it stays. */
export function aclOf(items: Iterable<AclItem>): Acl {
  const acl = new Map<string, AclItem>();
  for (const item of items) {
    const key = itemKey(item);
    if (acl.get(key)?.grantable !== true) acl.set(key, item);
  }
  return acl;
}

/** What an object has whose list was never changed: everything for its owner, and what everybody is given of some kinds. */
export function usualAcl(kind: AclClass): Acl {
  if (kind === "column") return emptyAcl;
  const given = (grantee: string, privileges: readonly string[]): readonly AclItem[] =>
    privileges.map((privilege) => ({ privilege, grantee, grantor: ownerRole, grantable: false }));
  const toAll = kind === "function" || kind === "type" ? privilegesOf[kind] : [];
  return aclOf([...given(ownerRole, privilegesOf[kind]), ...given(everybody, toAll)]);
}

/** What the schema `public` comes with: everybody may use it, and before PostgreSQL 15 make things in it. */
export function publicSchemaAcl(major: number): Acl {
  const privileges = major >= 15 ? ["USAGE"] : privilegesOf.schema;
  const toAll = privileges.map((privilege) => ({
    privilege,
    grantee: everybody,
    grantor: ownerRole,
    grantable: false,
  }));
  return aclOf([...usualAcl("schema").values(), ...toAll]);
}

/** The list that a catalog's entries stand for, as changes of what is usual. */
export function readAcl(entries: readonly string[], kind: AclClass, usual: Acl = usualAcl(kind)): Acl {
  const acl = new Map(usual);
  for (const entry of entries) {
    const { given, ...roles } = parseGrantEntry(entry);
    const named = roles.privileges[0] === "ALL" ? privilegesOf[kind] : roles.privileges;
    for (const privilege of named) {
      const item = { privilege, grantee: roles.grantee, grantor: roles.grantor, grantable: roles.grantable };
      if (given) acl.set(itemKey(item), item);
      else acl.delete(itemKey(item));
    }
  }
  return acl;
}

/** The list once the object belongs to a role of this name: what the name was given or gave is the owner's. */
export function withOwner(acl: Acl, name: string | null): Acl {
  if (name === null) return acl;
  const now = (role: string): string => (role === name ? ownerRole : role);
  return aclOf([...acl.values()].map((item) => ({ ...item, grantee: now(item.grantee), grantor: now(item.grantor) })));
}
