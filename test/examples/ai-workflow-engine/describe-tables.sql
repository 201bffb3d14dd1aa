-- Every table of the schema public: its columns in order, its primary key, its foreign keys, and what else is unique.
SELECT
  t.relname AS name,
  (SELECT string_agg(a.attname, ' ' ORDER BY a.attnum)
   FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT substring(pg_get_constraintdef(c.oid) FROM '\((.*)\)')
   FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'p') AS key,
  ARRAY(SELECT substring(pg_get_constraintdef(c.oid) FROM '\((.*?)\)') || ' -> ' || c.confrelid::regclass
        FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'f' ORDER BY 1) AS refers,
  ARRAY(SELECT substring(pg_get_indexdef(i.indexrelid) FROM 'btree \((.*?\)?)\)( NULLS| WHERE|$)')
        FROM pg_index i WHERE i.indrelid = t.oid AND i.indisunique AND NOT i.indisprimary ORDER BY 1) AS "unique"
FROM pg_class t
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'
ORDER BY t.relname;
