import { expect, test } from "vitest";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { freshDatabase } from "../../support/postgres.ts";

const ledger = { schema: "keelson", prefix: "" };

async function unmanaged(statements: readonly string[]): Promise<readonly string[]> {
  const engine = postgresEngine({ url: await freshDatabase(), ledger });
  const session = await engine.open("write");
  try {
    await session.script(statements);
    return (await engine.introspect(session)).unmanaged;
  } finally {
    await session.close();
    await engine.close();
  }
}

test("grants and owners are named, and what the owner may do anyway is not", async () => {
  const role = `reader_${process.pid}`;
  const names = await unmanaged([
    `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    "CREATE TABLE plain (id integer, secret text)",
    "GRANT SELECT ON plain TO CURRENT_USER",
    "CREATE TABLE shared (id integer, secret text)",
    `GRANT SELECT ON shared TO ${role}`,
    `GRANT UPDATE (secret) ON shared TO ${role}`,
    "CREATE FUNCTION hidden() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "REVOKE EXECUTE ON FUNCTION hidden() FROM PUBLIC",
    `CREATE SCHEMA theirs AUTHORIZATION ${role}`,
    `GRANT USAGE ON SCHEMA public TO ${role}`,
  ]);
  expect(names).toEqual([
    `owner ${role} of 1 object`,
    "privileges on column public.shared.secret",
    "privileges on function public.hidden()",
    "privileges on schema public",
    "privileges on table public.shared",
  ]);
});

test("kinds without a plan are named", async () => {
  const names = await unmanaged([
    "CREATE TABLE t (a integer, b integer)",
    "CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer)",
    "CREATE STATISTICS pairs ON a, b FROM t",
    "CREATE RULE nothing AS ON DELETE TO t DO INSTEAD NOTHING",
    "CREATE TYPE span AS RANGE (SUBTYPE = integer)",
  ]);
  expect(names).toEqual([
    "aggregate public.total",
    "range type public.span",
    "rule nothing on public.t",
    "statistics public.pairs",
  ]);
});
