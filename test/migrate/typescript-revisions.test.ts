import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, type MigrateProject, migrateProject } from "./databases.ts";

const tables = `-- keelson
-- id: a00000000001
-- parents:
-- message: users, roles and projects

-- keelson:up
CREATE TABLE users (id integer PRIMARY KEY, username text NOT NULL, is_superuser boolean NOT NULL DEFAULT false);
CREATE TABLE roles (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE projects (id integer PRIMARY KEY, name text NOT NULL);

-- keelson:down
DROP TABLE projects;
DROP TABLE roles;
DROP TABLE users;
`;

const header = `// keelson
// id: a00000000002
// parents: a00000000001
// message: every project belongs to a user
`;

const addUserId = `${header}
import { defineRevision } from "keelson";

interface Count {
  readonly n: number;
}

export default defineRevision({
  async needed(db) {
    return !(await db.hasColumn("projects", "user_id"));
  },
  preflight: {
    "the tables users, roles and projects exist": async (db) => {
      for (const table of ["users", "roles", "projects"]) {
        if (!(await db.hasTable(table))) return \`there is no table \${table}\`;
      }
      return true;
    },
    "an admin exists": async (db) => {
      const { rows } = await db.query("SELECT id FROM users WHERE is_superuser = $1", [true]);
      return rows.length > 0 || "No superuser found. Create one first.";
    },
  },
  async confirm(db) {
    const { rows } = await db.query<Count>("SELECT CAST(count(*) AS integer) AS n FROM projects");
    return \`Give \${rows[0]?.n ?? 0} projects to the admin?\`;
  },
  async fixture(db) {
    await db.exec("INSERT INTO users VALUES (1, 'admin', true); INSERT INTO projects VALUES (1, 'One');");
  },
  async up(db) {
    db.log("Adding columns");
    await db.exec(\`
      ALTER TABLE projects ADD COLUMN user_id integer REFERENCES users (id);
      ALTER TABLE projects ADD COLUMN assistant_id integer REFERENCES roles (id);
      ALTER TABLE projects ADD COLUMN created_at timestamp;
    \`);
    const { rows } = await db.query<{ readonly id: number }>("SELECT id FROM projects ORDER BY id");
    for (const [index, { id }] of rows.entries()) {
      await db.query(
        "UPDATE projects SET user_id = (SELECT min(id) FROM users WHERE is_superuser = $1), created_at = $2 WHERE id = $3",
        [true, new Date("2026-01-02T03:04:05Z"), id],
      );
      db.progress("Assigning projects", index + 1, rows.length);
    }
  },
  async down(db) {
    for (const column of ["created_at", "assistant_id", "user_id"]) {
      if (await db.hasColumn("projects", column)) await db.exec(\`ALTER TABLE projects DROP COLUMN \${column}\`);
    }
  },
  verify: ["SELECT id FROM projects WHERE user_id IS NULL"],
  shows: ["projects"],
});
`;

async function filled(engine: (typeof engines)[number], code = addUserId): Promise<MigrateProject> {
  const project = await migrateProject(engine, { "1_tables.sql": tables, "2_user_id.ts": code });
  await upgrade({ ...project.options, target: "a00000000001" });
  await project.execute(
    "INSERT INTO users VALUES (1, 'somebody', false), (2, 'admin', true)",
    "INSERT INTO projects VALUES (1, 'One'), (2, 'Two'), (3, 'Three')",
  );
  return project;
}

describe.each(engines)("a revision written in TypeScript on %s", (engine) => {
  test("asks, changes a filled database, shows the result, and goes back", async () => {
    const project = await filled(engine);
    const questions: unknown[] = [];
    const report = await upgrade({
      ...project.options,
      confirm: async (question) => {
        questions.push(question.question);
        return true;
      },
    });
    expect(report.steps).toMatchObject([{ id: "a00000000002", file: "2_user_id.ts", outcome: "applied" }]);
    expect(questions).toEqual(["Give 3 projects to the admin?"]);
    expect(await project.rows("SELECT id, user_id FROM projects ORDER BY id")).toEqual([
      { id: 1, user_id: 2 },
      { id: 2, user_id: 2 },
      { id: 3, user_id: 2 },
    ]);
    const told = project.events.filter(
      (event) => event.event.startsWith("revision-") && !/started|finished/.test(event.event),
    );
    expect(told).toMatchObject([
      { event: "revision-log", message: "Adding columns" },
      { event: "revision-progress", message: "Assigning projects", done: 1, total: 3 },
      { event: "revision-progress", done: 2 },
      { event: "revision-progress", done: 3 },
      {
        event: "revision-table",
        table: "projects",
        columns: [
          { name: "id" },
          { name: "name" },
          { name: "user_id", nullable: true },
          { name: "assistant_id" },
          { name: "created_at" },
        ],
      },
    ]);
    expect((await upgrade(project.options)).direction).toBe("none");
    expect((await status(project.options)).pending).toEqual([]);

    await downgrade({ ...project.options, yes: true });
    expect(await project.rows("SELECT * FROM projects WHERE id = 1")).toEqual([{ id: 1, name: "One" }]);
    expect(await project.applied()).toEqual(["a00000000001"]);
  });

  test("is recorded without being run where it is not needed", async () => {
    const project = await filled(engine);
    await project.execute("ALTER TABLE projects ADD COLUMN user_id integer");
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["a00000000001", "a00000000002"]);
    expect(project.events).toContainEqual(expect.objectContaining({ event: "notice", code: "not-needed" }));
    expect(await project.rows("SELECT user_id FROM projects WHERE id = 1")).toEqual([{ user_id: null }]);
  });
});
