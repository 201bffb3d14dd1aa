import type { LedgerHome } from "../sql-text.ts";
import { firstUserOid, type Reading, standsAlone, userSchema } from "./catalog-query.ts";
import { hiddenMappings } from "./foreign-data.ts";
import { isNamed } from "./roles.ts";

/** What the server makes beside every type of a user's is no type of its own. */
const noArray = "NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = o.oid)";

/** What `ALTER DATABASE` and `ALTER ROLE ... IN DATABASE` set, each by its name; those of named roles are theirs. */
function settingsOfDatabase(reading: Reading): string {
  const ofNamed = reading.roles.length === 0 ? "false" : isNamed("r", reading);
  return `SELECT 'setting ' || split_part(v, '=', 1) || CASE WHEN s.setrole = 0 THEN ' of the database' ELSE ' of role ' || quote_ident(pg_get_userbyid(s.setrole)) || ' in the database' END
  FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(s.setconfig) AS v
  WHERE d.datname = current_database() AND NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.oid = s.setrole AND ${ofNamed})`;
}

/** Names of everything that exists and that a catalog has no kind for, each with the word for what it is. */
export function unmanagedQuery(home: LedgerHome, reading: Reading): string {
  const inSchema = (word: string, catalog: string, name: string, namespace: string, more = "true"): string =>
    `SELECT '${word} ' || quote_ident(n.nspname) || '.' || quote_ident(o.${name}) AS name FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${namespace}
     WHERE ${more} AND ${userSchema(home)} AND ${standsAlone(catalog, "o")}`;
  const global = (word: string, catalog: string, name: string): string =>
    `SELECT '${word} ' || quote_ident(o.${name}) FROM ${catalog} o WHERE o.oid >= ${firstUserOid} AND ${standsAlone(catalog, "o")}`;
  return [
    inSchema("operator", "pg_operator", "oprname", "oprnamespace"),
    inSchema("operator class", "pg_opclass", "opcname", "opcnamespace"),
    inSchema("operator family", "pg_opfamily", "opfname", "opfnamespace"),
    inSchema("conversion", "pg_conversion", "conname", "connamespace"),
    inSchema("text search configuration", "pg_ts_config", "cfgname", "cfgnamespace"),
    inSchema("text search dictionary", "pg_ts_dict", "dictname", "dictnamespace"),
    inSchema("text search parser", "pg_ts_parser", "prsname", "prsnamespace"),
    inSchema("text search template", "pg_ts_template", "tmplname", "tmplnamespace"),
    inSchema("base type", "pg_type", "typname", "typnamespace", `o.typtype = 'b' AND ${noArray}`),
    inSchema("shell type", "pg_type", "typname", "typnamespace", "o.typtype = 'p' AND NOT o.typisdefined"),
    `SELECT 'cast from ' || format_type(o.castsource, NULL) || ' to ' || format_type(o.casttarget, NULL) FROM pg_cast o WHERE o.oid >= ${firstUserOid} AND ${standsAlone("pg_cast", "o")}`,
    `SELECT 'transform of ' || format_type(o.trftype, NULL) FROM pg_transform o WHERE ${standsAlone("pg_transform", "o")}`,
    `SELECT 'subscription ' || quote_ident(o.subname) FROM pg_subscription o JOIN pg_database d ON d.oid = o.subdbid WHERE d.datname = current_database()`,
    `SELECT 'member of the built-in operator family ' || quote_ident(f.opfname) FROM pg_opfamily f
     WHERE f.oid < ${firstUserOid} AND (EXISTS (SELECT 1 FROM pg_amop m WHERE m.amopfamily = f.oid AND m.oid >= ${firstUserOid} AND ${standsAlone("pg_amop", "m")})
       OR EXISTS (SELECT 1 FROM pg_amproc m WHERE m.amprocfamily = f.oid AND m.oid >= ${firstUserOid} AND ${standsAlone("pg_amproc", "m")}))`,
    `SELECT 'function pg_catalog.' || quote_ident(o.proname) FROM pg_proc o WHERE o.pronamespace = 'pg_catalog'::regnamespace AND o.oid >= ${firstUserOid} AND ${standsAlone("pg_proc", "o")}`,
    `SELECT 'security label by ' || quote_ident(o.provider) || ' on ' || i.type || ' ' || i.identity FROM pg_seclabel o, pg_identify_object(o.classoid, o.objoid, o.objsubid) i`,
    settingsOfDatabase(reading),
    global("access method", "pg_am", "amname"),
    global("language", "pg_language", "lanname"),
    hiddenMappings,
  ].join("\nUNION ALL ");
}
