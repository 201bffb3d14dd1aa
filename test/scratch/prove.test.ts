import { afterEach, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { elaborate } from "../../src/scratch/elaborate.ts";
import { type ProofResult, type ProvableRevision, proveOn, sqlRevision } from "../../src/scratch/prove.ts";
import type { ScratchDatabase, ScratchServer } from "../../src/scratch/scratch-database.ts";
import { body, declared, sharedScratch, sqliteScratch } from "./scratch-servers.ts";

const open: ScratchDatabase[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.drop();
});

async function fresh(server: ScratchServer): Promise<ScratchDatabase> {
  const database = await server.create();
  open.push(database);
  return database;
}

/** Proves a revision that starts at one schema and should end at another. */
async function prove(
  server: ScratchServer,
  schemas: { readonly current: readonly string[]; readonly desired: readonly string[] | null },
  revision: ProvableRevision,
): Promise<ProofResult> {
  const database = await fresh(server);
  const current = await elaborate(database, declared(...schemas.current).statements);
  let desired: Catalog | null = null;
  if (schemas.desired !== null) {
    desired = await elaborate(await fresh(server), declared(...schemas.desired).statements);
  }
  return await proveOn(database, server, { current, desired, revision });
}

const sql = (draft: { readonly up: string; readonly down?: string; readonly verify?: string }) =>
  sqlRevision(body({ id: "r1", ...draft }), { transaction: "auto", id: "r1" });

const people = "CREATE TABLE people (id int PRIMARY KEY, name text)";
const named = "CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL)";

test("a revision that leads there and back converges", async () => {
  for (const server of [await sharedScratch(), sqliteScratch()]) {
    const result = await prove(
      server,
      { current: [people], desired: [people, "CREATE TABLE pets (id int PRIMARY KEY)"] },
      sql({ up: "CREATE TABLE pets (id int PRIMARY KEY)", down: "DROP TABLE pets" }),
    );
    const equal = { outcome: "equal" };
    expect(result).toMatchObject({ converges: true, up: equal, down: equal, again: equal, server: server.label });
    expect(result.version).toBe(server.version);
  }
});

test("one that does not reach the desired schema says what is left to do", async () => {
  const result = await prove(
    await sharedScratch(),
    { current: [people], desired: [named, "CREATE INDEX people_name ON people (name)"] },
    sql({
      up: "ALTER TABLE people ALTER COLUMN name SET NOT NULL",
      down: "ALTER TABLE people ALTER COLUMN name DROP NOT NULL",
    }),
  );
  expect(result.converges).toBe(false);
  expect(result.up).toMatchObject({
    outcome: "different",
    differences: [{ id: "index:public.people_name", what: "added" }],
  });
  expect(result.down).toEqual({ outcome: "equal" });
});

test("a down that does not restore says what is left to do", async () => {
  const result = await prove(
    await sharedScratch(),
    { current: [people], desired: [named] },
    sql({ up: "ALTER TABLE people ALTER COLUMN name SET NOT NULL", down: "COMMENT ON TABLE people IS NULL" }),
  );
  expect(result).toMatchObject({ converges: false, up: { outcome: "equal" }, again: { outcome: "none" } });
  expect(result.down).toMatchObject({
    outcome: "different",
    differences: [{ id: "column:public.people.name", what: "changed" }],
  });
});

