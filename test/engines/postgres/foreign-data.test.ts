import { expect, test } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { withoutExternal } from "../../../src/catalog/external.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { freshDatabase } from "../../support/postgres.ts";

const ledger = { schema: "keelson", prefix: "" };

async function readings(
  ...scripts: readonly (readonly string[])[]
): Promise<{ readonly catalogs: readonly Catalog[]; readonly engine: ReturnType<typeof postgresEngine> }> {
  const engine = postgresEngine({ url: await freshDatabase(), ledger });
  const session = await engine.open("write");
  const catalogs: Catalog[] = [];
  try {
    for (const script of scripts) {
      if (script.length > 0) await session.script(script);
      catalogs.push(await engine.introspect(session));
    }
  } finally {
    await session.close();
    await engine.close();
  }
  return { catalogs, engine };
}

const secrets = [
  "CREATE FOREIGN DATA WRAPPER w OPTIONS (api_key 'HUSH')",
  "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', \"Secret\" 'HUSH', proxy_password 'HUSH', sslmode 'require')",
  "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'reader', password 'HUSH', unheard_of 'HUSH', password_required 'false')",
  "CREATE FOREIGN TABLE f (a integer OPTIONS (key 'true', token 'HUSH')) SERVER s OPTIONS (passfile 'HUSH', path '/x')",
];

test("no secret comes into a catalog or a plan, and what is to be set by hand is said", async () => {
  const { catalogs, engine } = await readings([], secrets);
  const [empty, full] = catalogs as [Catalog, Catalog];
  expect(JSON.stringify(full)).not.toContain("HUSH");
  const mapping = full.objects.find(({ kind }) => kind === "user-mapping");
  expect(mapping?.attributes["options"]).toEqual(["password", "password_required=false", "unheard_of", "user=reader"]);
  const plan = await engine.planChanges(empty, full);
  expect(plan.statements.map(({ sql }) => sql)).toContain(
    "CREATE USER MAPPING FOR public SERVER s OPTIONS (password 'to be set by hand', password_required 'false', unheard_of 'to be set by hand', user 'reader')",
  );
  expect(plan.left).toHaveLength(5);
  expect(plan.left).toContainEqual(
    expect.stringMatching(/^password, unheard_of of the user mapping of public on server s \(ALTER USER MAPPING FOR/),
  );
});

test("dropping a mapping says that its secret is lost, and dropping a foreign table loses nothing", async () => {
  const { catalogs, engine } = await readings(secrets, ["DROP FOREIGN DATA WRAPPER w CASCADE"]);
  const [full, empty] = catalogs as [Catalog, Catalog];
  const { statements } = await engine.planChanges(full, empty);
  expect(statements.map(({ sql, losses }) => [sql, losses])).toEqual([
    ["DROP FOREIGN TABLE public.f", []],
    ["DROP USER MAPPING FOR public SERVER s", ["password, unheard_of of the user mapping s.public"]],
    ["DROP SERVER s", []],
    ["DROP FOREIGN DATA WRAPPER w", []],
  ]);
});

test("a changed secret is not seen, and a changed option beside it leaves it alone", async () => {
  const { catalogs, engine } = await readings(
    secrets,
    ["ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET password 'other')"],
    ["ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET user 'writer')"],
  );
  const [first, second, third] = catalogs as [Catalog, Catalog, Catalog];
  expect(compareCatalogs(first, second)).toEqual([]);
  const { statements, left } = await engine.planChanges(second, third);
  expect(statements.map(({ sql }) => sql)).toEqual([
    "ALTER USER MAPPING FOR public SERVER s OPTIONS (SET user 'writer')",
  ]);
  expect(left).toEqual([]);
});

test("options of mappings that the reading role may not see are named", async () => {
  const role = "pg_monitor";
  const { catalogs } = await readings([
    ...secrets,
    `CREATE USER MAPPING FOR ${role} SERVER s OPTIONS (user 'a')`,
    `SET ROLE ${role}`,
  ]);
  expect(catalogs[0]?.unmanaged).toEqual([
    `options of the user mapping of ${role} on server s, which this role may not read`,
    "options of the user mapping of public on server s, which this role may not read",
  ]);
});

test("a schema of others takes nothing with it that is in no schema", async () => {
  const { catalogs } = await readings([
    "CREATE SCHEMA auth",
    "CREATE TABLE auth.users (id integer)",
    "CREATE FOREIGN DATA WRAPPER auth",
    "CREATE SERVER auth FOREIGN DATA WRAPPER auth",
    "CREATE PUBLICATION auth FOR TABLE auth.users",
  ]);
  const ids = withoutExternal(catalogs[0] as Catalog, ["auth.*"]).objects.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["foreign-data-wrapper:auth", "publication:auth", "server:auth"]));
  expect(ids.filter((id) => id.includes("users"))).toEqual([]);
});
