import { expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { catalogText } from "../../src/catalog/compare.ts";
import { type CaseDatabase, load, serverDatabase } from "../corpus/case-database.ts";
import { type CorpusCase, readCases } from "../corpus/read-cases.ts";
import { runPlan } from "../corpus/run-plan.ts";
import { sharedServer } from "../support/postgres.ts";

async function withDatabases(
  scripts: readonly string[],
  work: (...databases: readonly CaseDatabase[]) => Promise<void>,
): Promise<void> {
  const databases: CaseDatabase[] = [];
  try {
    for (const script of scripts) {
      const database = await serverDatabase(sharedServer().url());
      databases.push(database);
      await load(database, script);
    }
    await work(...databases);
  } finally {
    for (const database of databases) await database.close();
  }
}

const read = (database: CaseDatabase | undefined): Promise<Catalog> => {
  if (database === undefined) throw new Error("No database was made.");
  return database.engine.introspect(database.session);
};

test("equal schemas need no statement, whatever order and spelling they were declared in", async () => {
  const one =
    "CREATE TABLE a (id int, n varchar(5) DEFAULT 'x'); CREATE VIEW v AS SELECT * FROM a WHERE n IN ('a', 'b')";
  const two =
    "SET search_path = pg_catalog; CREATE TABLE public.a (id integer, n character varying(5) DEFAULT 'x'::varchar); CREATE VIEW public.v AS SELECT public.a.id, a.n FROM public.a WHERE (n) IN ('a', 'b')";
  await withDatabases([one, two], async (a, b) => {
    const [first, second] = [await read(a), await read(b)];
    expect((await a?.engine.planChanges(first, second))?.statements).toEqual([]);
    expect(catalogText(first)).toBe(catalogText(second));
  });
});

test("values survive every change that keeps their column", async () => {
  const from = `CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id integer PRIMARY KEY, n varchar(10), e e DEFAULT 'a', gone text, j text);
CREATE VIEW v AS SELECT id, n FROM t;
INSERT INTO t VALUES (1, 'one', 'a', 'x', '{"a": 1}'), (2, 'two', 'c', 'y', '[2]');`;
  const to = `CREATE TYPE e AS ENUM ('c', 'a');
CREATE TABLE t (id bigint PRIMARY KEY, n text NOT NULL, e e DEFAULT 'c', j jsonb, added integer DEFAULT 7);
CREATE VIEW v AS SELECT id, n FROM t;`;
  await withDatabases([from, to], async (a, b) => {
    if (a === undefined) throw new Error("No database was made.");
    const plan = await a.engine.planChanges(await read(a), await read(b));
    expect(plan.statements.flatMap(({ losses }) => losses)).toEqual([
      "column public.t.j changes its type from text to jsonb, which may cut or round values",
      "the column public.t.gone with all its values",
    ]);
    await runPlan(a, plan);
    const { rows } = await a.session.query("SELECT id, n, e, j::text, added FROM t ORDER BY id");
    expect(rows).toEqual([
      { id: 1, n: "one", e: "a", j: '{"a": 1}', added: 7 },
      { id: 2, n: "two", e: "c", j: "[2]", added: 7 },
    ]);
  });
});

test("rows that use a label that goes stop the plan, and nothing is changed", async () => {
  const from = "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (e e); INSERT INTO t VALUES ('b')";
  await withDatabases([from, "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e)"], async (a, b) => {
    if (a === undefined) throw new Error("No database was made.");
    const before = await read(a);
    const plan = await a.engine.planChanges(before, await read(b));
    await expect(runPlan(a, plan)).rejects.toThrow(/invalid input value for enum/);
    expect(catalogText(await read(a))).toBe(catalogText(before));
  });
});

test("the same two catalogs always give the same text", async () => {
  const [{ from, to }] = (await readCases()).filter(({ name }) => name === "plan/functions-and-triggers") as [
    CorpusCase,
  ];
  await withDatabases([from, to], async (a, b) => {
    if (a === undefined) throw new Error("No database was made.");
    const [first, second] = [await read(a), await read(b)];
    const shuffled = { ...second, objects: second.objects.toReversed() };
    const texts = [second, shuffled].map(async (catalog) =>
      (await a.engine.planChanges(first, catalog)).statements.map(({ sql }) => sql).join(";\n"),
    );
    expect(await texts[0]).toBe(await texts[1]);
  });
});

test("columns that come elsewhere than declared are told once, and those that rows have no value for each time", async () => {
  const old = "CREATE TABLE a (id int, n text); CREATE DOMAIN given AS int DEFAULT 1";
  const last = "CREATE TABLE a (id int, n text, x int NOT NULL); CREATE DOMAIN given AS int DEFAULT 1";
  const between =
    "CREATE DOMAIN given AS int DEFAULT 1; CREATE TABLE a (y given NOT NULL, id int, z serial NOT NULL, n text, i bigint GENERATED ALWAYS AS IDENTITY)";
  const swapped = "CREATE DOMAIN given AS int DEFAULT 1; CREATE TABLE a (n text, id int)";
  await withDatabases([old, last, between, swapped], async (...databases) => {
    const [first, ...others] = await Promise.all(databases.map(read));
    const { engine } = databases[0] ?? {};
    if (first === undefined || engine === undefined) throw new Error("No database was made.");
    const plans = await Promise.all(others.map((catalog) => engine.planChanges(first, catalog)));
    expect(plans.map(({ left }) => left)).toEqual([[], ["order of the columns of public.a: new ones come last"], []]);
    expect(plans.map(({ requirements }) => requirements.map(({ title }) => title))).toEqual([
      [expect.stringMatching(/public\.a.* no value for the new column x/)],
      [],
      [],
    ]);
  });
});
