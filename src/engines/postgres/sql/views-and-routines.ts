import {
  addressColumns,
  attributes,
  type CatalogQuery,
  commentJoin,
  identity,
  sortedOptions,
  standsAlone,
  tableId,
  tablespaceOf,
  toastOptions,
  userRelation,
  userSchema,
} from "./catalog-query.ts";
import { columnOptions } from "./tables.ts";

/** Views. */
export const views: CatalogQuery = (home) => viewQuery("view", "v", userRelation(home));

/** Materialized views. */
export const materializedViews: CatalogQuery = (home) => viewQuery("materialized-view", "m", userRelation(home));

function viewQuery(kind: string, relkind: string, condition: string): string {
  return `
SELECT ${identity(kind, ["n.nspname", "c.relname"], null, { catalog: "pg_class", oid: "c.oid" })},
  ${attributes({
    definition: "pg_get_viewdef(c.oid)",
    columns:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' COLLATE ' || (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type b ON b.oid = a.atttypid WHERE co.oid = a.attcollation AND a.attcollation <> b.typcollation), '') ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)",
    columnComments:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || k.description ORDER BY a.attnum) FROM pg_attribute a JOIN pg_description k ON k.classoid = 'pg_catalog.pg_class'::regclass AND k.objoid = c.oid AND k.objsubid = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0)",
    options: sortedOptions("c.reloptions"),
    ...(kind === "view"
      ? {
          defaults:
            "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || pg_get_expr(d.adbin, d.adrelid) ORDER BY a.attnum) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid)",
        }
      : {
          unpopulated: "nullif(NOT c.relispopulated, false)",
          clusterOn:
            "(SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered)",
          columnSettings,
          toastOptions,
          accessMethod: "(SELECT m.amname FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap')",
          tablespace: tablespaceOf("c"),
        }),
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "c")}
WHERE c.relkind = '${relkind}' AND ${condition}`;
}

/** What the columns of a materialized view have that its query doesn't give them, as ALTER COLUMN takes it. */
const columnSettings = `(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || s.setting ORDER BY a.attnum, s.setting)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid, LATERAL unnest(ARRAY[
    CASE WHEN a.attstattarget >= 0 THEN 'SET STATISTICS ' || a.attstattarget END,
    CASE WHEN a.attstorage <> t.typstorage THEN 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
    'SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
    'SET (' || (SELECT string_agg(o, ', ') ${columnOptions}) || ')'
  ]) AS s(setting) WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND s.setting IS NOT NULL)`;

/** Functions and procedures, told apart by the types of their arguments. */
export const functions: CatalogQuery = (home) => `
SELECT 'function:' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS id,
  n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_proc", oid: "p.oid" })},
  ${attributes({
    kind: "CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'w' THEN 'window' END",
    language: "(SELECT l.lanname FROM pg_language l WHERE l.oid = p.prolang)",
    arguments: "pg_get_function_arguments(p.oid)",
    // What can't be replaced in place, which the printed arguments tell only as a whole.
    parameters:
      "(SELECT jsonb_agg(coalesce(p.proargmodes[a.place]::text, 'i') || ' ' || format_type(a.type, NULL) ORDER BY a.place) FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a(type, place))",
    parameterNames: "to_jsonb(p.proargnames)",
    defaults: "nullif(p.pronargdefaults, 0)",
    result: "pg_get_function_result(p.oid)",
    definition: "pg_get_functiondef(p.oid)",
    comment: "comment.description",
  })}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace ${commentJoin("pg_proc", "p")}
WHERE p.prokind IN ('f', 'p', 'w') AND ${userSchema(home)} AND ${standsAlone("pg_proc", "p")}`;

const relationId = `CASE c.relkind WHEN 'v' THEN 'view:' WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;

/** Whether a trigger `t` that a partition has from its parent is in another state. Keys have triggers without a state of their own. */
export const unlikeParent =
  "(t.tgparentid <> 0 AND t.tgenabled <> (SELECT u.tgenabled FROM pg_trigger u WHERE u.oid = t.tgparentid) AND (t.tgconstraint = 0 OR EXISTS (SELECT 1 FROM pg_constraint k WHERE k.oid = t.tgconstraint AND k.contype = 't')))";

/** Triggers; those that a partition has from its parent are the parent's, unless their state is another one. */
export const triggers: CatalogQuery = (home) => `
SELECT ${identity("trigger", ["n.nspname", "c.relname", "t.tgname"], relationId, { catalog: "pg_trigger", oid: "t.oid" })},
  ${attributes({
    definition: "CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid) END",
    ofParent: "nullif(t.tgparentid <> 0, false)",
    enabled:
      "CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' WHEN 'O' THEN CASE WHEN t.tgparentid <> 0 THEN 'origin' END END",
    comment: "comment.description",
  })}
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  ${commentJoin("pg_trigger", "t")}
WHERE (NOT t.tgisinternal AND t.tgparentid = 0 OR ${unlikeParent}) AND c.relkind IN ('r', 'p', 'v', 'f') AND ${userRelation(home)}`;

/** Row security policies. */
export const policies: CatalogQuery = (home) => `
SELECT ${identity("policy", ["n.nspname", "c.relname", "p.polname"], tableId, { catalog: "pg_policy", oid: "p.oid" })},
  ${attributes({
    command:
      "CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END",
    restrictive: "nullif(NOT p.polpermissive, false)",
    roles:
      "(SELECT jsonb_agg(CASE WHEN r.oid = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(r.oid)) END ORDER BY 1) FROM unnest(p.polroles) AS r(oid))",
    using: "pg_get_expr(p.polqual, p.polrelid)",
    withCheck: "pg_get_expr(p.polwithcheck, p.polrelid)",
    comment: "comment.description",
  })}
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  ${commentJoin("pg_policy", "p")}
WHERE ${userRelation(home)}`;
