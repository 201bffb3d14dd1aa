import { standInComment } from "../../../catalog/stand-in-role.ts";
import { quoteText } from "../sql-text.ts";
import { addressColumns, attributes, type CatalogQuery, noRows, type Reading } from "./catalog-query.ts";

/** The roles that the configuration names, without their passwords, which nobody but a superuser may read anyway. */
export const roles: CatalogQuery = (_home, _version, reading) => {
  if (reading.roles.length === 0) return noRows;
  const settings = (database: string): string =>
    `(SELECT jsonb_agg(line ORDER BY line COLLATE "C") FROM pg_db_role_setting s, unnest(s.setconfig) AS line WHERE s.setrole = r.oid AND s.setdatabase = ${database})`;
  return `SELECT 'role:' || quote_ident(r.rolname) AS id, r.rolname::text AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_authid", oid: "r.oid" })},
  ${attributes({
    superuser: "nullif(r.rolsuper, false)",
    createDatabase: "nullif(r.rolcreatedb, false)",
    createRole: "nullif(r.rolcreaterole, false)",
    noInherit: "nullif(NOT r.rolinherit, false)",
    login: "nullif(r.rolcanlogin, false)",
    replication: "nullif(r.rolreplication, false)",
    bypassRowSecurity: "nullif(r.rolbypassrls, false)",
    connectionLimit: "nullif(r.rolconnlimit, -1)",
    // No statement takes the end away again; without one is the same as for ever.
    validUntil: "nullif(r.rolvaliduntil, 'infinity')::text",
    settings: settings("0"),
    settingsHere: settings("(SELECT d.oid FROM pg_database d WHERE d.datname = current_database())"),
    comment: "shobj_description(r.oid, 'pg_authid')",
  })}
FROM pg_roles r WHERE ${isNamed("r", reading)}`;
};

/**
 * What the named roles are members of, one object for each role that granted it: an id of `<role>.<member>`, and the
 * grantor where that is not who usually is.
 */
export const memberships: CatalogQuery = (_home, version, reading) => {
  if (reading.roles.length === 0) return noRows;
  const modern = version >= 160_000;
  // Before 16 the grantor is only a note, and the last one to grant a membership.
  const grantor = modern
    ? `CASE WHEN m.grantor <> 10 THEN '.' || quote_ident(pg_get_userbyid(m.grantor)) ELSE '' END`
    : "''";
  return `SELECT 'membership:' || quote_ident(g.rolname) || '.' || quote_ident(r.rolname) || ${grantor} AS id,
  r.rolname || ' in ' || g.rolname AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_auth_members", oid: modern ? "m.oid" : "m.roleid || '/' || m.member" })},
  ${attributes({
    admin: "nullif(m.admin_option, false)",
    ...(modern
      ? {
          inherit: "CASE WHEN m.inherit_option <> r.rolinherit THEN m.inherit_option END",
          noSet: "nullif(NOT m.set_option, false)",
        }
      : {}),
  })}
FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE ${isNamed("r", reading)}`;
};

/** True for the roles that a pattern of the configuration is for, and that are not there only because something names them. */
export function isNamed(alias: string, { roles: patterns }: Reading): string {
  const name = `${alias}.rolname`;
  const each = patterns.map((pattern) => `${name}::text LIKE ${quoteText(likePattern(pattern))}`);
  const standsIn = `coalesce(shobj_description(${alias}.oid, 'pg_authid') = ${quoteText(standInComment)}, false)`;
  return `${name} !~ '^pg_' AND (${each.join(" OR ")}) AND NOT ${standsIn}`;
}

/** A pattern with `*` as LIKE takes it. */
function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}
