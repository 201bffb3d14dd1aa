import { describe, expect, test, vi } from "vitest";
import { type BlogProject, blogIds, blogProject, records } from "./blog-project.ts";
import { startOnTerminal, terminalMissing } from "./terminal.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const code = `// keelson
// id: aaaaaaaaaaa4
// parents: ${blogIds[2]}
// message: every user gets a role

import { defineRevision } from "keelson";

export default defineRevision({
  preflight: { "the table users exists": (db) => db.hasTable("users") },
  confirm: "Make everybody a reader?",
  async up(db) {
    db.log("Adding roles");
    await db.exec("ALTER TABLE users ADD COLUMN role text");
    const { rowCount } = await db.query("UPDATE users SET role = $1", ["reader"]);
    db.progress("Users", rowCount, rowCount);
  },
  async down(db) {
    await db.exec("ALTER TABLE users DROP COLUMN role");
  },
  shows: ["users"],
});
`;

async function project(text = code): Promise<BlogProject> {
  const made = await blogProject();
  await made.run(["upgrade"]);
  await made.write({ "migrations/4_roles.ts": text });
  return made;
}

describe("a TypeScript revision on the command line", () => {
  test("is previewed, asks, says what it does and shows what it left", async () => {
    const { run } = await project();
    const preview = await run(["upgrade", "--dry-run"]);
    expect(preview.stdout).toContain("(4_roles.ts)\n-- written as code: which statements it runs is known only when");
    expect(preview.stdout).toContain("-- would ask: Make everybody a reader?");
    const unanswered = await run(["upgrade"]);
    expect(unanswered.code).toBe(7);
    expect(unanswered.stderr).toMatch(
      /^error\[confirm\.required\]: .*4_roles\.ts.*"Make everybody a reader\?".*\nRevision aaaaaaaaaaa4 was not run\. No other revision ran\.\nhint: .*--yes/,
    );
    const done = await run(["upgrade", "--yes"]);
    expect(done.code).toBe(0);
    expect(done.stdout).toMatch(
      /: 1 revision\n {6}aaaaaaaaaaa4 {2}Adding roles\n {6}Table users\n {8}id {4}INTEGER\n {8}name {2}TEXT {2}not null\n {8}role {2}TEXT\n {2}✓ 1\/1 {2}aaaaaaaaaaa4/,
    );
    expect((await run(["sql", `${blogIds[2]}:head`])).stderr).toContain("4_roles.ts (aaaaaaaaaaa4) is written as code");
    expect((await run(["show", "head"])).stdout).toContain("export default defineRevision({");
    const back = records((await run(["downgrade", "--yes", "--json"])).stdout);
    expect(back).toContainEqual(expect.objectContaining({ event: "revision-finished", outcome: "reverted" }));
  });

  test("fails with its file, its line and no stack, which DB_DEBUG shows", async () => {
    const { run } = await project(code.replace("ALTER TABLE users", "ALTER TABLE nobody"));
    const plain = await run(["upgrade", "--yes"]);
    expect(plain).toMatchObject({ code: 6 });
    expect(plain.stderr).toMatch(/^error\[revision\.failed\]: 4_roles\.ts:13: up failed: no such table: nobody/);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    expect((await run(["upgrade", "--yes"], { env: { DB_DEBUG: "1" } })).stderr).toMatch(/^\s+at .*4_roles\.ts:13:/m);
  });

  test.skipIf(terminalMissing())("asks on a terminal, above which nothing is drawn", async () => {
    const { root, run } = await project();
    const asked = startOnTerminal(["upgrade"], { cwd: root });
    await asked.shows(/Make everybody a reader\?/);
    // Longer than the pause between two redraws of a run's progress.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    asked.type("y");
    const { code: exit, screen } = await asked.done;
    expect(exit).toBe(0);
    expect(screen).toContain("4_roles.ts (aaaaaaaaaaa4) in sqlite:app.db asks:");
    const [, question = ""] = screen.split("asks:");
    expect(question.split("Adding roles")[0]).not.toMatch(/0\/1/);
    expect((await run(["current"])).stdout).toContain("aaaaaaaaaaa4");
  });
});
