import { afterAll, beforeAll, expect, test } from "vitest";
import { draftPlan } from "../../src/app/draft-plan.ts";
import { RenameAnswers } from "../../src/app/rename-answers.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { catalogText } from "../../src/catalog/compare.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { downSectionText, sectionText } from "../../src/plan/section-text.ts";
import { type CaseDatabase, load, serverDatabase } from "../corpus/case-database.ts";
import { runPlan } from "../corpus/run-plan.ts";
import { sharedServer } from "../support/postgres.ts";

let first: CaseDatabase;
let second: CaseDatabase;

beforeAll(async () => {
  first = await serverDatabase(sharedServer().url());
  second = await serverDatabase(sharedServer().url());
});

afterAll(async () => {
  await first?.close();
  await second?.close();
});

interface Told {
  readonly renames?: readonly string[];
  readonly drops?: readonly string[];
}

async function read(database: CaseDatabase, sql: string): Promise<Catalog> {
  await database.empty();
  await load(database, sql);
  return await database.engine.introspect(database.session);
}

async function after({ engine, session }: CaseDatabase, statements: readonly string[]): Promise<Catalog> {
  try {
    await session.script([engine.sql.begin, ...statements]);
    return await engine.introspect(session);
  } finally {
    await session.rollback();
  }
}

/** The plan between what two scripts make, and the way back; `first` holds what the one made. */
async function planned(from: string, to: string, told: Told = {}): Promise<{ readonly up: Plan; readonly down: Plan }> {
  const { up, back } = await draftPlan({
    engine: first.engine,
    current: await read(first, from),
    desired: await read(second, to),
    renames: new RenameAnswers(told),
    after: {
      current: (statements) => after(first, statements),
      desired: (statements) => after(second, statements),
    },
  });
  if ("impossible" in back) throw new Error(back.impossible);
  return { up, down: back.plan };
}

const sqlOf = ({ statements }: Plan): readonly string[] => statements.map(({ sql }) => sql);

/** Runs a plan there and back on `first`, and compares with what was declared. */
async function runBothWays({ up, down }: { readonly up: Plan; readonly down: Plan }): Promise<void> {
  const text = async (database: CaseDatabase): Promise<string> =>
    catalogText(await database.engine.introspect(database.session));
  const before = await text(first);
  await runPlan(first, up);
  expect(await text(first)).toBe(await text(second));
  await runPlan(first, down);
  expect(await text(first)).toBe(before);
}

test("names that are exchanged go by a name in between, there and back", async () => {
  const plan = await planned(
    "CREATE TABLE a (x integer, y integer); CREATE TABLE b (z text)",
    "CREATE TABLE b (y integer, x integer); CREATE TABLE a (z text)",
    { renames: ["a:b", "b:a", "a.x:b.y", "a.y:b.x"] },
  );
  expect(sqlOf(plan.up)).toEqual([
    "ALTER TABLE public.a RENAME TO keelson_rename_1",
    "ALTER TABLE public.b RENAME TO a",
    "ALTER TABLE public.keelson_rename_1 RENAME TO b",
    "ALTER TABLE public.b RENAME COLUMN x TO keelson_rename_2",
    "ALTER TABLE public.b RENAME COLUMN y TO x",
    "ALTER TABLE public.b RENAME COLUMN keelson_rename_2 TO y",
  ]);
  await runBothWays(plan);
});

test("what has another name keeps everything that is built on it in place", async () => {
  const schema = (table: string, column: string, view: string): string => `
CREATE TABLE ${table} (id serial PRIMARY KEY, ${column} text UNIQUE);
CREATE MATERIALIZED VIEW ${view} AS SELECT ${column} AS m FROM ${table};
CREATE FUNCTION ${view}_count() RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count(*) FROM ${view});
CREATE VIEW shown AS SELECT ${view}_count() AS n;`;
  const plan = await planned(schema("users", "mail", "mails"), schema("people", "email", "emails"), {
    renames: ["users:people", "users.mail:people.email"],
  });
  expect(sqlOf(plan.up)).toEqual([
    "ALTER TABLE public.users RENAME TO people",
    "ALTER TABLE public.people RENAME COLUMN mail TO email",
    "ALTER MATERIALIZED VIEW public.mails RENAME TO emails",
    "ALTER SEQUENCE public.users_id_seq RENAME TO people_id_seq",
    "ALTER FUNCTION public.mails_count() RENAME TO emails_count",
    "ALTER TABLE public.people RENAME CONSTRAINT users_mail_key TO people_email_key",
    "ALTER TABLE public.people RENAME CONSTRAINT users_pkey TO people_pkey",
  ]);
  expect(sectionText(plan.up)).toMatch(
    /^-- Renamed: public\.users:public\.people\nALTER TABLE public\.users RENAME TO people;\n\n-- Renamed: public\.users\.mail:public\.people\.email\n/,
  );
  await runBothWays(plan);
});

