import { afterEach, expect, test } from "vitest";
import { buildHistory } from "../../src/history/graph.ts";
import { type ReplayRequest, replay, replayedRevisions } from "../../src/scratch/replay.ts";
import type { ScratchDatabase, ScratchServer } from "../../src/scratch/scratch-database.ts";
import { type RevisionDraft, revisions, sharedScratch, sqliteScratch } from "./scratch-servers.ts";

const open: ScratchDatabase[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.drop();
});

async function fresh(server: ScratchServer | Promise<ScratchServer>): Promise<ScratchDatabase> {
  const database = await (await server).create();
  open.push(database);
  return database;
}

function requestFor(...drafts: readonly RevisionDraft[]): ReplayRequest {
  const made = revisions(...drafts);
  return { history: buildHistory(made.revisions), bodies: made.bodies };
}

async function objects(database: ScratchDatabase): Promise<readonly string[]> {
  return (await database.engine.introspect(database.session)).objects.map((object) => object.id);
}

test("each revision runs after what it needs, in the transactions it asks for, and leaves no settings", async () => {
  const database = await fresh(sharedScratch());
  await replay(
    database,
    requestFor(
      { id: "a1", up: "SET search_path = pg_catalog; CREATE TABLE public.a (id int PRIMARY KEY, n int);" },
      {
        id: "b2",
        up: "CREATE TABLE b (id int REFERENCES a); CREATE INDEX CONCURRENTLY a_n ON a (n); INSERT INTO a VALUES (1)",
      },
      {
        id: "c3",
        up: "CREATE TYPE mood AS ENUM ('sad'); ALTER TYPE mood ADD VALUE 'glad'; CREATE VIEW v AS SELECT 'glad'::mood AS m",
        transaction: "none",
      },
    ),
  );
  expect(await objects(database)).toEqual(
    expect.arrayContaining(["table:public.a", "table:public.b", "index:public.a_n", "view:public.v"]),
  );
  expect((await database.session.query("SELECT * FROM a")).rowCount).toBe(1);
});

test("a replay ends where it is told to", async () => {
  const request = requestFor(
    { id: "a1", up: "CREATE TABLE a ()" },
    { id: "b2", up: "CREATE TABLE b ()", parents: ["a1"] },
    { id: "c3", up: "CREATE TABLE c ()", parents: ["a1"] },
    { id: "d4", up: "CREATE TABLE d ()", parents: ["b2", "c3"] },
  );
  const upTo = (...names: readonly string[]) => ({
    ...request,
    upTo: names.flatMap((id) => request.history.get(id) ?? []),
  });
  const named = (one: ReplayRequest) => replayedRevisions(one).map((revision) => revision.id);
  expect(named(request)).toEqual(["a1", "b2", "c3", "d4"]);
  expect(named(upTo("c3"))).toEqual(["a1", "c3"]);
  expect(named(upTo())).toEqual([]);
  const database = await fresh(sharedScratch());
  await replay(database, upTo("c3"));
  const made = await objects(database);
  expect(made).toContain("table:public.c");
  expect(made).not.toContain("table:public.b");
});

test("a statement that fails is named by file and line, and its revision is rolled back", async () => {
  const database = await fresh(sharedScratch());
  const request = requestFor(
    { id: "a1", up: "CREATE TABLE a (id int);" },
    { id: "b2", up: "CREATE TABLE b (id int);\n\nALTER TABLE a\n  ADD COLUMN n nonsense;" },
  );
  await expect(replay(database, request)).rejects.toMatchObject({
    code: "revision.failed",
    message: expect.stringMatching(/^b2\.sql:6: type "nonsense" does not exist, in: ALTER TABLE a ADD COLUMN/),
    details: { file: "b2.sql", line: 6, revision: "b2", sqlstate: "42704" },
  });
  expect(await objects(database)).not.toContain("table:public.b");
});

test("text that does not parse, and one that would end the transaction, is refused", async () => {
  const database = await fresh(sharedScratch());
  await expect(replay(database, requestFor({ id: "a1", up: "SELECT 1;\nCREAT TABLE a ();" }))).rejects.toMatchObject({
    code: "revision.syntax",
    message: expect.stringMatching(/^a1\.sql:4: /),
  });
  await expect(replay(database, requestFor({ id: "a1", up: "SELECT 1;\nCOMMIT;" }))).rejects.toMatchObject({
    code: "revision.transaction-control",
    message: expect.stringMatching(/^a1\.sql:4: /),
  });
});

test("code is run by the function that is handed in", async () => {
  const database = await fresh(sharedScratch());
  const { history, bodies } = requestFor({ id: "a1", up: "" });
  const [revision] = history.revisions;
  if (revision === undefined) throw new Error("there is one revision");
  const code = buildHistory([{ ...revision, format: "ts" }]);
  await replay(database, {
    history: code,
    bodies,
    runCode: async (one, on) => void (await on.session.query(`CREATE TABLE made_by_${one.id} ()`)),
  });
  expect(await objects(database)).toContain("table:public.made_by_a1");
});

test("SQLite: settings come before the transaction, and foreign keys hold at its end", async () => {
  const database = await fresh(sqliteScratch());
  await replay(
    database,
    requestFor(
      {
        id: "a1",
        up: "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a);",
      },
      { id: "b2", up: "PRAGMA foreign_keys=OFF; INSERT INTO b VALUES (1, 7); INSERT INTO a VALUES (7);" },
    ),
  );
  expect((await database.session.query("SELECT * FROM b")).rowCount).toBe(1);
  const broken = await fresh(sqliteScratch());
  await expect(
    replay(
      broken,
      requestFor({
        id: "a1",
        up: "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES a); INSERT INTO a VALUES (1, 9);",
      }),
    ),
  ).rejects.toMatchObject({ code: "revision.foreign-keys", details: { file: "a1.sql" } });
  expect((await broken.engine.introspect(broken.session)).objects).toEqual([]);
});
