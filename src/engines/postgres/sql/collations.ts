import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userSchema } from "./catalog-query.ts";

/** Collations. Which version of a library one was made with belongs to the server, not to the schema. */
export const collations: CatalogQuery = (home, version) => {
  const locale = version >= 170_000 ? "o.colllocale" : version >= 150_000 ? "o.colliculocale" : "o.collcollate";
  return `
SELECT ${identity("collation", ["n.nspname", "o.collname"], null, { catalog: "pg_collation", oid: "o.oid" })},
  ${attributes({
    provider: "CASE o.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END",
    locale: `CASE WHEN o.collprovider <> 'c' THEN ${locale} END`,
    collate: "CASE WHEN o.collprovider = 'c' THEN o.collcollate END",
    characters: "CASE WHEN o.collprovider = 'c' THEN o.collctype END",
    nondeterministic: "nullif(NOT o.collisdeterministic, false)",
    ...(version >= 160_000 ? { rules: "o.collicurules" } : {}),
    comment: "comment.description",
  })}
FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace ${commentJoin("pg_collation", "o")}
WHERE ${userSchema(home)} AND ${standsAlone("pg_collation", "o")}`;
};
