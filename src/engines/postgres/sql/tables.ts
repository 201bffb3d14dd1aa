import {
  attributes,
  type CatalogQuery,
  commentJoin,
  foreignOptions,
  identity,
  sortedOptions,
  tableId,
  tablespaceOf,
  toastOptions,
  userRelation,
} from "./catalog-query.ts";
import { madeName } from "./usual-names.ts";

/** The qualified name of a relation, from the aliases of its pg_namespace and its pg_class. */
export const qualified = (namespace: string, relation: string): string =>
  `quote_ident(${namespace}.nspname) || '.' || quote_ident(${relation}.relname)`;

/** All settings of a sequence `s` but its type, each as CREATE and ALTER SEQUENCE spell it. */
const sequenceSettings =
  "jsonb_build_array('START WITH ' || s.seqstart, 'INCREMENT BY ' || s.seqincrement, 'MINVALUE ' || s.seqmin, 'MAXVALUE ' || s.seqmax, 'CACHE ' || s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)";

/** Sequences, without those that belong to an identity column. */
export const sequences: CatalogQuery = (home) => `
SELECT ${identity("sequence", ["n.nspname", "c.relname"], null, { catalog: "pg_class", oid: "c.oid" })},
  ${attributes({
    type: "format_type(s.seqtypid, NULL)",
    settings: sequenceSettings,
    ownedBy: `(SELECT ${qualified("tn", "t")} || '.' || quote_ident(a.attname)
      FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a')`,
    unlogged: "nullif(c.relpersistence = 'u', false)",
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
  ${commentJoin("pg_class", "c")}
WHERE c.relkind = 'S' AND ${userRelation(home)}
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')`;

/** Tables: partitioned ones, partitions and foreign ones included. */
export const tables: CatalogQuery = (home) => `
SELECT ${identity("table", ["n.nspname", "c.relname"], null, { catalog: "pg_class", oid: "c.oid" })},
  ${attributes({
    unlogged: "nullif(c.relpersistence = 'u', false)",
    options: sortedOptions("c.reloptions"),
    toastOptions,
    partitionKey: "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END",
    partitionBound: "CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END",
    inherits: `(SELECT jsonb_agg(${qualified("pn", "p")} ORDER BY i.inhseqno) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid)`,
    ofType: "CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END",
    rowSecurity: "nullif(c.relrowsecurity, false)",
    forceRowSecurity: "nullif(c.relforcerowsecurity, false)",
    accessMethod: "(SELECT m.amname FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap')",
    tablespace: tablespaceOf("c"),
    replicaIdentity: `CASE CASE WHEN c.relkind <> 'f' THEN c.relreplident END WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN 'USING INDEX ' || (SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisreplident) END`,
    clusterOn:
      "(SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered)",
    server:
      "(SELECT quote_ident(s.srvname) FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid)",
    foreignOptions: `CASE WHEN c.relkind = 'f' THEN ${foreignOptions("(SELECT f.ftoptions FROM pg_foreign_table f WHERE f.ftrelid = c.oid)")} END`,
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "c")}
WHERE c.relkind IN ('r', 'p', 'f') AND ${userRelation(home)}`;

const storageWord = (value: string): string =>
  `CASE ${value} WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`;

/**
 * Where the options of a column `a` come from, each as `o`. Newer minor releases keep a stamp of their own among them,
 * which nobody can set and pg_dump leaves out.
 */
export const columnOptions = "FROM unnest(a.attoptions) AS o WHERE NOT starts_with(o, 'pg_attver=')";

/** Columns of tables. */
export const columns: CatalogQuery = (home, version) => `
SELECT ${identity("column", ["n.nspname", "c.relname", "a.attname"], tableId, { catalog: "pg_class", oid: "c.oid", column: "a.attnum" })},
  ${attributes({
    type: "format_type(a.atttypid, a.atttypmod)",
    notNull: "nullif(a.attnotnull, false)",
    default: "CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END",
    generated: "CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END",
    generatedAs: "CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END",
    // From 17 on a partition has the identity of the partitioned table, and no sequence of its own.
    identity: `CASE WHEN NOT c.relispartition OR ${version < 170_000} THEN CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END END`,
    identitySequence: `CASE WHEN a.attidentity <> '' THEN (SELECT nullif(${qualified("qn", "qc")}, quote_ident(n.nspname) || '.' || quote_ident(${madeName("c.relname::text", "a.attname::text", "'seq'")}))
      FROM pg_depend q JOIN pg_class qc ON qc.oid = q.objid AND qc.relkind = 'S' JOIN pg_namespace qn ON qn.oid = qc.relnamespace
      WHERE q.classid = 'pg_catalog.pg_class'::regclass AND q.refclassid = 'pg_catalog.pg_class'::regclass AND q.refobjid = c.oid AND q.refobjsubid = a.attnum AND q.deptype = 'i') END`,
    identitySettings: `CASE WHEN a.attidentity <> '' THEN (SELECT ${sequenceSettings} FROM pg_depend q JOIN pg_sequence s ON s.seqrelid = q.objid
      WHERE q.classid = 'pg_catalog.pg_class'::regclass AND q.refclassid = 'pg_catalog.pg_class'::regclass AND q.refobjid = c.oid AND q.refobjsubid = a.attnum AND q.deptype = 'i') END`,
    collation:
      "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation) END",
    storage: `CASE WHEN a.attstorage <> t.typstorage THEN ${storageWord("a.attstorage")} END`,
    // What PostgreSQL before 16 has to be told by name to go back to.
    usualStorage: `CASE WHEN a.attstorage <> t.typstorage THEN ${storageWord("t.typstorage")} END`,
    compression: "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END",
    statistics: "nullif(a.attstattarget, -1)",
    options: `CASE WHEN a.attoptions IS NOT NULL THEN (SELECT jsonb_agg(o) ${columnOptions}) END`,
    foreignOptions: `CASE WHEN a.attfdwoptions IS NOT NULL THEN ${foreignOptions("a.attfdwoptions")} END`,
    inherited: "nullif(NOT a.attislocal, false)",
    ...(version >= 180_000 ? { notNullConstraint: unusualNotNull } : {}),
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  ${commentJoin("pg_class", "c", "a.attnum")}
WHERE c.relkind IN ('r', 'p', 'f') AND ${userRelation(home)}`;

/**
 * From 18 on NOT NULL is a constraint with a name; only a name or state that is not the server's own is of interest. A
 * name that the server made stays when the table or the column gets another one. A statement that renamed it as well
 * would fail on every older server, so it counts as the server's own.
 */
const unusualNotNull = `CASE WHEN a.attnotnull THEN (SELECT quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
      AND (NOT k.convalidated OR k.connoinherit OR (k.coninhcount = 0 AND k.conname !~ '_not_null[0-9]*$'))) END`;
