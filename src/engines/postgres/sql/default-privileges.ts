import { addressColumns, attributes, type CatalogQuery, connectedRole, userSchema } from "./catalog-query.ts";
import { aclEntries } from "./privileges.ts";

const typeWord =
  "CASE o.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END";

/**
 * What a role's new objects of one type are given, in one schema or wherever it makes them: an id of `<role>.<TYPE>` or
 * `<schema>.<role>.<TYPE>`, whose role is `CURRENT_USER` where it is the one that connected. Those of a schema come on
 * top of what an object gets anyway; the others take the place of what is usual.
 */
export const defaultPrivileges: CatalogQuery = (home, _version, reading) => {
  const role = `coalesce(${connectedRole("o.defaclrole", reading)}, 'CURRENT_USER')`;
  const whole = `(SELECT count(*) FROM aclexplode(acldefault(CASE o.defaclobjtype WHEN 'S' THEN 's' ELSE o.defaclobjtype END, o.defaclrole)) u WHERE u.grantee = o.defaclrole)`;
  const usual =
    "CASE WHEN o.defaclnamespace = 0 THEN acldefault(CASE o.defaclobjtype WHEN 'S' THEN 's' ELSE o.defaclobjtype END, o.defaclrole) END";
  return `SELECT 'default-privileges:' || coalesce(quote_ident(n.nspname) || '.', '') || ${role} || '.' || ${typeWord} AS id,
  lower(${typeWord}) || ' of ' || ${role} || coalesce(' in ' || n.nspname, '') AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_default_acl", oid: "o.oid" })},
  ${attributes({ privileges: aclEntries("o.defaclacl", { usual, owner: "o.defaclrole", all: whole }) })}
FROM pg_default_acl o LEFT JOIN pg_namespace n ON n.oid = o.defaclnamespace
WHERE n.oid IS NULL OR (${userSchema(home)})`;
};
