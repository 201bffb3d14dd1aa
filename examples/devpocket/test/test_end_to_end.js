import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  appliedIn,
  copyOfProject,
  freshDatabase,
  migrate,
  migratedDatabase,
  partsOf,
  revisions,
  runScript,
  tablesOf,
} from "./workbench.js";

describe("complete workflows", { concurrency: 2 }, () => {
  test("a changed model becomes a revision, which is looked at, applied and taken back", async (t) => {
    const database = await migratedDatabase(t);
    const folder = await copyOfProject(t);
    const db = (...args) => runScript("db_migrate.sh", args, { url: database.url, folder, cwd: folder });
    await writeFile(
      join(folder, "models", "preferences.ts"),
      `import { jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

export const userPreferences = pgTable("user_preferences", {
  userId: uuid("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
  settings: jsonb().notNull().default({}),
});
`,
    );
    const generated = await db("--generate", "Add user preferences table");
    assert.equal(generated.code, 0, generated.output);
    const written = (await readdir(join(folder, "migrations"))).filter((name) => !revisions.includes(name));
    assert.match(written.join(), /^\d{14}_add_user_preferences_table\.sql$/);
    assert.match(await readFile(join(folder, "migrations", written[0]), "utf8"), /^-- proof: up and down/m);
    assert.match((await db("--dry-run", "head")).stdout, /CREATE TABLE public\.user_preferences/);
    assert.equal((await db()).code, 0);
    assert.ok((await tablesOf(database)).includes("user_preferences"));
    assert.equal((await db("--force", "-1")).code, 0);
    assert.ok(!(await tablesOf(database)).includes("user_preferences"));
  });

  test("every environment has a file of its own", async (t) => {
    const folder = await copyOfProject(t);
    const databases = { staging: await freshDatabase(t), production: await freshDatabase(t) };
    const db = (...args) => runScript("db_migrate.sh", args, { folder, cwd: folder });
    for (const [name, database] of Object.entries(databases)) {
      let text = await readFile(join(folder, `.env.${name}.example`), "utf8");
      for (const [key, value] of Object.entries(partsOf(database.url))) {
        text = text.replace(new RegExp(`^${key}=.*$`, "m"), `${key}=${value}`);
      }
      await writeFile(join(folder, `.env.${name}`), text);
    }
    assert.equal((await db("--env-file", ".env.staging", "head")).code, 0);
    assert.equal((await db("--env-file", ".env.production", "--dry-run", "head")).code, 0);
    assert.deepEqual(await tablesOf(databases.production), []);
    assert.equal((await db("--env-file", ".env.production", "head")).code, 0);
    assert.equal((await appliedIn(databases.production)).length, revisions.length);
    const reset = await runScript("db_seed.sh", ["--env-file", ".env.production", "--reset-force"], {
      folder,
      cwd: folder,
    });
    assert.match(reset.stderr, /marked as production/);
  });
});

describe("size and recovery", { concurrency: 2 }, () => {
  test("100,000 commands get their programs, with progress, and lose them again", async (t) => {
    const database = await migratedDatabase(t, "d71d6b9b665e");
    await database.rows("INSERT INTO users (email, username, password_hash) VALUES ('ada@example.com', 'ada', '-')");
    await database.rows("INSERT INTO sessions (user_id) SELECT id FROM users");
    await database.rows(`INSERT INTO commands (user_id, session_id, command)
      SELECT user_id, id, 'tool' || n % 7 || ' --number ' || n FROM sessions, generate_series(1, 100000) AS n`);
    const up = await migrate(database);
    assert.equal(up.code, 0, up.output);
    assert.match(up.stderr, /Naming programs: 100000 of 100000/);
    const counts =
      "SELECT count(*)::int AS rows, count(DISTINCT program)::int AS programs FROM commands WHERE program IS NOT NULL";
    assert.deepEqual(await database.rows(counts), [{ rows: 100_000, programs: 7 }]);
    assert.equal((await migrate(database, "--force", "d71d6b9b665e")).code, 0);
    assert.deepEqual(await database.rows(counts), [{ rows: 0, programs: 0 }]);
  });

  test("a revision that fails leaves nothing behind, and the corrected one goes on", async (t) => {
    const database = await migratedDatabase(t);
    const folder = await copyOfProject(t);
    const file = join(folder, "migrations", "20991231000000_notes.sql");
    const text = (table) => `-- keelson
-- id: 00000000abcd
-- parents: b2b7d0438f52
-- message: Notes
-- created: 2099-12-31T00:00:00Z

-- keelson:up
CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE INDEX notes_place ON ${table} (id);

-- keelson:down
DROP TABLE notes;
`;
    await writeFile(file, text("no_such_table"));
    const db = () => runScript("db_migrate.sh", [], { url: database.url, folder });
    const failed = await db();
    assert.equal(failed.code, 6);
    assert.match(failed.stderr, /20991231000000_notes\.sql:9: .*no_such_table[\s\S]*rolled back/);
    assert.ok(!(await tablesOf(database)).includes("notes"));
    await writeFile(file, text("notes"));
    assert.equal((await db()).code, 0);
    assert.ok((await tablesOf(database)).includes("notes"));
  });
});
