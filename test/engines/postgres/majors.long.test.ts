import { expect, test } from "vitest";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { pgliteEngine } from "../../../src/engines/postgres/pglite-engine.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { pgliteCache } from "../../support/pglite-cache.ts";
import { forEachMajor } from "../../support/postgres.ts";

const ledger = { schema: "keelson", prefix: "" };

/** One of each kind of object that every supported release has, and of those that a catalog only names. */
const schema: readonly string[] = [
  "CREATE SCHEMA app",
  "CREATE SCHEMA keelson",
  "CREATE TABLE keelson.ledger (id serial PRIMARY KEY)",
  "CREATE TYPE app.mood AS ENUM ('a', 'b')",
  "CREATE DOMAIN app.email AS text NOT NULL DEFAULT 'x' CONSTRAINT has_at CHECK (VALUE LIKE '%@%')",
  "CREATE TYPE app.point AS (x integer, y text)",
  `CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email app.email, mood app.mood DEFAULT 'a',
    born date DEFAULT '2020-02-01', amount numeric(10,2), label text GENERATED ALWAYS AS ('x' || amount::text) STORED,
    sorted text COLLATE "C", UNIQUE (email), CONSTRAINT positive CHECK (amount > 0))`,
  "CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE)",
  "CREATE TABLE parts (id integer, at date NOT NULL) PARTITION BY RANGE (at)",
  "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
  "CREATE INDEX parts_at ON parts (at)",
  "CREATE INDEX users_amount ON users (amount) WHERE amount > 0",
  "CREATE VIEW moody AS SELECT id, mood FROM users",
  "CREATE MATERIALIZED VIEW counted AS SELECT 1 AS a",
  "CREATE INDEX counted_a ON counted (a)",
  "CREATE FUNCTION add(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT a'",
  "CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1'",
  "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
  "CREATE TRIGGER touch BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch()",
  "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
  "CREATE POLICY visible ON users FOR SELECT USING (id > 0)",
  "COMMENT ON TABLE users IS 'people'",
  "COMMENT ON COLUMN users.email IS 'where to write'",
  "CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer)",
  "CREATE STATISTICS related ON id, amount FROM users",
  "CREATE RULE quiet AS ON INSERT TO moody DO INSTEAD NOTHING",
  "CREATE TYPE span AS RANGE (subtype = integer)",
  "CREATE CONVERSION upside_down FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
  "CREATE UNLOGGED TABLE scratch (a integer) WITH (fillfactor = 50)",
];

forEachMajor(({ major, server }) => {
  test("everything is read, and reads as on the embedded database but for the printing of views", async () => {
    const engine = postgresEngine({ url: await server().createDatabase(), ledger });
    const embedded = pgliteEngine({ url: "pglite::memory:", ledger, cacheDirectory: pgliteCache() });
    const catalogs = [];
    for (const one of [engine, embedded]) {
      const session = await one.open("write");
      for (const statement of schema) await session.query(statement);
      catalogs.push(await one.introspect(session));
      await session.query("BEGIN");
      expect((await one.introspect(session)).objects).toEqual(catalogs.at(-1)?.objects);
      await session.rollback();
      await session.close();
      await one.close();
    }
    const [real, other] = catalogs;
    if (real === undefined || other === undefined) throw new Error("no catalog");
    expect(real.serverVersion).toMatch(new RegExp(`^${major}\\.`));
    expect(real.unmanaged).toEqual(["conversion public.upside_down"]);
    expect(new Set(real.objects.map((object) => object.kind)).size).toBe(19);
    const differences = compareCatalogs(real, other).filter(
      ({ kind }) => kind !== "view" && kind !== "materialized-view",
    );
    expect(differences).toEqual([]);
  });

  test("the run lock holds back no index, and settles one that was interrupted", async () => {
    const engine = postgresEngine({ url: await server().createDatabase(), ledger });
    const session = await engine.open("write");
    await session.query("CREATE TABLE t (x integer)");
    const lock = await engine.acquireLock({ name: "main", timeoutMs: 5000, work: session, spansTransactions: true });
    const [statement] = await engine.parse("CREATE INDEX CONCURRENTLY t_x ON t (x)");
    if (statement === undefined) throw new Error("no statement");
    const note = await engine.noteBefore(session, statement);
    expect(await engine.settle(session, statement, note)).toBe("repeat");
    await session.query(statement.sql);
    expect(await engine.settle(session, statement, note)).toBe("done");
    lock.assertHeld();
    await lock.release();
    expect(await engine.describe(session)).toMatchObject({
      product: "PostgreSQL",
      pooled: false,
      readOnly: false,
      missingPrivileges: [],
    });
    await session.close();
  });
});