test("what catalogs only name must be as it was as well, and is named where it is not", async () => {
  const server = await sharedScratch();
  const latin = "CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8";
  const left = await prove(server, { current: [people], desired: null }, sql({ up: latin, down: "SELECT 1" }));
  expect(left).toMatchObject({ converges: false, up: { outcome: "equal" }, again: { outcome: "none" } });
  expect(left.down).toEqual({
    outcome: "different",
    differences: [],
    unmanaged: [{ name: "conversion public.latin", what: "removed" }],
  });
  const lost = await prove(
    server,
    { current: [people, latin], desired: null },
    sql({ up: "DROP CONVERSION latin", down: "SELECT 1" }),
  );
  expect(lost.down).toMatchObject({ outcome: "different", unmanaged: [{ what: "added" }] });
  const good = await prove(
    server,
    { current: [people], desired: [people] },
    sql({ up: latin, down: "DROP CONVERSION latin" }),
  );
  expect(good).toMatchObject({ converges: true, again: { outcome: "equal" } });
  const once = await prove(
    server,
    { current: [people], desired: [people] },
    sql({
      up: `DO $$ BEGIN IF to_regclass('seen') IS NULL THEN ${latin}; END IF; CREATE TEMP TABLE seen (); END $$`,
      down: "DROP CONVERSION latin",
    }),
  );
  expect(once).toMatchObject({ converges: false, down: { outcome: "equal" } });
});

test("a statement that fails is a result, with its place", async () => {
  const server = await sharedScratch();
  const schemas = { current: [people], desired: [named] };
  const up = await prove(
    server,
    schemas,
    sql({ up: "ALTER TABLE people ALTER COLUMN nam SET NOT NULL", down: "SELECT 1" }),
  );
  expect(up).toMatchObject({ converges: false, up: { outcome: "failed" }, down: { outcome: "none" } });
  expect(up.up.outcome === "failed" && up.up.error.message).toMatch(/^r1\.sql:3: column "nam"/);
  const down = await prove(
    server,
    schemas,
    sql({ up: "ALTER TABLE people ALTER COLUMN name SET NOT NULL", down: "DROP TABLE cats" }),
  );
  expect(down).toMatchObject({ converges: false, up: { outcome: "equal" }, down: { outcome: "failed" } });
  expect(down.down.outcome === "failed" && down.down.error.message).toMatch(/^r1\.sql:23: table "cats"/);
});

test("a way back that can't be gone twice does not converge", async () => {
  const result = await prove(
    await sharedScratch(),
    { current: [people], desired: [people] },
    sql({ up: "INSERT INTO people VALUES (1, 'a')", down: "SELECT 1" }),
  );
  expect(result).toMatchObject({ converges: false, up: { outcome: "equal" }, down: { outcome: "equal" } });
  expect(result.again).toMatchObject({ outcome: "failed" });
});

test("without a way back only up is proved, and its verify queries count", async () => {
  const server = await sharedScratch();
  const schemas = { current: [people], desired: null };
  const good = await prove(
    server,
    schemas,
    sql({ up: "INSERT INTO people VALUES (1, 'a')", verify: "SELECT 1 WHERE false" }),
  );
  expect(good).toMatchObject({ converges: true, down: { outcome: "none" }, again: { outcome: "none" } });
  const bad = await prove(
    server,
    schemas,
    sql({ up: "INSERT INTO people VALUES (1, NULL)", verify: "SELECT * FROM people WHERE name IS NULL" }),
  );
  expect(bad).toMatchObject({ converges: false, up: { outcome: "failed", error: { code: "revision.verify-failed" } } });
});

test("a fixture's rows are there for what follows, and its failure is one of the way up", async () => {
  const server = await sharedScratch();
  const schemas = { current: [people], desired: [named] };
  const revision = sql({
    up: "ALTER TABLE people ALTER COLUMN name SET NOT NULL",
    down: "ALTER TABLE people ALTER COLUMN name DROP NOT NULL",
  });
  const rows = await prove(server, schemas, {
    ...revision,
    fixture: async ({ session }) => void (await session.query("INSERT INTO people VALUES (1, NULL)")),
  });
  expect(rows.up).toMatchObject({ outcome: "failed", error: { code: "revision.failed" } });
  const failing = await prove(server, schemas, {
    ...revision,
    fixture: async ({ session }) => void (await session.query("INSERT INTO nobody VALUES (1)")),
  });
  expect(failing.up).toMatchObject({ outcome: "failed", error: { code: "statement.failed" } });
});
