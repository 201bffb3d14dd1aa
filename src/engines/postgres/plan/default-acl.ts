import { type Acl, type AclClass, aclOf, emptyAcl, readAcl, usualAcl } from "./acl.ts";
import { list, type PlanObject, type SchemaModel } from "./schema-model.ts";

const typeWords: Readonly<Partial<Record<AclClass, string>>> = {
  table: "TABLES",
  sequence: "SEQUENCES",
  function: "FUNCTIONS",
  type: "TYPES",
  schema: "SCHEMAS",
  "large object": "LARGE OBJECTS",
};

/** What an object has right after it was made: what is usual, or what the maker's default privileges say. */
export function newObjectAcl(kind: AclClass, schema: string | null, before: SchemaModel): Acl {
  const word = typeWords[kind];
  if (word === undefined) return usualAcl(kind);
  const everywhere = before.get(`default-privileges:CURRENT_USER.${word}`);
  const here = schema === null ? undefined : before.get(`default-privileges:${schema}.CURRENT_USER.${word}`);
  const base = everywhere === undefined ? usualAcl(kind) : readAcl(list(everywhere, "privileges"), kind);
  if (here === undefined) return base;
  return aclOf([...base.values(), ...readAcl(list(here, "privileges"), kind, emptyAcl).values()]);
}

/** The parts of an entry of default privileges. */
export interface DefaultPrivileges {
  readonly schema: string | null;
  /** Quoted, or null for whoever runs the statements. */
  readonly role: string | null;
  readonly kind: AclClass;
  /** `TABLES` */
  readonly word: string;
}

/** Takes the id of default privileges apart, given its quoted parts. */
export function defaultPrivilegesOf(parts: readonly string[]): DefaultPrivileges {
  const [word = "TABLES", role = "CURRENT_USER", schema = null] = parts.toReversed();
  const kind = (Object.keys(typeWords) as AclClass[]).find((one) => typeWords[one] === word) ?? "table";
  return { schema, role: role === "CURRENT_USER" ? null : role, kind, word };
}

/** The list that such an entry stands for; without one, what new objects get anyway. */
export function defaultAcl(object: PlanObject | null, { schema, kind }: DefaultPrivileges): Acl {
  const base = schema === null ? usualAcl(kind) : emptyAcl;
  return object === null ? base : readAcl(list(object, "privileges"), kind, base);
}
