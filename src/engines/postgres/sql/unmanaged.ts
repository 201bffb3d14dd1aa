import type { LedgerHome } from "../sql-text.ts";
import { standsAlone, userRelation, userSchema } from "./catalog-query.ts";
import { firstUserOid } from "./dependencies.ts";
import { privilegeQueries } from "./privileges.ts";

/** Names of everything that exists and that a catalog has no kind for, each with the word for what it is. */
export function unmanagedQuery(home: LedgerHome): string {
  const inSchema = (word: string, catalog: string, name: string, namespace: string, more = "true"): string =>
    `SELECT '${word} ' || quote_ident(n.nspname) || '.' || quote_ident(o.${name}) AS name FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${namespace}
     WHERE ${more} AND ${userSchema(home)} AND ${standsAlone(catalog, "o")}`;
  const global = (word: string, catalog: string, name: string): string =>
    `SELECT '${word} ' || quote_ident(o.${name}) FROM ${catalog} o WHERE o.oid >= ${firstUserOid} AND ${standsAlone(catalog, "o")}`;
  return [
    inSchema("aggregate", "pg_proc", "proname", "pronamespace", "o.prokind = 'a'"),
    inSchema("operator", "pg_operator", "oprname", "oprnamespace"),
    inSchema("operator class", "pg_opclass", "opcname", "opcnamespace"),
    inSchema("operator family", "pg_opfamily", "opfname", "opfnamespace"),
    inSchema("collation", "pg_collation", "collname", "collnamespace"),
    inSchema("conversion", "pg_conversion", "conname", "connamespace"),
    inSchema("statistics", "pg_statistic_ext", "stxname", "stxnamespace"),
    inSchema("text search configuration", "pg_ts_config", "cfgname", "cfgnamespace"),
    inSchema("text search dictionary", "pg_ts_dict", "dictname", "dictnamespace"),
    inSchema("text search parser", "pg_ts_parser", "prsname", "prsnamespace"),
    inSchema("text search template", "pg_ts_template", "tmplname", "tmplnamespace"),
    inSchema("range type", "pg_type", "typname", "typnamespace", "o.typtype = 'r'"),
    inSchema("base type", "pg_type", "typname", "typnamespace", "o.typtype = 'b' AND o.typelem = 0"),
    `SELECT 'foreign table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'f' AND ${userRelation(home)}`,
    `SELECT 'rule ' || quote_ident(r.rulename) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${userRelation(home)}`,
    `SELECT 'cast from ' || format_type(o.castsource, NULL) || ' to ' || format_type(o.casttarget, NULL) FROM pg_cast o WHERE o.oid >= ${firstUserOid} AND ${standsAlone("pg_cast", "o")}`,
    `SELECT 'transform of ' || format_type(o.trftype, NULL) FROM pg_transform o WHERE ${standsAlone("pg_transform", "o")}`,
    `SELECT DISTINCT 'default privileges of ' || quote_ident(pg_get_userbyid(o.defaclrole)) FROM pg_default_acl o`,
    `SELECT 'subscription ' || quote_ident(o.subname) FROM pg_subscription o JOIN pg_database d ON d.oid = o.subdbid WHERE d.datname = current_database()`,
    global("access method", "pg_am", "amname"),
    global("event trigger", "pg_event_trigger", "evtname"),
    global("foreign data wrapper", "pg_foreign_data_wrapper", "fdwname"),
    global("foreign server", "pg_foreign_server", "srvname"),
    global("language", "pg_language", "lanname"),
    global("publication", "pg_publication", "pubname"),
    ...privilegeQueries(home),
  ].join("\nUNION ALL ");
}
