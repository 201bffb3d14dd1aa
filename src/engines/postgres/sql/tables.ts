import { attributes, type CatalogQuery, commentJoin, identity, tableId, userRelation } from "./catalog-query.ts";

const qualified = (namespace: string, relation: string): string =>
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

/** Tables, partitioned ones and partitions included. */
export const tables: CatalogQuery = (home) => `
SELECT ${identity("table", ["n.nspname", "c.relname"], null, { catalog: "pg_class", oid: "c.oid" })},
  ${attributes({
    unlogged: "nullif(c.relpersistence = 'u', false)",
    options: "to_jsonb(c.reloptions)",
    partitionKey: "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END",
    partitionBound: "CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END",
    inherits: `(SELECT jsonb_agg(${qualified("pn", "p")} ORDER BY i.inhseqno) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid)`,
    ofType: "CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END",
    rowSecurity: "nullif(c.relrowsecurity, false)",
    forceRowSecurity: "nullif(c.relforcerowsecurity, false)",
    accessMethod: "(SELECT m.amname FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap')",
    tablespace: "(SELECT ts.spcname FROM pg_tablespace ts WHERE ts.oid = c.reltablespace)",
    replicaIdentity: `CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN 'USING INDEX ' || (SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisreplident) END`,
    clusterOn:
      "(SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered)",
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "c")}
WHERE c.relkind IN ('r', 'p') AND ${userRelation(home)}`;

const storageWord = (value: string): string =>
  `CASE ${value} WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`;

/** Columns of tables. */
export const columns: CatalogQuery = (home, version) => `
SELECT ${identity("column", ["n.nspname", "c.relname", "a.attname"], tableId, { catalog: "pg_class", oid: "c.oid", column: "a.attnum" })},
  ${attributes({
    type: "format_type(a.atttypid, a.atttypmod)",
    notNull: "nullif(a.attnotnull, false)",
    default: "CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END",
    generated: "CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END",
    generatedAs: "CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END",
    identity: "CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END",
    identitySettings: `CASE WHEN a.attidentity <> '' THEN (SELECT ${sequenceSettings} FROM pg_depend q JOIN pg_sequence s ON s.seqrelid = q.objid
      WHERE q.classid = 'pg_catalog.pg_class'::regclass AND q.refclassid = 'pg_catalog.pg_class'::regclass AND q.refobjid = c.oid AND q.refobjsubid = a.attnum AND q.deptype = 'i') END`,
    collation:
      "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation) END",
    storage: `CASE WHEN a.attstorage <> t.typstorage THEN ${storageWord("a.attstorage")} END`,
    // What PostgreSQL before 16 has to be told by name to go back to.
    usualStorage: `CASE WHEN a.attstorage <> t.typstorage THEN ${storageWord("t.typstorage")} END`,
    compression: "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END",
    statistics: "nullif(a.attstattarget, -1)",
    // Newer minor releases keep a stamp of their own among the options, which nobody can set and pg_dump leaves out.
    options: "(SELECT jsonb_agg(o) FROM unnest(a.attoptions) AS o WHERE NOT starts_with(o, 'pg_attver='))",
    inherited: "nullif(NOT a.attislocal, false)",
    ...(version >= 180_000 ? { notNullConstraint: unusualNotNull } : {}),
    comment: "comment.description",
  })}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  ${commentJoin("pg_class", "c", "a.attnum")}
WHERE c.relkind IN ('r', 'p') AND ${userRelation(home)}`;

/**
 * From 18 on NOT NULL is a constraint with a name; only a name or state that is not the server's own is of interest. A
 * name that the server made stays when the table or the column gets another one. A statement that renamed it as well
 * would fail on every older server, so it counts as the server's own.
 */
const unusualNotNull = `CASE WHEN a.attnotnull THEN (SELECT quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
      WHERE k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
      AND (NOT k.convalidated OR k.connoinherit OR (k.coninhcount = 0 AND k.conname !~ '_not_null[0-9]*$'))) END`;

/** Constraints of tables; those that a partition has from its parent are the parent's. */
export const constraints: CatalogQuery = (home) => `
SELECT ${identity("constraint", ["n.nspname", "c.relname", "k.conname"], tableId, { catalog: "pg_constraint", oid: "k.oid" })},
  ${attributes({
    type: "CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclude' END",
    definition: "pg_get_constraintdef(k.oid)",
    inherited: "nullif(NOT k.conislocal, false)",
    indexOptions:
      "(SELECT to_jsonb(i.reloptions) FROM pg_class i WHERE i.oid = k.conindid AND k.contype IN ('p', 'u', 'x'))",
    comment: "comment.description",
  })}
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  ${commentJoin("pg_constraint", "k")}
WHERE c.relkind IN ('r', 'p') AND k.conparentid = 0 AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND ${userRelation(home)}`;

/** Indexes that no constraint owns; those that a partition has from its parent are the parent's. */
export const indexes: CatalogQuery = (home) => `
SELECT ${identity("index", ["n.nspname", "i.relname"], "CASE c.relkind WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)", { catalog: "pg_class", oid: "i.oid" })},
  ${attributes({
    unique: "nullif(x.indisunique, false)",
    // What follows the name, so that an index that only got another name is known again.
    definition:
      "substr(pg_get_indexdef(x.indexrelid), length('CREATE INDEX ' || quote_ident(i.relname)) + CASE WHEN x.indisunique THEN 9 ELSE 2 END)",
    invalid: "nullif(NOT x.indisvalid, false)",
    statistics:
      "(SELECT jsonb_agg(a.attnum || ' ' || a.attstattarget ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0)",
    tablespace: "(SELECT ts.spcname FROM pg_tablespace ts WHERE ts.oid = i.reltablespace)",
    comment: "comment.description",
  })}
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "i")}
WHERE c.relkind IN ('r', 'p', 'm') AND NOT i.relispartition AND ${userRelation(home)}
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))`;
