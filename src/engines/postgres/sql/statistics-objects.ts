import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userRelation } from "./catalog-query.ts";

const tableOrView = `CASE c.relkind WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;

/** Extended statistics, each a part of its table, though it may be in another schema. */
export const statisticsObjects: CatalogQuery = (home) => `
SELECT ${identity("statistics", ["sn.nspname", "s.stxname"], tableOrView, { catalog: "pg_statistic_ext", oid: "s.oid" })},
  ${attributes({
    // Those on a single expression are of no kind that one could name.
    kinds:
      "(SELECT CASE WHEN count(*) BETWEEN 1 AND 2 THEN jsonb_agg(CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END ORDER BY k) END FROM unnest(s.stxkind) AS k WHERE k IN ('d', 'f', 'm'))",
    columns:
      "(SELECT jsonb_agg(quote_ident(a.attname) ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys))",
    expressions: "to_jsonb(pg_get_statisticsobjdef_expressions(s.oid))",
    target: "nullif(s.stxstattarget, -1)",
    comment: "comment.description",
  })}
FROM pg_statistic_ext s JOIN pg_namespace sn ON sn.oid = s.stxnamespace
  JOIN pg_class c ON c.oid = s.stxrelid JOIN pg_namespace n ON n.oid = c.relnamespace ${commentJoin("pg_statistic_ext", "s")}
WHERE ${userRelation(home)} AND ${standsAlone("pg_statistic_ext", "s")}`;
