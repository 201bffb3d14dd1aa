import { attributes, type CatalogQuery, commentJoin, identity, standsAlone, userMade } from "./catalog-query.ts";

/** Event triggers. */
export const eventTriggers: CatalogQuery = () => `
SELECT ${identity("event-trigger", ["t.evtname"], null, { catalog: "pg_event_trigger", oid: "t.oid" })},
  ${attributes({
    event: "t.evtevent",
    tags: "to_jsonb(t.evttags)",
    function:
      "(SELECT quote_ident(n.nspname) || '.' || quote_ident(p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = t.evtfoid)",
    enabled: "CASE t.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END",
    comment: "comment.description",
  })}
FROM pg_event_trigger t ${commentJoin("pg_event_trigger", "t")}
WHERE ${userMade("t")} AND ${standsAlone("pg_event_trigger", "t")}`;
