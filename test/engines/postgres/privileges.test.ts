import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { keepOwners, keepPrivileges, privilegeNames, withoutPrivileges } from "../../../src/catalog/privileges.ts";
import { standInComment } from "../../../src/catalog/stand-in-role.ts";
import { cacheDirectory } from "../../../src/config/cache-directory.ts";
import type { Engine, ReadingOptions, Session } from "../../../src/engines/engine.ts";
import { pgliteEngine } from "../../../src/engines/postgres/pglite-engine.ts";

const ledger = { schema: "keelson", prefix: "" };

let engine: Engine;
let session: Session;

// Roles belong to a whole server, so these have one of their own.
beforeAll(async () => {
  const cache = join(cacheDirectory(), "pglite");
  engine = pgliteEngine({ url: "pglite::memory:", ledger, roles: ["app", "team_*"], cacheDirectory: cache });
  session = await engine.open("write");
});

afterAll(async () => {
  await session?.close();
  await engine?.close();
});

/** The catalog after some statements, of which nothing stays. */
async function after(statements: readonly string[], options: ReadingOptions = {}): Promise<Catalog> {
  try {
    await session.script(["BEGIN", ...statements]);
    return await engine.introspect(session, options);
  } finally {
    await session.rollback();
  }
}

function attributesOf({ objects }: Catalog, id: string): Readonly<Record<string, unknown>> | undefined {
  return objects.find((object) => object.id === id)?.attributes;
}

test("what is as usual says nothing, whether it was written or not, and everything else has one spelling", async () => {
  const statements = [
    "CREATE ROLE reader",
    'CREATE ROLE "We ""Mixed"" Case"',
    "CREATE TABLE plain (id integer)",
    "CREATE TABLE written (id integer)",
    "GRANT ALL ON written TO CURRENT_USER",
    "CREATE FUNCTION open() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "REVOKE ALL ON FUNCTION open() FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION open() TO PUBLIC",
    "CREATE FUNCTION hidden() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "REVOKE EXECUTE ON FUNCTION hidden() FROM PUBLIC",
    "CREATE TABLE shared (id integer, secret text)",
    'GRANT UPDATE, SELECT ON shared TO "We ""Mixed"" Case" WITH GRANT OPTION',
    "GRANT ALL ON shared TO reader",
    "GRANT UPDATE (secret) ON shared TO reader",
    "CREATE SCHEMA theirs AUTHORIZATION reader",
    "CREATE VIEW seen AS SELECT id FROM shared",
    "GRANT SELECT (id) ON seen TO reader",
  ];
  const catalog = await after(statements);
  expect(attributesOf(catalog, "table:public.plain")).toEqual({});
  expect(attributesOf(catalog, "table:public.written")).toEqual({});
  expect(attributesOf(catalog, "function:public.open()")).not.toHaveProperty("grants");
  expect(attributesOf(catalog, "function:public.hidden()")).toMatchObject({ grants: ["REVOKE EXECUTE FROM PUBLIC"] });
  expect(attributesOf(catalog, "table:public.shared")).toEqual({
    grants: ["ALL TO reader", 'SELECT, UPDATE TO "We ""Mixed"" Case" WITH GRANT OPTION'],
  });
  expect(attributesOf(catalog, "column:public.shared.secret")).toMatchObject({ grants: ["UPDATE TO reader"] });
  expect(attributesOf(catalog, "view:public.seen")).toMatchObject({ columnGrants: ["id SELECT TO reader"] });
  expect(attributesOf(catalog, "schema:theirs")).toEqual({ owner: "reader" });
  expect(privilegeNames(catalog)).toEqual([
    "owner reader of 1 object",
    "privileges on column public.shared.secret",
    "privileges on function public.hidden()",
    "privileges on table public.shared",
    "privileges on view public.seen",
  ]);
  const all = await after(statements, { owners: "all" });
  expect(attributesOf(all, "table:public.plain")).toEqual({ owner: "postgres" });
  expect(compareCatalogs(withoutPrivileges(all), withoutPrivileges(catalog))).toEqual([]);
});

test("a schema that names no owner is compared with one that does, and one without privileges keeps the others", async () => {
  const read = (statements: readonly string[]): Promise<Catalog> =>
    after(["CREATE ROLE owning", "CREATE ROLE reader", "CREATE TABLE t (id serial)", ...statements]);
  const owned = await read(["ALTER TABLE t OWNER TO owning", "GRANT SELECT ON t TO reader"]);
  const named = await read([
    "GRANT SELECT ON t TO reader, owning",
    "GRANT ALL ON SEQUENCE t_id_seq TO owning",
    "GRANT SELECT (id) ON t TO reader",
  ]);
  const goal = keepOwners(owned, named);
  expect(attributesOf(goal, "table:public.t")).toEqual({ grants: ["SELECT TO reader"], owner: "owning" });
  expect(attributesOf(goal, "sequence:public.t_id_seq")).not.toHaveProperty("grants");
  expect(compareCatalogs(owned, goal).map(({ id }) => id)).toEqual(["column:public.t.id"]);
  expect(compareCatalogs(owned, keepPrivileges(owned, await read([])))).toEqual([]);
  expect(await engine.planChanges(owned, keepPrivileges(owned, named))).toMatchObject({ statements: [] });
});

