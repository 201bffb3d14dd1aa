import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userSchema } from "./catalog-query.ts";

const qualifiedName = (namespace: string, name: string): string =>
  `quote_ident(${namespace}) || '.' || quote_ident(${name})`;

/** A function by its name alone, as the words of CREATE TYPE take it. */
const functionName = (oid: string): string =>
  `(SELECT ${qualifiedName("fn.nspname", "f.proname")} FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = ${oid})`;

/** Range types, each with its multirange type, which is a part of it. */
export const rangeTypes: CatalogQuery = (home) => `
SELECT ${identity("range", ["n.nspname", "t.typname"], null, { catalog: "pg_type", oid: "t.oid" })},
  ${attributes({
    subtype: "format_type(r.rngsubtype, NULL)",
    operatorClass: `(SELECT ${qualifiedName("ocn.nspname", "oc.opcname")} FROM pg_opclass oc JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace WHERE oc.oid = r.rngsubopc AND NOT oc.opcdefault)`,
    collation: `(SELECT ${qualifiedName("cn.nspname", "co.collname")} FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type b ON b.oid = r.rngsubtype WHERE co.oid = r.rngcollation AND r.rngcollation <> b.typcollation)`,
    canonical: functionName("r.rngcanonical"),
    difference: functionName("r.rngsubdiff"),
    multirange:
      "(SELECT quote_ident(mn.nspname) || '.' || quote_ident(m.typname) FROM pg_type m JOIN pg_namespace mn ON mn.oid = m.typnamespace WHERE m.oid = r.rngmultitypid)",
    multirangeComment:
      "(SELECT k.description FROM pg_description k WHERE k.classoid = 'pg_catalog.pg_type'::regclass AND k.objoid = r.rngmultitypid AND k.objsubid = 0)",
    comment: "comment.description",
  })}
FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace ${commentJoin("pg_type", "t")}
WHERE ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`;
