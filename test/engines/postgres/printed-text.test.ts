import { expect, test } from "vitest";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { load, serverDatabase } from "../../corpus/case-database.ts";
import { runPlan } from "../../corpus/run-plan.ts";
import { sharedServer } from "../../support/postgres.ts";

/** A list compared with a `varchar` in every place that holds an expression, and conditions in conditions. */
const schema = `
CREATE DOMAIN word AS varchar(20) CHECK (VALUE IN ('usér', 'it''s', 'a,b]'));
CREATE TABLE a (
  id int PRIMARY KEY,
  role varchar(20) DEFAULT (ARRAY['x'::varchar, 'y'])[1] CHECK (role IN ('user', 'assistant', NULL)),
  other varchar(9) CHECK (other NOT IN ('a', 'b', lower('C')::varchar)),
  short char(3) CHECK (short IN ('a', 'b')),
  flag boolean GENERATED ALWAYS AS (role IN ('user', 'admin')) STORED,
  word word,
  n int CHECK (n BETWEEN 1 AND 9 AND id BETWEEN 1 AND 9 AND (n > 3 OR id > 3 OR n IN (id, 4)) AND id <> 5),
  m int CHECK (m NOT BETWEEN 1 AND 9 OR id NOT BETWEEN 2 AND 8 OR (id, n) = (m, 5) OR role IN ('user', 'x') AND m > 5)
);
CREATE VIEW w AS
  SELECT count(*) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a
  WHERE id BETWEEN 1 AND 5 AND n BETWEEN 2 AND 6 AND EXISTS (SELECT 1 FROM a b WHERE b.id BETWEEN 1 AND 2 AND b.n = 1 AND b.m = 2);
CREATE INDEX a_some ON a (id) WHERE role IN ('user', 'x') AND other IN ('p', 'q');
CREATE INDEX a_expression ON a ((role IN ('user', 'x')));
CREATE VIEW v AS SELECT id FROM a WHERE role IN ('x', other) AND role = ANY (ARRAY['k'::varchar, 'l']::text[]);
CREATE MATERIALIZED VIEW mv AS SELECT id FROM a WHERE role IN ('x', 'y');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW WHEN (NEW.role IN ('user', 'y')) EXECUTE FUNCTION f();
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON a USING (role IN ('a', 'b')) WITH CHECK (role NOT IN ('c', 'd'));
COMMENT ON TABLE a IS 'not touched: (ARRAY[''a''])::text[]';
`;

const printed = `
SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
UNION ALL SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
UNION ALL SELECT pg_get_expr(polwithcheck, polrelid) FROM pg_policy`;

test("what the server prints otherwise the second time reads the same in the database that declared it and in one made from its print", async () => {
  const declared = await serverDatabase(sharedServer().url());
  const made = await serverDatabase(sharedServer().url());
  try {
    await load(declared, schema);
    const wanted = await declared.engine.introspect(declared.session);
    const empty = await made.engine.introspect(made.session);
    await runPlan(made, await made.engine.planChanges(empty, wanted));
    expect(compareCatalogs(await made.engine.introspect(made.session), wanted)).toEqual([]);
    // What is read is what the server itself prints the second time, not something that is merely equal on both sides.
    const texts = wanted.objects.flatMap(({ attributes }) => Object.values(attributes)).map(String);
    const { rows } = await made.session.query(printed);
    const unsettled = rows.map(({ text }) => String(text)).filter((text) => text.includes("])::"));
    expect(unsettled).toEqual([]);
    const conditions = rows
      .map(({ text }) => String(text))
      .filter((text) => text.startsWith("CHECK (((n") || /m (<|>)/.test(text));
    expect(conditions.length).toBeGreaterThan(1);
    expect(conditions.filter((text) => !texts.includes(text))).toEqual([]);
    const lists = rows.map(({ text }) => String(text)).filter((text) => text.includes("ANY (ARRAY["));
    expect(lists.length).toBeGreaterThan(8);
    const ends = lists.map((list) => list.slice(list.indexOf("ANY (ARRAY[")).split(/\n| EXECUTE/)[0] ?? "");
    expect(ends.filter((end) => !texts.some((text) => text.includes(end)))).toEqual([]);
    expect(texts).toContain("not touched: (ARRAY['a'])::text[]");
  } finally {
    await declared.close();
    await made.close();
  }
});