test("the roles that the configuration names are made, changed and dropped, and no others", async () => {
  const before = await engine.introspect(session);
  expect(before.objects.filter(({ kind }) => kind === "role")).toEqual([]);
  await session.script([
    "CREATE ROLE stranger LOGIN",
    "CREATE ROLE named_only",
    `COMMENT ON ROLE named_only IS '${standInComment}'`,
    "CREATE ROLE team_one CREATEDB CREATEROLE NOINHERIT CONNECTION LIMIT 5",
    "CREATE ROLE team_admin",
    "CREATE ROLE app LOGIN PASSWORD 'hunter2' VALID UNTIL '2030-01-01 00:00:00+00'",
    "COMMENT ON ROLE app IS 'it''s ours'",
    'ALTER ROLE app SET search_path TO shop, "Other One", public',
    "ALTER ROLE app SET statement_timeout TO '5s'",
    "ALTER ROLE app IN DATABASE postgres SET work_mem TO '8MB'",
    "ALTER ROLE app SET my.setting TO 'a ''quoted'' % value'",
    "GRANT team_one TO app WITH ADMIN OPTION",
    "GRANT team_admin TO app WITH INHERIT FALSE, SET FALSE",
    "GRANT pg_read_all_data TO team_one",
    "GRANT team_one TO stranger",
    "CREATE TABLE t (id integer)",
    "ALTER TABLE t OWNER TO team_one",
    "GRANT SELECT ON t TO app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE team_one GRANT SELECT ON TABLES TO app",
  ]);
  const made = await engine.introspect(session);
  expect(made.objects.flatMap(({ kind, id }) => (kind === "role" || kind === "membership" ? [id] : []))).toEqual([
    "membership:pg_read_all_data.team_one",
    "membership:team_admin.app",
    "membership:team_one.app",
    "role:app",
    "role:team_admin",
    "role:team_one",
  ]);
  expect(JSON.stringify(made)).not.toContain("hunter2");
  expect(attributesOf(made, "role:app")).toEqual({
    comment: "it's ours",
    login: true,
    settings: ["my.setting=a 'quoted' % value", 'search_path=shop, "Other One", public', "statement_timeout=5s"],
    settingsHere: ["work_mem=8MB"],
    validUntil: "2030-01-01 00:00:00+00",
  });
  const away = await engine.planChanges(made, before);
  expect(away.statements.flatMap(({ losses }) => losses)).toEqual([
    "the table public.t with all its rows",
    "the role app with its password",
    "the role team_admin with its password",
    "the role team_one with its password",
  ]);
  await session.script(["BEGIN", ...away.statements.map(({ sql }) => sql), "COMMIT"]);
  expect(compareCatalogs(await engine.introspect(session), before)).toEqual([]);
  const back = await engine.planChanges(before, made);
  await session.script(["BEGIN", ...back.statements.map(({ sql }) => sql), "COMMIT"]);
  expect(compareCatalogs(await engine.introspect(session), made)).toEqual([]);

  await session.script([
    "ALTER ROLE app NOLOGIN SUPERUSER CONNECTION LIMIT 3 VALID UNTIL 'infinity'",
    "ALTER ROLE app RESET statement_timeout",
    "ALTER ROLE app IN DATABASE postgres RESET ALL",
    "REVOKE ADMIN OPTION FOR team_one FROM app",
    "GRANT team_admin TO app WITH INHERIT TRUE, SET TRUE, ADMIN TRUE",
    "COMMENT ON ROLE app IS NULL",
  ]);
  const changed = await engine.introspect(session);
  const restore = await engine.planChanges(changed, made);
  expect(restore.statements.flatMap(({ losses }) => losses)).toEqual([]);
  await session.script(["BEGIN", ...restore.statements.map(({ sql }) => sql), "COMMIT"]);
  expect(compareCatalogs(await engine.introspect(session), made)).toEqual([]);
  await session.script([
    "BEGIN",
    ...(await engine.planChanges(made, changed)).statements.map(({ sql }) => sql),
    "COMMIT",
  ]);
  expect(compareCatalogs(await engine.introspect(session), changed)).toEqual([]);
});
