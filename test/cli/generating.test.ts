import { expect, test, vi } from "vitest";
import { makeProject } from "../support/project.ts";
import { runKeelson } from "../support/run-keelson.ts";
import { records } from "./blog-project.ts";
import { startOnTerminal, terminalMissing } from "./terminal.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const users = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL, note text);\n";

async function declaredProject() {
  const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
  const project = await makeProject({ config, files: { "schema/app.sql": users } });
  return { ...project, run: (...args: readonly string[]) => runKeelson(args, { cwd: project.root }) };
}

test("create, plan, diff, prove and check say what they did, and exit as documented", async () => {
  const project = await declaredProject();
  const planned = await project.run("plan", "models");
  expect(planned).toMatchObject({ code: 0, stderr: "" });
  expect(planned.stdout).toMatch(
    /^-- Up\nCREATE TABLE [\s\S]*\n-- Down\n[\s\S]*DROP TABLE users;[\s\S]*nothing was executed/,
  );
  const created = await project.run("create", "add", "users");
  expect(created).toMatchObject({ code: 0, stderr: "" });
  expect(created.stdout).toMatch(
    /^✓ [0-9a-f]{12} {2}add users {2}\(builds on base\)\n {2}migrations\/\d{14}_add_users\.sql\n {4}create table users\n {2}✓ Proven up and down on SQLite [\d.]+ in .*s\n$/,
  );
  const nothing = await project.run("create", "again");
  expect(nothing).toMatchObject({ code: 0, stderr: "" });
  expect(nothing.stdout).toBe("✓ No changes detected\nRead    schema/app.sql\nTables  none in models\n");
  expect(await project.run("diff", "models", "history")).toMatchObject({
    code: 0,
    stdout: "✓ No differences between the models and the history\n",
  });
  const differing = await project.run("diff", "base", "head");
  expect(differing).toMatchObject({ code: 2, stderr: "" });
  expect(differing.stdout).toMatch(/^From base to head: \d+ differences\n[\s\S]*\+ table +users +\(3 columns/m);
  expect(await project.run("diff", "base", "head", "--sql")).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^CREATE TABLE [\s\S]*\);\n$/),
  });
  expect((await project.run("prove")).stdout).toContain("Every revision is proven as it is");
  expect((await project.run("prove", "--all")).stdout).toMatch(/^✓ [0-9a-f]{12} {2}add users {2}up and down, SQLite/);
  await project.write({ "schema/app.sql": users.replace("mail", "email") });
  const ahead = await project.run("create", "--check");
  expect(ahead).toMatchObject({ code: 2, stderr: "" });
  expect(ahead.stdout).toMatch(
    /- column +users\.mail\n[\s\S]*create will ask: is users\.mail called users\.email now\?/,
  );
  expect(await project.run("check", "--offline")).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("models.ahead"),
  });
});

test("what is to be decided is an error with its answers where nobody can be asked", async () => {
  const project = await declaredProject();
  await project.run("create", "add users");
  await project.write({ "schema/app.sql": users.replace("mail", "email").replace(", note text", "") });
  const ambiguous = await project.run("create", "email", "--json");
  expect(ambiguous.code).toBe(7);
  expect(records(ambiguous.stdout).at(-1)).toMatchObject({
    event: "error",
    code: "plan.ambiguous",
    exitCode: 7,
    details: {
      questions: [
        { from: "users.mail", answers: ["--rename users.mail:users.email", "--drop users.mail"] },
        { from: "users.note" },
      ],
    },
  });
  const losing = await project.run("create", "email", "--rename", "users.mail:users.email");
  expect(losing).toMatchObject({ code: 7, stdout: "" });
  expect(losing.stderr).toMatch(/^error\[plan\.loses-data\]: [\s\S]*users\.note[\s\S]*hint: .*--yes/);
  const written = await project.run("create", "email", "--rename", "users.mail:users.email", "--yes", "--json");
  expect(written.code).toBe(0);
  const events = records(written.stdout);
  expect(events.some(({ event }) => event === "working")).toBe(true);
  expect(events.at(-1)).toMatchObject({
    event: "result",
    verb: "create",
    outcome: "written",
    bodies: [{ dialect: "sqlite", losses: [expect.stringContaining("note")], proof: { outcome: "proven" } }],
  });
});

test.skipIf(terminalMissing())("on a terminal, both questions are asked", async () => {
  const project = await declaredProject();
  await project.run("create", "add users");
  await project.write({ "schema/app.sql": users.replace("mail", "email").replace(", note text", "") });
  const run = startOnTerminal(["create", "email"], { cwd: project.root });
  await run.shows(/users\.mail is gone from the models\. What became of it\?/);
  run.type("\r");
  await run.shows(/Write it\?/);
  run.type("y");
  const { code, screen } = await run.done;
  expect(code).toBe(0);
  expect(screen).toMatch(/it is called users\.email now/);
  expect(screen).toMatch(/would destroy data:\n.*users\.note/);
  expect(screen).toMatch(/rename column users\.mail to email/);
});
