import {
  addressColumns,
  attributes,
  type CatalogQuery,
  commentJoin,
  identity,
  standsAlone,
  tableId,
  userRelation,
  userSchema,
} from "./catalog-query.ts";

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
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)",
    defaults:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || pg_get_expr(d.adbin, d.adrelid) ORDER BY a.attnum) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid)",
    columnComments:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || k.description ORDER BY a.attnum) FROM pg_attribute a JOIN pg_description k ON k.classoid = 'pg_catalog.pg_class'::regclass AND k.objoid = c.oid AND k.objsubid = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0)",
    options: "to_jsonb(c.reloptions)",
    ...(kind === "view"
      ? {}
      : {
          unpopulated: "nullif(NOT c.relispopulated, false)",
          clusterOn:
            "(SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered)",
        }),
    tablespace: "(SELECT ts.spcname FROM pg_tablespace ts WHERE ts.oid = c.reltablespace)",
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "c")}
WHERE c.relkind = '${relkind}' AND ${condition}`;
}

/** Functions and procedures, told apart by the types of their arguments. */
export const functions: CatalogQuery = (home) => `
SELECT 'function:' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS id,
  n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_proc", oid: "p.oid" })},
  ${attributes({
    kind: "CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'w' THEN 'window' END",
    language: "(SELECT l.lanname FROM pg_language l WHERE l.oid = p.prolang)",
    arguments: "pg_get_function_arguments(p.oid)",
    result: "pg_get_function_result(p.oid)",
    definition: "pg_get_functiondef(p.oid)",
    comment: "comment.description",
  })}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace ${commentJoin("pg_proc", "p")}
WHERE p.prokind IN ('f', 'p', 'w') AND ${userSchema(home)} AND ${standsAlone("pg_proc", "p")}`;

const relationId = `CASE c.relkind WHEN 'v' THEN 'view:' WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;

/** Triggers; those that a partition has from its parent are the parent's. */
export const triggers: CatalogQuery = (home) => `
SELECT ${identity("trigger", ["n.nspname", "c.relname", "t.tgname"], relationId, { catalog: "pg_trigger", oid: "t.oid" })},
  ${attributes({
    definition: "pg_get_triggerdef(t.oid)",
    enabled: "CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END",
    comment: "comment.description",
  })}
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  ${commentJoin("pg_trigger", "t")}
WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relkind IN ('r', 'p', 'v') AND ${userRelation(home)}`;

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
