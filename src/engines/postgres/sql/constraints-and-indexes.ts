import {
  attributes,
  type CatalogQuery,
  commentJoin,
  identity,
  sortedOptions,
  tableId,
  tablespaceOf,
  userRelation,
} from "./catalog-query.ts";
import { qualified } from "./tables.ts";
import { indexColumns, madeName } from "./usual-names.ts";

/** The index of a partitioned table that the index of a partition (an alias of pg_class) belongs to. */
const attachedTo = (index: string): string =>
  `CASE WHEN ${index}.relispartition THEN (SELECT ${qualified("pn", "pi")} FROM pg_inherits h JOIN pg_class pi ON pi.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = pi.relnamespace WHERE h.inhrelid = ${index}.oid) END`;

/** Whether the index of a partition has the name that the server gives to it where nobody names it. */
const usualName = (index: string, name: string): string =>
  `nullif(coalesce(${index}.relispartition AND ${index}.relname = ${name}, false), false)`;

/** Constraints of tables; the foreign keys that a partition has from its parent are the parent's. */
export const constraints: CatalogQuery = (home) => `
SELECT ${identity("constraint", ["n.nspname", "c.relname", "k.conname"], tableId, { catalog: "pg_constraint", oid: "k.oid" })},
  ${attributes({
    type: "CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclude' END",
    definition: "pg_get_constraintdef(k.oid)",
    inherited: "nullif(NOT k.conislocal, false)",
    indexOptions: sortedOptions("i.reloptions"),
    indexTablespace: tablespaceOf("i"),
    indexComment:
      "CASE WHEN i.oid IS NOT NULL THEN (SELECT o.description FROM pg_description o WHERE o.classoid = 'pg_catalog.pg_class'::regclass AND o.objoid = i.oid AND o.objsubid = 0) END",
    attachedTo: attachedTo("i"),
    usualName: usualName(
      "i",
      `CASE k.contype WHEN 'p' THEN ${madeName("c.relname::text", null, "'pkey'")} ELSE ${madeName("c.relname::text", indexColumns("i"), "CASE k.contype WHEN 'u' THEN 'key' ELSE 'excl' END")} END`,
    ),
    invalid: "nullif(NOT x.indisvalid, false)",
    comment: "comment.description",
  })}
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x') LEFT JOIN pg_index x ON x.indexrelid = i.oid
  ${commentJoin("pg_constraint", "k")}
WHERE c.relkind IN ('r', 'p', 'f') AND (k.conparentid = 0 OR k.contype IN ('p', 'u', 'x')) AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND ${userRelation(home)}`;

/** Indexes that no constraint owns. */
export const indexes: CatalogQuery = (home) => `
SELECT ${identity("index", ["n.nspname", "i.relname"], "CASE c.relkind WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)", { catalog: "pg_class", oid: "i.oid" })},
  ${attributes({
    unique: "nullif(x.indisunique, false)",
    // What follows the name, so that an index that only got another name is known again.
    definition:
      "substr(pg_get_indexdef(x.indexrelid), length('CREATE INDEX ' || quote_ident(i.relname)) + CASE WHEN x.indisunique THEN 9 ELSE 2 END)",
    invalid: "nullif(NOT x.indisvalid, false)",
    attachedTo: attachedTo("i"),
    usualName: usualName("i", madeName("c.relname::text", indexColumns("i"), "'idx'")),
    statistics:
      // Only the columns of an index that are expressions have a target.
      "CASE WHEN x.indexprs IS NOT NULL THEN (SELECT jsonb_agg(a.attnum || ' ' || a.attstattarget ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0) END",
    tablespace: tablespaceOf("i"),
    comment: "comment.description",
  })}
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_class", "i")}
WHERE c.relkind IN ('r', 'p', 'm') AND ${userRelation(home)}
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))`;
