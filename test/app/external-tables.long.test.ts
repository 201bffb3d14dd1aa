import { readdir, readFile, symlink } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { diff } from "../../src/app/diff.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { plan } from "../../src/app/plan.ts";
import { prove } from "../../src/app/prove.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";
import { onLive } from "./on-live.ts";

vi.setConfig({ testTimeout: 120_000 });

async function revisionTexts(project: TestProject): Promise<readonly string[]> {
  const names = (await readdir(project.path("migrations"))).sort();
  return await Promise.all(names.map((name) => readFile(project.path("migrations", name), "utf8")));
}

const found = (report: { readonly problems: readonly { readonly code: string }[] }) =>
  report.problems.map(({ code }) => code);

describe("tables of others on PostgreSQL", () => {
  const setup = `CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE TABLE public.accounts (id serial PRIMARY KEY, mail text UNIQUE);
`;
  const schema = `CREATE TABLE profiles (
  id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  account integer NOT NULL REFERENCES accounts (mail_id)
);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles USING (id = auth.uid());
CREATE VIEW members AS SELECT p.id, a.mail FROM profiles p JOIN accounts a ON a.id = p.account;
`.replace("mail_id", "id");
  const external = 'schema: "schema", external: { tables: ["auth.*", "accounts"], schema: "external.sql" }';
  /** A server answers sooner than PGlite starts. */
  const onServer = async () =>
    `export default { url: ${JSON.stringify(await freshDatabase())}, scratch: "server", ${external} };\n`;

  test("are pointed to, and never made, changed or dropped", async () => {
    const files = { "schema/app.sql": schema, "external.sql": setup };
    const project = await makeProject({ config: await onServer(), files });
    const cwd = project.root;
    const planned = await plan({ cwd, target: "models" });
    expect(planned).toMatchObject({ models: { bodies: [{ losses: [] }], questions: [] } });
    const report = await create({ cwd, message: "profiles" });
    expect(report).toMatchObject({ bodies: [{ proof: { outcome: "proven" } }] });
    const [text = ""] = await revisionTexts(project);
    expect(text).toMatch(/REFERENCES auth\.users/);
    expect(text).not.toMatch(/(?:CREATE|DROP|ALTER) (?:TABLE|SCHEMA|FUNCTION|SEQUENCE) (?:auth|public\.accounts)/);
    expect(await create({ cwd, message: "nothing" })).toMatchObject({ outcome: "none" });
    expect((await prove({ cwd, revisions: ["head"] })).proofs).toMatchObject([{ proof: { outcome: "proven" } }]);
    expect(found(await check({ cwd, offline: true }))).toEqual([]);

    // The live database has more of them than the project knows, and they go on changing.
    await onLive(cwd, ...setup.split(/;\n/).filter(Boolean), "CREATE TABLE auth.sessions (id integer)");
    await upgrade({ cwd });
    await onLive(
      cwd,
      "ALTER TABLE auth.users ADD COLUMN email text NOT NULL DEFAULT ''",
      "CREATE INDEX ON public.accounts (mail, id)",
      "DROP TABLE auth.sessions",
    );
    expect(found(await check({ cwd }))).toEqual([]);
    expect((await diff({ cwd, a: "database", b: "models" })).differences).toEqual([]);
    expect(await create({ cwd, message: "x", from: "database" })).toMatchObject({ outcome: "none" });
    await downgrade({ cwd, target: "base", yes: true });
    expect((await diff({ cwd, a: "database", b: "base" })).differences).toEqual([]);
  });

  test("what is declared of them beyond the setup is said not to be managed", async () => {
    const trigger = `CREATE FUNCTION greet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER greet AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION greet();\n`;
    const project = await makeProject({
      config: await onServer(),
      files: { "schema/app.sql": trigger, "external.sql": setup },
    });
    const notices: string[] = [];
    const report = await create({
      cwd: project.root,
      message: "greet",
      on: (event) => void (event.event === "notice" && notices.push(`${event.code} ${event.message}`)),
    });
    expect(report).toMatchObject({ bodies: [{ statements: ["create function public.greet()"] }] });
    expect(notices).toEqual([expect.stringMatching(/^unmanaged .*trigger auth\.users\.greet/)]);
  });

  test("models may describe them, with PGlite as the scratch database", async () => {
    const models = `import { integer, pgSchema, pgTable, text, uuid } from "drizzle-orm/pg-core";
const auth = pgSchema("auth");
export const users = auth.table("users", { id: uuid().primaryKey(), email: text().unique() });
export const accounts = pgTable("accounts", { id: integer().primaryKey() });
export const profiles = pgTable("profiles", {
  id: uuid().primaryKey().references(() => users.id),
  account: integer().references(() => accounts.id),
});\n`;
    const project = await makeProject({
      config: `export default { ${external.replace('schema: "schema"', 'schema: "models"')} };\n`,
      files: { "models/app.ts": models, "external.sql": setup },
    });
    await symlink(new URL("../../node_modules", import.meta.url).pathname, project.path("node_modules"));
    const report = await create({ cwd: project.root, message: "profiles" });
    expect(report).toMatchObject({
      read: [{ tables: ["profiles"] }],
      bodies: [{ statements: ["create table public.profiles"], proof: { outcome: "proven" } }],
    });
  });

  test("a setup that does not load is named with its line", async () => {
    const project = await makeProject({
      config: await onServer(),
      files: { "schema/app.sql": schema, "external.sql": `${setup}CREATE TABLE auth.more (x nowhere);\n` },
    });
    await expect(create({ cwd: project.root, message: "x" })).rejects.toMatchObject({
      code: "source.failed",
      message: expect.stringMatching(/^external\.sql:5: /),
    });
  });
});

test("tables of others on SQLite are pointed to, and never made or dropped", async () => {
  const accounts = "CREATE TABLE accounts (id integer PRIMARY KEY, mail text);\n";
  const posts = "CREATE TABLE posts (id integer PRIMARY KEY, owner integer NOT NULL REFERENCES accounts (id));\n";
  const project = await makeProject({
    config: `export default {
  url: "sqlite:app.db", schema: "schema", external: { tables: ["accounts"], schema: { sqlite: "external.sql" } },
};\n`,
    files: { "schema/app.sql": posts, "external.sql": accounts },
  });
  const cwd = project.root;
  await onLive(cwd, accounts, "INSERT INTO accounts VALUES (1, 'a')");
  const report = await create({ cwd, message: "posts" });
  expect(report).toMatchObject({ bodies: [{ statements: ["create table posts"], proof: { outcome: "proven" } }] });
  await upgrade({ cwd });
  await project.write({ "schema/app.sql": posts.replace("owner integer", "title text UNIQUE, owner integer") });
  await create({ cwd, message: "rebuild" });
  await onLive(cwd, "ALTER TABLE accounts ADD COLUMN more text");
  expect(found(await check({ cwd }))).toEqual(["revision.pending"]);
  await upgrade({ cwd });
  expect(found(await check({ cwd }))).toEqual([]);
  expect((await diff({ cwd, a: "database", b: "models" })).differences).toEqual([]);
  await downgrade({ cwd, target: "base", yes: true });
  expect((await diff({ cwd, a: "database", b: "base" })).differences).toEqual([]);
});
