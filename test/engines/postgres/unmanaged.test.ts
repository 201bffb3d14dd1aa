import { expect, test } from "vitest";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { freshDatabase } from "../../support/postgres.ts";

const ledger = { schema: "keelson", prefix: "" };

async function unmanaged(
  statements: readonly string[],
  afterwards: readonly string[] = [],
): Promise<readonly string[]> {
  const engine = postgresEngine({ url: await freshDatabase(), ledger });
  const session = await engine.open("write");
  try {
    await session.script(statements);
    const { unmanaged } = await engine.introspect(session);
    if (afterwards.length > 0) await session.script(afterwards);
    return unmanaged;
  } finally {
    await session.close();
    await engine.close();
  }
}

test("one of each kind that no catalog has is named", async () => {
  const names = await unmanaged(
    [
      "CREATE TYPE mood AS ENUM ('good', 'bad')",
      "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
      "CREATE OPERATOR FAMILY numbers USING btree",
      "CREATE OPERATOR CLASS whole FOR TYPE integer USING btree FAMILY numbers AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)",
      "CREATE FUNCTION nearly(integer, numeric) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 0'",
      "ALTER OPERATOR FAMILY integer_ops USING btree ADD FUNCTION 1 (integer, numeric) nearly(integer, numeric)",
      "CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
      "CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)",
      "CREATE TEXT SEARCH TEMPLATE plain (LEXIZE = dsimple_lexize)",
      "CREATE TEXT SEARCH DICTIONARY names (TEMPLATE = simple)",
      "CREATE TEXT SEARCH CONFIGURATION letters (COPY = english)",
      "CREATE TYPE small",
      "CREATE FUNCTION small_in(cstring) RETURNS small STRICT IMMUTABLE LANGUAGE internal AS 'int4in'",
      "CREATE FUNCTION small_out(small) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out'",
      "CREATE TYPE small (INPUT = small_in, OUTPUT = small_out, LIKE = integer)",
      "CREATE TYPE later",
      "CREATE CAST (mood AS integer) WITH INOUT",
      "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal))",
      "CREATE ACCESS METHOD piles TYPE TABLE HANDLER heap_tableam_handler",
      "CREATE LANGUAGE talk HANDLER plpgsql_call_handler",
      "CREATE SUBSCRIPTION feed CONNECTION 'dbname=none' PUBLICATION feed WITH (connect = false, slot_name = NONE)",
      // No provider of labels comes with the server, so that one is put there as a provider would.
      "CREATE TABLE marked (id integer)",
      "SET allow_system_table_mods = on",
      "INSERT INTO pg_seclabel VALUES ('marked'::regclass, 'pg_class'::regclass, 1, 'guard', 'secret')",
      "CREATE FUNCTION pg_catalog.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 1024', current_database()); EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET work_mem = 2048', current_database()); END $$",
    ],
    // No database with a subscription can be dropped.
    ["DROP SUBSCRIPTION feed"],
  );
  expect(names.map((name) => name.replace(/(of role )\S+/, "$1ME"))).toEqual([
    "access method piles",
    "base type public.small",
    "cast from public.mood to integer",
    "conversion public.latin",
    "function pg_catalog.mine",
    "language talk",
    "member of the built-in operator family integer_ops",
    "operator class public.whole",
    "operator family public.numbers",
    'operator public."==="',
    "security label by guard on table column public.marked.id",
    "setting work_mem of role ME in the database",
    "setting work_mem of the database",
    "shell type public.later",
    "subscription feed",
    "text search configuration public.letters",
    "text search dictionary public.names",
    "text search parser public.words",
    "text search template public.plain",
    "transform of integer",
  ]);
});
