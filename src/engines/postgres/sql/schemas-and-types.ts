import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userSchema } from "./catalog-query.ts";

/** Schemas. */
export const schemas: CatalogQuery = (home) => `
SELECT ${identity("schema", ["n.nspname"], null, { catalog: "pg_namespace", oid: "n.oid" })}, ${attributes({ comment: "comment.description" })}
FROM pg_namespace n ${commentJoin("pg_namespace", "n")}
WHERE ${userSchema(home)} AND ${standsAlone("pg_namespace", "n")}`;

/** Extensions. */
export const extensions: CatalogQuery = () => `
SELECT ${identity("extension", ["x.extname"], null, { catalog: "pg_extension", oid: "x.oid" })},
  ${attributes({
    schema: "quote_ident(n.nspname)",
    version: "x.extversion",
    usualVersion: "nullif(x.extversion = usual.default_version, false)",
    fixedSchema: "nullif(NOT x.extrelocatable, false)",
    usualComment: "usual.comment",
    comment: "CASE WHEN comment.description IS DISTINCT FROM usual.comment THEN coalesce(comment.description, '') END",
  })}
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
  LEFT JOIN pg_available_extensions usual ON usual.name = x.extname ${commentJoin("pg_extension", "x")}`;

/** Enums, their labels in order. */
export const enums: CatalogQuery = (home) => `
SELECT ${identity("enum", ["n.nspname", "t.typname"], null, { catalog: "pg_type", oid: "t.oid" })},
  ${attributes({
    labels: "(SELECT jsonb_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid)",
    comment: "comment.description",
  })}
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace ${commentJoin("pg_type", "t")}
WHERE t.typtype = 'e' AND ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`;

/** Domains with their checks; NOT NULL, which has a constraint from PostgreSQL 17 on, is an attribute. */
export const domains: CatalogQuery = (home, version) => `
SELECT ${identity("domain", ["n.nspname", "t.typname"], null, { catalog: "pg_type", oid: "t.oid" })},
  ${attributes({
    type: "format_type(t.typbasetype, t.typtypmod)",
    notNull: "nullif(t.typnotnull, false)",
    default: "coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault)",
    collation:
      "(SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type b ON b.oid = t.typbasetype WHERE co.oid = t.typcollation AND t.typcollation <> b.typcollation)",
    checks:
      "(SELECT jsonb_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')",
    checkComments:
      "(SELECT jsonb_agg(quote_ident(k.conname) || ' ' || o.description ORDER BY k.conname) FROM pg_constraint k JOIN pg_description o ON o.classoid = 'pg_catalog.pg_constraint'::regclass AND o.objoid = k.oid WHERE k.contypid = t.oid)",
    ...(version >= 170_000 ? { notNullConstraint: unusualNotNull } : {}),
    comment: "comment.description",
  })}
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace ${commentJoin("pg_type", "t")}
WHERE t.typtype = 'd' AND ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`;

/** From 17 on NOT NULL of a domain is a constraint; only a name that is not the server's own is of interest. */
const unusualNotNull =
  "(SELECT quote_ident(k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'n' AND k.conname !~ '_not_null[0-9]*$')";

/** Composite types that are not a table's row. */
export const compositeTypes: CatalogQuery = (home) => `
SELECT ${identity("type", ["n.nspname", "t.typname"], null, { catalog: "pg_type", oid: "t.oid" })},
  ${attributes({
    attributes:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' COLLATE ' || (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type b ON b.oid = a.atttypid WHERE co.oid = a.attcollation AND a.attcollation <> b.typcollation), '') ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)",
    attributeComments:
      "(SELECT jsonb_agg(quote_ident(a.attname) || ' ' || o.description ORDER BY a.attnum) FROM pg_attribute a JOIN pg_description o ON o.classoid = 'pg_catalog.pg_class'::regclass AND o.objoid = c.oid AND o.objsubid = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)",
    comment: "comment.description",
  })}
FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
  JOIN pg_namespace n ON n.oid = t.typnamespace ${commentJoin("pg_type", "t")}
WHERE t.typtype = 'c' AND ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`;
