import type { LedgerHome } from "../sql-text.ts";
import { standsAlone, userRelation, userSchema } from "./catalog-query.ts";

/**
 * Names of the objects that have privileges or owners which a catalog does not hold: grants to others than the owner,
 * what was taken from everybody, and owners that are not the database's.
 */
export function privilegeQueries(home: LedgerHome): readonly string[] {
  const relation = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";
  const others = (acl: string, owner: string): string =>
    `EXISTS (SELECT 1 FROM aclexplode(${acl}) g WHERE g.grantee <> ${owner})`;
  // Everybody may use a new type and call a new function, so there its absence is a change as well.
  const unlikeNew = (acl: string, owner: string): string =>
    `(EXISTS (SELECT 1 FROM aclexplode(${acl}) g WHERE g.grantee NOT IN (0, ${owner})) OR NOT EXISTS (SELECT 1 FROM aclexplode(${acl}) g WHERE g.grantee = 0))`;
  return [
    `SELECT 'privileges on ' || CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence ' ELSE 'table ' END || ${relation}
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${others("c.relacl", "c.relowner")} AND ${userRelation(home)}`,
    `SELECT 'privileges on column ' || ${relation} || '.' || quote_ident(a.attname)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND ${userRelation(home)}`,
    `SELECT 'privileges on function ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')'
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.proacl IS NOT NULL AND ${unlikeNew("p.proacl", "p.proowner")} AND ${userSchema(home)} AND ${standsAlone("pg_proc", "p")}`,
    `SELECT 'privileges on type ' || format_type(t.oid, NULL)
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typacl IS NOT NULL AND ${unlikeNew("t.typacl", "t.typowner")} AND ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`,
    `SELECT 'privileges on schema ' || quote_ident(n.nspname) FROM pg_namespace n
     WHERE EXISTS (SELECT 1 FROM aclexplode(n.nspacl) g WHERE g.grantee <> n.nspowner AND (g.grantee <> 0 OR n.nspname <> 'public')) AND ${userSchema(home)}`,
    `SELECT 'owner ' || quote_ident(pg_get_userbyid(o.owner)) || ' of ' || count(*) || CASE count(*) WHEN 1 THEN ' object' ELSE ' objects' END FROM (
       SELECT c.relowner AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${userRelation(home)}
       UNION ALL SELECT p.proowner FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${userSchema(home)} AND ${standsAlone("pg_proc", "p")}
       UNION ALL SELECT n.nspowner FROM pg_namespace n WHERE n.nspname <> 'public' AND ${userSchema(home)} AND ${standsAlone("pg_namespace", "n")}
     ) o WHERE o.owner <> (SELECT d.datdba FROM pg_database d WHERE d.datname = current_database()) GROUP BY o.owner`,
  ];
}
