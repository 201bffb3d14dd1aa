import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../support/project.ts";
import { runKeelson } from "../support/run-keelson.ts";
import { blogIds, blogProject, revisionText } from "./blog-project.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const noBackup = "No backup is made: this release has no backups yet.";
const today = /\d{4}-\d\d-\d\d/;

describe("moving a database", () => {
  test("upgrade tells each revision and where it led; a second one has nothing to do", async () => {
    const project = await blogProject();
    const first = await project.run(["upgrade"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const lines = first.stdout.split("\n");
    expect(lines.slice(0, 2)).toEqual([noBackup, "Upgrading sqlite:app.db to head: 3 revisions"]);
    expect(lines.slice(2, 5).map((line) => line.replace(/ +[\d.]+ m?s/, " TIME"))).toEqual([
      `  ✓ 1/3  ${blogIds[0]} TIME  add users`,
      `  ✓ 2/3  ${blogIds[1]} TIME  add posts`,
      `  ✓ 3/3  ${blogIds[2]} TIME  add tags`,
    ]);
    expect(first.stdout).toMatch(
      /Target reached +head\nRevisions +3 applied\nDuration +.*s\nCurrent +aaaaaaaaaaa3 +add tags\n$/,
    );
    const second = await project.run(["upgrade", "--skip-backup"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toBe(
      "Backup skipped.\n✓ Nothing to do: sqlite:app.db is at head already.\nCurrent  aaaaaaaaaaa3  add tags\n",
    );
  });

  test("SKIP_BACKUP says so in the first line too", async () => {
    const project = await blogProject();
    const { stdout } = await project.run(["upgrade", "+1"], { env: { SKIP_BACKUP: "1" } });
    expect(stdout).toMatch(/^Backup skipped\.\n/);
  });

  test("migrate goes by steps, ids and to the base, up and down", async () => {
    const project = await blogProject();
    const at = async () => (await project.run(["current"])).stdout.split(" ")[0];
    for (const [target, current] of [
      ["+2", blogIds[1]],
      ["-1", blogIds[0]],
      [blogIds[2], blogIds[2]],
      [`${blogIds[2]}-1`, blogIds[1]],
      ["base", "base"],
    ] as const) {
      expect(await project.run(["migrate", target, "--force"])).toMatchObject({ code: 0, stderr: "" });
      expect(await at()).toBe(current);
    }
  });

  test("a dry run prints the statements by transaction, and where they lead, and executes nothing", async () => {
    const project = await blogProject();
    const { code, stdout } = await project.run(["upgrade", "+2", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "-- Upgrading sqlite:app.db to +2 would run 2 revisions.",
        "-- Before: base (nothing is applied)",
        "-- After:  aaaaaaaaaaa2",
        "",
        "-- 1/2  aaaaaaaaaaa1  add users  (1_users.sql)",
        "BEGIN;",
        "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
        "-- and its record in the ledger",
        "COMMIT;",
        "",
        "-- 2/2  aaaaaaaaaaa2  add posts  (2_posts.sql)",
        "BEGIN;",
        "CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users (id));",
        "CREATE INDEX posts_author ON posts (author);",
        "-- and its record in the ledger",
        "COMMIT;",
        "",
        "-- Dry run: nothing was executed.",
        "",
      ].join("\n"),
    );
    expect((await project.run(["current"])).stdout).toContain("base");
    await expect(readFile(project.path("app.db"))).rejects.toThrow("ENOENT");
  });

  test("downgrade is refused where nobody can answer, and says how to confirm", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const refused = await project.run(["downgrade"]);
    expect(refused).toMatchObject({ code: 7, stdout: `${noBackup}\n` });
    expect(refused.stderr).toMatch(
      /^error\[confirm\.required\]: .*Nothing was run\.\n {2}3_tags\.sql:11 drops table tags \(no rows\)\nhint: .*--yes/,
    );
    const done = await project.run(["downgrade", "--yes"]);
    expect(done.stdout).toContain("1 reverted");
  });

  test("a revision that fails exits with 6, names the file and line, and leaves the ones before it", async () => {
    const project = await blogProject();
    await project.write({
      "migrations/3_tags.sql": revisionText({
        id: blogIds[2],
        parents: blogIds[1],
        message: "add tags",
        up: "CREATE TABLE tags (name text PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);",
      }),
    });
    const { code, stdout, stderr } = await project.run(["upgrade"]);
    expect(code).toBe(6);
    expect(stdout).toContain("2/3  aaaaaaaaaaa2");
    expect(stdout).not.toContain("3/3");
    expect(stderr).toMatch(/^error\[revision\.failed\]: 3_tags\.sql:9: /);
    expect(stderr).toContain("rolled back");
    expect(stderr).not.toContain("    at ");
    expect((await project.run(["status"])).stdout).toContain("Current database revision: aaaaaaaaaaa2");
    const debugged = await project.run(["upgrade"], { env: { DB_DEBUG: "1" } });
    expect(debugged.stderr).toMatch(/\n {4}at /);
  });

  test("sql writes a script that sqlite3 takes; to a file, the file's name and nothing else is printed", async () => {
    const project = await blogProject();
    const printed = await project.run(["sql"]);
    expect(printed.stdout).toContain("CREATE TABLE users");
    const written = await project.run(["sql", `${blogIds[0]}:head`, "-o", "out/rest.sql"]);
    expect(written).toMatchObject({ code: 0, stdout: "✓ out/rest.sql: 2 revisions, up, for sqlite3\n", stderr: "" });
    const script = await readFile(project.path("out/rest.sql"), "utf8");
    expect(script).toContain("CREATE TABLE tags");
    expect(script).not.toContain("CREATE TABLE users");
  });

  test("stamp changes the ledger and asks before it forgets", async () => {
    const project = await blogProject();
    const stamped = await project.run(["stamp", "head"]);
    expect(stamped.stdout).toBe(
      `✓ The ledger of sqlite:app.db was changed; nothing was run.\n  recorded 3 revisions: ${blogIds.join(", ")}\n`,
    );
    expect(await project.run(["stamp", "base"])).toMatchObject({ code: 7, stdout: "" });
    expect((await project.run(["stamp", "base", "--yes"])).stdout).toContain("forgot 3 revisions");
    expect(await project.run(["stamp"])).toMatchObject({ code: 1 });
  });

  test("reset and db drop need an answer; db create refuses what is there", async () => {
    const project = await blogProject();
    await project.run(["upgrade", "+1"]);
    expect(await project.run(["reset"])).toMatchObject({ code: 7 });
    expect((await project.run(["reset", "--yes"])).stdout).toContain("Revisions       3 applied");
    expect(await project.run(["db", "create"])).toMatchObject({ code: 1 });
    expect(await project.run(["db", "drop"])).toMatchObject({ code: 7 });
    expect((await project.run(["db", "drop", "-y"])).stdout).toBe("✓ Dropped sqlite:app.db\n");
    expect((await project.run(["db", "create"])).stdout).toBe("✓ Created sqlite:app.db\n");
  });
});

describe("looking", () => {
  test("status prints the revision, what is pending, and the history with marks and days", async () => {
    const project = await blogProject();
    await project.run(["upgrade", "+1"]);
    const { code, stdout } = await project.run(["status"]);
    expect(code).toBe(0);
    expect(stdout.replace(today, "DAY")).toBe(
      [
        "Database: sqlite:app.db",
        "Current database revision: aaaaaaaaaaa1",
        "Pending migrations: 2",
        "- aaaaaaaaaaa2: add posts",
        "- aaaaaaaaaaa3: add tags",
        "",
        "Migration history:",
        "✅ add users (DAY)",
        "⏳ add posts (pending)",
        "⏳ add tags (pending)",
        "",
      ].join("\n"),
    );
  });

  test("marks are ASCII where the locale has nothing else", async () => {
    const project = await blogProject();
    await project.run(["upgrade", "+1"]);
    const { stdout } = await project.run(["status"], { env: { LC_ALL: "C" } });
    expect(stdout).toContain("[x] add users");
    expect(stdout).toContain("[ ] add posts");
  });

  test("an edited and a missing revision are told, shown and counted", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const text = await readFile(project.path("migrations/1_users.sql"), "utf8");
    await project.write({ "migrations/1_users.sql": text.replace("name text NOT NULL", "name text") });
    expect((await project.run(["status"])).stdout).toContain("📝 add users");
    const check = await project.run(["check"]);
    expect(check.code).toBe(3);
    expect(check.stdout).toContain("✗ revision.edited: ");
    const { stdout } = await project.run(["show", "aaaaaaaaaaa1", "--diff"]);
    expect(stdout).toContain(
      "-CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n+CREATE TABLE users (id integer PRIMARY KEY, name text);",
    );
    const ran = await project.run(["show", "aaaaaaaaaaa1", "--applied"]);
    expect(ran.stdout).toContain("name text NOT NULL");
    expect(ran.stdout).not.toContain("Revision ");
    expect((await project.run(["stamp", "--accept-edits"])).code).toBe(0);
    expect((await project.run(["check"])).code).toBe(0);
  });

  test("check gives the highest code of what it finds", async () => {
    const project = await blogProject();
    expect((await project.run(["check"])).code).toBe(2);
    await project.write({
      "migrations/4_other.sql": revisionText({
        id: "bbbbbbbbbbb1",
        parents: blogIds[0],
        message: "other",
        up: "SELECT 1;",
      }),
    });
    const { code, stdout } = await project.run(["check"]);
    expect(code).toBe(4);
    expect(stdout).toContain("keelson merge");
    expect((await project.run(["check", "--offline"])).code).toBe(4);
    expect(await project.run(["merge", "-m", "join"])).toMatchObject({ code: 0 });
    expect((await project.run(["check", "--offline"])).code).toBe(0);
  });

  test("history draws branches, newest first, as many as wanted; heads are told", async () => {
    const project = await blogProject();
    await project.write({
      "migrations/4_other.sql": revisionText({
        id: "bbbbbbbbbbb1",
        parents: blogIds[0],
        message: "other",
        up: "SELECT 1;",
      }),
    });
    expect((await project.run(["heads"])).stdout.split("\n")).toHaveLength(3);
    const table = await project.run(["history", "--offline", "-n", "2"]);
    expect(table.stdout.trimEnd().split("\n")).toHaveLength(2);
    const drawing = await project.run(["history", "--graph", "--offline"]);
    const rows = drawing.stdout.trimEnd().split("\n");
    for (const id of [...blogIds, "bbbbbbbbbbb1"])
      expect(rows.filter((row) => row.includes(` ${id} `))).toHaveLength(1);
    expect(rows.filter((row) => !/[ab]{11}\d/.test(row))).not.toHaveLength(0);
  });

  test("doctor, and --check-only on any verb, test the connection and stop", async () => {
    const project = await blogProject();
    await project.run(["upgrade", "+1"]);
    for (const args of [["doctor"], ["upgrade", "--check-only"]]) {
      const { code, stdout } = await project.run(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^✓ Connected to sqlite:app\.db/);
      expect(stdout).toMatch(/Ledger +1 applied/);
      expect(stdout).toContain("keelson.config.json");
    }
    expect((await project.run(["current"])).stdout).toContain(blogIds[0]);
  });
});

describe("writing", () => {
  test("init, create and upgrade lead from an empty folder to a database", async () => {
    const cwd = await temporaryFolder("new");
    expect(await runKeelson(["init", "--url", "sqlite:app.db"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await runKeelson(["init"], { cwd })).toMatchObject({ code: 1 });
    const created = await runKeelson(["create", "--empty", "add", "users"], { cwd });
    expect(created.stdout).toMatch(
      /^✓ [0-9a-f]{12} {2}add users {2}\(builds on base\)\n {2}migrations\/\d{14}_add_users\.sql\n$/,
    );
    expect((await runKeelson(["upgrade"], { cwd })).stdout).toContain("Revisions       1 applied");
  });

  test("create without a schema source says where one would be looked for, and writes nothing", async () => {
    const cwd = await temporaryFolder("bare");
    const { code, stderr } = await runKeelson(["create", "add users"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error\[source\.missing\]: .*models\/.*schema\/[\s\S]*hint: .*keelson init/);
    expect(existsSync(join(cwd, "migrations"))).toBe(false);
  });

  test("create writes SQLx's layouts, and refuses to guess between two", async () => {
    const cwd = await temporaryFolder("sqlx");
    const pair = await runKeelson(["create", "--empty", "--reversible", "--sequential", "add_users"], { cwd });
    expect(pair.stdout).toMatch(/migrations\/0001_add_users\.up\.sql\n {2}migrations\/0001_add_users\.down\.sql/);
    expect((await runKeelson(["create", "--empty", "--simple", "--reversible", "x"], { cwd })).code).toBe(1);
  });
});
