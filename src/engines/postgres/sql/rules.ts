import { attributes, type CatalogQuery, commentJoin, identity, userRelation } from "./catalog-query.ts";

const relationId = `CASE c.relkind WHEN 'v' THEN 'view:' WHEN 'm' THEN 'materialized-view:' ELSE 'table:' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;

/** Rewrite rules, without those that make a view what it is. */
export const rules: CatalogQuery = (home) => `
SELECT ${identity("rule", ["n.nspname", "c.relname", "r.rulename"], relationId, { catalog: "pg_rewrite", oid: "r.oid" })},
  ${attributes({
    // What follows the name.
    definition: "rtrim(substr(pg_get_ruledef(r.oid), length('CREATE RULE ' || quote_ident(r.rulename)) + 2), ';')",
    enabled: "CASE r.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END",
    comment: "comment.description",
  })}
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  ${commentJoin("pg_rewrite", "r")}
WHERE r.rulename <> '_RETURN' AND ${userRelation(home)}`;