test("every kind that holds data is asked about, with the words that answer it", async () => {
  const from = `CREATE SCHEMA app; CREATE TABLE app.t (x integer); CREATE TABLE users (id integer, "E-Mail" text, name text);
CREATE TYPE mood AS ENUM ('very sad', 'ok'); CREATE TYPE place AS (zip integer, town text); CREATE SEQUENCE ids;
CREATE TABLE gone (a integer, b text, c date, d date, e text)`;
  const to = `CREATE SCHEMA core; CREATE TABLE core.t (x integer); CREATE TABLE users (id integer, email text, name text);
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE place AS (postcode integer, town text); CREATE SEQUENCE numbers;
CREATE TABLE come (a integer, b text, c date, d date, f text)`;
  const refused = await planned(from, to).catch((error: unknown) => error);
  const answers = [
    ["--rename schema:app:core", "--drop schema:app"],
    ["--rename public.gone:public.come", "--drop public.gone"],
    [`--rename 'public.users."E-Mail":public.users.email'`, `--drop 'public.users."E-Mail"'`],
    [`--rename 'enum-value:public.mood."very sad":public.mood.sad'`, `--drop 'enum-value:public.mood."very sad"'`],
    ["--rename attribute:public.place.zip:public.place.postcode", "--drop attribute:public.place.zip"],
    ["--rename sequence:public.ids:public.numbers", "--drop sequence:public.ids"],
  ];
  expect(refused).toMatchObject({
    code: "plan.ambiguous",
    details: { questions: answers.map((list) => ({ answers: list })) },
  });
  const told = (which: 0 | 1): Told => {
    const words = answers.map((list) => (list[which] ?? "").replaceAll("'", "").split(" ").slice(1).join(" "));
    return which === 0 ? { renames: [...words, "public.gone.e:public.come.f"] } : { drops: words };
  };
  const renamed = await planned(from, to, told(0));
  expect(renamed.up.statements.flatMap(({ losses }) => losses)).toEqual([]);
  await runBothWays(renamed);
  const dropped = await planned(from, to, told(1));
  expect(dropped.up.statements.flatMap(({ losses }) => losses).join()).toMatch(
    /(?=.*public\.ids)(?=.*app\.t)(?=.*public\.gone)(?=.*E-Mail)/,
  );
  expect(sqlOf(dropped.up).join("\n")).not.toMatch(/ RENAME (COLUMN|ATTRIBUTE|VALUE)/);
});

test("a plan does not depend on the order in which the same things were made", async () => {
  const made = (old: boolean): readonly string[] => [
    "CREATE SCHEMA app",
    `CREATE TYPE app.mood AS ENUM ('a', 'b'${old ? "" : ", 'c'"})`,
    "CREATE TABLE app.one (id integer PRIMARY KEY, m app.mood)",
    `CREATE TABLE "Two" (id integer PRIMARY KEY${old ? ", gone text" : ', "Ä" text, z text, a text'})`,
    `CREATE INDEX "b" ON app.one (m)`,
    `CREATE INDEX "B" ON "Two" (id)`,
    `CREATE INDEX old_${old ? 1 : 2} ON app.one (id, m)`,
    `CREATE INDEX other_${old ? 1 : 2} ON app.one (id, m)`,
    `CREATE VIEW ${old ? "v" : "w"} AS SELECT id FROM app.one`,
    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    `CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT ${old ? 1 : 2}'`,
    'ALTER TABLE "Two" ADD CHECK (id > 0)',
    `ALTER TABLE app.one ADD FOREIGN KEY (id) REFERENCES "Two"`,
    `COMMENT ON TABLE app.one IS '${old ? "old" : "new"}'`,
  ];
  const otherOrder = [9, 10, 0, 3, 1, 2, 7, 6, 12, 13, 8, 11, 5, 4];
  const inOrder = (old: boolean, order: readonly number[]): string =>
    order.map((index) => made(old)[index]).join(";\n");
  const straight = [...otherOrder].sort((a, b) => a - b);
  const text = async (order: readonly number[]): Promise<string> => {
    const { up, down } = await planned(inOrder(true, order), inOrder(false, order), { drops: ['"Two".gone'] });
    return `${sectionText(up)}\n--\n${downSectionText(up, { plan: down })}`;
  };
  const [one, other] = [await text(straight), await text(otherOrder)];
  expect(one).toMatch(/RENAME/);
  expect(other).toBe(one);
});
