import { expect, test } from "vitest";
import { codeReplay, provableCode } from "../../src/app/code-revisions.ts";
import { pgliteEngine } from "../../src/engines/postgres/pglite-engine.ts";
import { sqliteEngine } from "../../src/engines/sqlite/sqlite-engine.ts";
import { buildHistory } from "../../src/history/graph.ts";
import { readRevisionFolder } from "../../src/revisions/read-folder.ts";
import { memoryScratch } from "../../src/scratch/memory-scratch.ts";
import { proveOn } from "../../src/scratch/prove.ts";
import { replay } from "../../src/scratch/replay.ts";
import type { ScratchServer } from "../../src/scratch/scratch-database.ts";
import { pgliteCache } from "../support/pglite-cache.ts";
import { makeProject } from "../support/project.ts";

const tables = `-- keelson
-- id: aaaa

-- keelson:up
CREATE TABLE users (id integer PRIMARY KEY, admin boolean NOT NULL);
CREATE TABLE projects (id integer PRIMARY KEY);
`;

const parts = `  async needed(db) { return !(await db.hasColumn("projects", "user_id")); },
  preflight: { "an admin exists": async (db) => (await db.query("SELECT 1 FROM users WHERE admin")).rowCount > 0 },
  confirm: "Really?",
  async fixture(db) { await db.exec("INSERT INTO users VALUES (1, true); INSERT INTO projects VALUES (1)"); },
  async up(db) {
    await db.exec("ALTER TABLE projects ADD COLUMN user_id integer");
    await db.exec("UPDATE projects SET user_id = (SELECT min(id) FROM users WHERE admin)");
  },
  async down(db) { await db.exec("ALTER TABLE projects DROP COLUMN user_id"); },
  verify: ["SELECT id FROM projects WHERE user_id IS NULL"],`;

const servers: Readonly<Record<"sqlite" | "pglite", () => ScratchServer>> = {
  sqlite: () =>
    memoryScratch({
      dialect: "sqlite",
      label: "SQLite",
      version: "3",
      identity: "sqlite",
      extensions: [],
      open: async () => sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } }),
    }),
  pglite: () =>
    memoryScratch({
      dialect: "postgres",
      label: "PGlite",
      version: "18",
      identity: "pglite",
      extensions: [],
      open: async () =>
        pgliteEngine({
          url: "pglite::memory:",
          ledger: { schema: "keelson", prefix: "" },
          cacheDirectory: pgliteCache(),
        }),
    }),
};

async function prepared(name: keyof typeof servers, text: string) {
  const server = servers[name]();
  const project = await makeProject({
    files: {
      "m/1_a.sql": tables,
      "m/2_b.ts": `// keelson\n// id: bbbb\n// parents: aaaa\n\nexport default {\n${text}\n};\n`,
    },
  });
  const folder = await readRevisionFolder({ directory: project.path("m"), dialect: server.dialect });
  const history = buildHistory(folder.revisions);
  const [first, second] = history.revisions;
  if (first === undefined || second === undefined) throw new Error("no revisions");
  const database = await server.create();
  const bodies = { history, bodies: folder, runCode: codeReplay(folder) };
  return { server, folder, first, second, database, bodies };
}

test.each(["sqlite", "pglite"] as const)(
  "on a scratch database of %s, a TypeScript revision is replayed by its up and proven with all of its parts",
  { timeout: 120_000 },
  async (name) => {
    const { server, folder, first, second, database, bodies } = await prepared(name, parts);
    await replay(database, { ...bodies, upTo: [first] });
    const current = await database.engine.introspect(database.session);
    const revision = await provableCode(folder, second);
    const proof = await proveOn(database, server, { current, desired: null, revision });
    const equal = { outcome: "equal" };
    expect(proof).toMatchObject({ converges: true, up: equal, down: equal, again: equal });
    expect((await database.session.query("SELECT * FROM projects")).rows).toEqual([{ id: 1, user_id: 1 }]);

    await revision.down?.(database);
    await database.session.script(["DELETE FROM projects", "DELETE FROM users"]);
    // Without rows the checks would fail, and a replay makes none.
    await codeReplay(folder)(second, database);
    expect((await database.session.query("SELECT id, user_id FROM projects")).rows).toEqual([]);
    await server.close();
  },
);

test("a TypeScript revision is not proven where one of its parts fails", { timeout: 60_000 }, async () => {
  const wrong: readonly (readonly [text: string, up: object, down: object])[] = [
    [
      parts.replace("INSERT INTO users VALUES (1, true);", ""),
      { outcome: "failed", error: { code: "revision.preflight-failed" } },
      { outcome: "none" },
    ],
    [
      parts.replace("return !(", "return (").replace('user_id")); }', 'user_id")); }'),
      { outcome: "failed", error: { code: "revision.failed" } },
      { outcome: "none" },
    ],
    [
      parts.replace("WHERE user_id IS NULL", ""),
      { outcome: "failed", error: { code: "revision.verify-failed" } },
      { outcome: "none" },
    ],
    [parts.replace("DROP COLUMN user_id", "ADD COLUMN other integer"), { outcome: "equal" }, { outcome: "different" }],
  ];
  for (const [text, up, down] of wrong) {
    const { server, folder, first, second, database, bodies } = await prepared("sqlite", text);
    await replay(database, { ...bodies, upTo: [first] });
    const current = await database.engine.introspect(database.session);
    const proof = await proveOn(database, server, {
      current,
      desired: null,
      revision: await provableCode(folder, second),
    });
    expect(proof).toMatchObject({ converges: false, up, down });
    await server.close();
  }
});
