import { afterEach, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../src/catalog/compare.ts";
import { elaborate, elaborateAndForget } from "../../src/scratch/elaborate.ts";
import type { ScratchDatabase, ScratchServer } from "../../src/scratch/scratch-database.ts";
import type { DeclaredStatement } from "../../src/sources/declared-schema.ts";
import { declared, sharedScratch, sqliteScratch, statement } from "./scratch-servers.ts";

const open: ScratchDatabase[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.drop();
});

async function fresh(server: ScratchServer | Promise<ScratchServer>): Promise<ScratchDatabase> {
  const database = await (await server).create();
  open.push(database);
  return database;
}

const ids = (catalog: Catalog): readonly string[] => catalog.objects.map((object) => object.id);

const shop = [
  "CREATE SCHEMA shop",
  "CREATE TYPE shop.state AS ENUM ('new', 'paid')",
  "CREATE TABLE shop.customers (id int PRIMARY KEY, email text NOT NULL)",
  "CREATE TABLE shop.orders (id int PRIMARY KEY, customer int REFERENCES shop.customers, state shop.state)",
  "CREATE VIEW shop.paid AS SELECT o.id, c.email FROM shop.orders o JOIN shop.customers c ON c.id = o.customer WHERE o.state = 'paid'",
  "CREATE FUNCTION shop.count_paid() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.paid'",
  "CREATE INDEX orders_state ON shop.orders (state)",
];

test("statements in any order make the same schema", async () => {
  const server = await sharedScratch();
  const inOrder = await elaborate(await fresh(server), declared(...shop).statements);
  const reversed = await elaborate(await fresh(server), declared(...shop.toReversed()).statements);
  expect(inOrder.objects.length).toBeGreaterThan(10);
  expect(compareCatalogs(inOrder, reversed)).toEqual([]);
});

test("a database that forgets is empty again and gave the same catalog", async () => {
  const database = await fresh(sharedScratch());
  const forgotten = await elaborateAndForget(database, declared(...shop.toReversed()).statements);
  const empty = await database.engine.introspect(database.session);
  expect(ids(empty)).not.toContain("schema:shop");
  const kept = await elaborate(database, declared(...shop).statements);
  expect(forgotten === null ? null : compareCatalogs(forgotten, kept)).toEqual([]);
});

test("what can't run in a transaction, or needs a commit before it, runs after it", async () => {
  const database = await fresh(sharedScratch());
  const { statements } = declared(
    "CREATE TYPE mood AS ENUM ('sad')",
    "ALTER TYPE mood ADD VALUE 'glad'",
    "CREATE INDEX CONCURRENTLY people_name ON people (name)",
    "CREATE TABLE people (id int PRIMARY KEY, name text, mood mood)",
    "CREATE VIEW glad AS SELECT id FROM people WHERE mood = 'glad'",
  );
  expect(await elaborateAndForget(database, statements)).toBeNull();
  expect(ids(await elaborate(database, statements))).toEqual(
    expect.arrayContaining(["index:public.people_name", "view:public.glad", "enum:public.mood"]),
  );
});

test("a failure names the file, the line, the model and the server's words", async () => {
  const sql = "CREATE TABLE pets (\n  id int PRIMARY KEY,\n  kind nonsense\n)";
  const failing = async (broken: DeclaredStatement) =>
    elaborate(await fresh(sharedScratch()), [...declared(...shop).statements, broken]);
  await expect(failing(statement(sql, 7))).rejects.toMatchObject({
    code: "source.failed",
    message: expect.stringMatching(/^schema\.sql:9: type "nonsense" does not exist, in: CREATE TABLE pets/),
    details: { file: "schema.sql", line: 9, subject: null, sqlstate: "42704" },
  });
  await expect(failing(statement(sql, 7, "table pets"))).rejects.toMatchObject({
    message: expect.stringMatching(/^schema\.sql:7 \(table pets\): type "nonsense"/),
    details: { line: 7, subject: "table pets" },
  });
  await expect(failing(statement(sql, null, "table pets"))).rejects.toMatchObject({
    message: expect.stringMatching(/^schema\.sql \(table pets\): /),
  });
});

test("a syntax error fails at once, and one that others wait for is counted", async () => {
  const database = await fresh(sharedScratch());
  const { statements } = declared("CREATE TABLE a (id int", "CREATE TABLE b (id int)");
  await expect(elaborate(database, statements)).rejects.toMatchObject({
    code: "source.failed",
    details: { sqlstate: "42601", line: 1 },
  });
  const { statements: waiting } = declared(
    "CREATE VIEW one AS SELECT * FROM missing",
    "CREATE VIEW two AS SELECT * FROM one",
    "CREATE TABLE fine (id int)",
  );
  await expect(elaborate(await fresh(sharedScratch()), waiting)).rejects.toMatchObject({
    message: expect.stringMatching(/^schema\.sql:1: relation "missing" does not exist[\s\S]*1 more of the declared/),
  });
});

test("a missing extension is named, with a way out", async () => {
  const database = await fresh(sharedScratch());
  await expect(elaborate(database, declared("CREATE EXTENSION never_heard_of_it").statements)).rejects.toMatchObject({
    code: "scratch.extension",
    message: expect.stringContaining('PostgreSQL 15 (shared), does not have the extension "never_heard_of_it"'),
    hint: expect.stringContaining("scratch:"),
  });
});

test("no role is made on a server that others use", async () => {
  const database = await fresh(sharedScratch());
  const { statements } = declared(
    "CREATE TABLE notes (id int)",
    "CREATE POLICY own ON notes TO keelson_no_such_role USING (true)",
  );
  await expect(elaborate(database, statements)).rejects.toMatchObject({
    code: "source.failed",
    message: expect.stringContaining('role "keelson_no_such_role" does not exist'),
    hint: expect.stringContaining("CREATE ROLE"),
  });
});

test("session settings of the sources end with them", async () => {
  const database = await fresh(sharedScratch());
  const statements: readonly DeclaredStatement[] = declared(
    "SET search_path = app",
    "CREATE SCHEMA app",
    "CREATE TABLE things (id int)",
  ).statements;
  expect(ids(await elaborate(database, statements))).toContain("table:app.things");
  const { rows } = await database.session.query("SHOW search_path");
  expect(rows).toEqual([{ search_path: '"$user", public' }]);
});

test("SQLite: statements in any order, and failures with their place", async () => {
  const server = sqliteScratch();
  const statements = [
    "CREATE INDEX people_name ON people (name)",
    "CREATE TRIGGER gone AFTER DELETE ON people BEGIN DELETE FROM pets WHERE owner = old.id; END",
    "CREATE TABLE pets (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES people)",
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)",
  ];
  const database = await fresh(server);
  const forgotten = await elaborateAndForget(database, declared(...statements).statements);
  const kept = await elaborate(database, declared(...statements.toReversed()).statements);
  expect(kept.objects.length).toBeGreaterThan(5);
  expect(forgotten === null ? null : compareCatalogs(forgotten, kept)).toEqual([]);
  await expect(
    elaborate(await fresh(server), declared("CREATE INDEX i ON nowhere (x)").statements),
  ).rejects.toMatchObject({ code: "source.failed", message: expect.stringContaining("schema.sql:1: no such table") });
});
