import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userMade } from "./catalog-query.ts";

const everything = "p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate";

/**
 * Publications with the tables and schemas in them. A table is there with its list of columns and its condition, as
 * `ADD TABLE` takes them.
 */
export const publications: CatalogQuery = (_home, version) => {
  const columns =
    "coalesce((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), '')";
  const condition = "coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')";
  const parts = version >= 150_000 ? ` || ${columns} || ${condition}` : "";
  return `
SELECT ${identity("publication", ["p.pubname"], null, { catalog: "pg_publication", oid: "p.oid" })},
  ${attributes({
    allTables: "nullif(p.puballtables, false)",
    tables: `(SELECT jsonb_agg(quote_ident(n.nspname) || '.' || quote_ident(c.relname)${parts} ORDER BY n.nspname, c.relname)
      FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid)`,
    ...(version >= 150_000
      ? {
          schemas:
            "(SELECT jsonb_agg(quote_ident(n.nspname) ORDER BY n.nspname) FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid)",
        }
      : {}),
    publish: `CASE WHEN NOT (${everything}) THEN concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) END`,
    viaPartitionRoot: "nullif(p.pubviaroot, false)",
    ...(version >= 180_000 ? { generatedColumns: "CASE p.pubgencols WHEN 's' THEN 'stored' END" } : {}),
    comment: "comment.description",
  })}
FROM pg_publication p ${commentJoin("pg_publication", "p")}
WHERE ${userMade("p")} AND ${standsAlone("pg_publication", "p")}`;
};
