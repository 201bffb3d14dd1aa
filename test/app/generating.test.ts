import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { type CreateReport, create } from "../../src/app/create.ts";
import { openEngine } from "../../src/app/open.ts";
import { plan } from "../../src/app/plan.ts";
import { prove } from "../../src/app/prove.ts";
import { sql } from "../../src/app/sql.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { makeProject, type TestProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 60_000 });

const users = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL, note text);\n";

/** A project on SQLite whose schema is one SQL file: the quickest that there is. */
async function sqliteProject(schema = users): Promise<TestProject & { readonly cwd: string }> {
  const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
  const project = await makeProject({ config, files: { "schema/app.sql": schema } });
  return { ...project, cwd: project.root };
}

async function revisionTexts(project: TestProject): Promise<readonly string[]> {
  if (!existsSync(project.path("migrations"))) return [];
  const names = (await readdir(project.path("migrations"))).sort();
  return await Promise.all(names.map((name) => readFile(project.path("migrations", name), "utf8")));
}

function written(report: CreateReport): Extract<CreateReport, { readonly outcome: "written" }> {
  if (report.outcome === "written") return report;
  throw new Error(`create ended with ${report.outcome}`);
}

describe("create", () => {
  test("writes what the schema source needs, proven, once", async () => {
    const { cwd, ...project } = await sqliteProject();
    const events: string[] = [];
    const report = written(
      await create({
        cwd,
        message: "add users",
        on: (event) => void (event.event === "working" && events.push(event.doing)),
      }),
    );
    expect(report.bodies).toMatchObject([
      { dialect: "sqlite", statements: ["create table users"], losses: [], irreversible: null },
    ]);
    expect(report.bodies[0]?.proof).toMatchObject({
      outcome: "proven",
      reversible: true,
      servers: [{ failedAt: null, outcome: "proven" }],
      notOn: [],
    });
    expect(report.read).toEqual([{ dialect: "sqlite", files: ["schema/app.sql"], tables: [] }]);
    expect(events.some((doing) => doing.startsWith("Proving"))).toBe(true);
    const [text] = await revisionTexts(project);
    expect(text).toMatch(/^-- proof: up and down, SQLite \d+\.\d+, sha256 [0-9a-f]{16}$/m);
    expect(text).toMatch(/-- keelson:up\nCREATE TABLE [\s\S]*;\n\n-- keelson:down\n[\s\S]*DROP TABLE users;\n$/);
    await upgrade({ cwd });
    expect(await create({ cwd, message: "nothing" })).toEqual({ outcome: "none", read: report.read });
    expect(await create({ cwd, message: "", check: true })).toMatchObject({ outcome: "none" });
    expect(await check({ cwd })).toMatchObject({ problems: [], unknown: [] });
    expect(await revisionTexts(project)).toHaveLength(1);
  });

  test("asks before it destroys data, and says in the way down what does not come back", async () => {
    const { cwd, ...project } = await sqliteProject();
    await create({ cwd, message: "add users" });
    await project.write({ "schema/app.sql": users.replace(", note text", "") });
    const refused = await create({ cwd, message: "drop note" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "plan.loses-data",
      details: { losses: [expect.stringContaining("users.note")] },
    });
    const asked: (readonly string[])[] = [];
    const decline = async (losses: readonly string[]) => asked.push(losses) < 0;
    await expect(create({ cwd, message: "drop note", confirmLosses: decline })).rejects.toMatchObject({
      code: "confirm.declined",
    });
    expect(asked).toEqual([[expect.stringContaining("users.note")]]);
    expect(await revisionTexts(project)).toHaveLength(1);
    await create({ cwd, message: "drop note", yes: true });
    const text = (await revisionTexts(project))[1] ?? "";
    expect(text).toMatch(/-- Destroys data: .*users\.note/);
    expect(text).toMatch(/-- keelson:down\n-- Not brought back: .*users\.note/);
  });

  test("does not guess renames: each is a question, answered by option or callback", async () => {
    const { cwd, ...project } = await sqliteProject();
    await create({ cwd, message: "add users" });
    await project.write({ "schema/app.sql": users.replace("mail", "email") });
    const refused = await create({ cwd, message: "email" }).catch((error: unknown) => error);
    const questions = [
      {
        kind: "column",
        from: "users.mail",
        to: ["users.email"],
        answers: ["--rename users.mail:users.email", "--drop users.mail"],
      },
    ];
    expect(refused).toMatchObject({ code: "plan.ambiguous", details: { questions } });
    expect(await create({ cwd, message: "", check: true })).toMatchObject({
      outcome: "changes",
      questions: [{ from: "users.mail" }],
    });
    await expect(create({ cwd, message: "email", renames: ["users.male:users.email"] })).rejects.toMatchObject({
      code: "plan.ambiguous",
    });
    await expect(create({ cwd, message: "", check: true, renames: ["users.male:users.email"] })).rejects.toMatchObject({
      code: "usage.invalid",
    });
    await expect(create({ cwd, message: "", check: true, drops: ["users.male"] })).rejects.toMatchObject({
      code: "usage.invalid",
    });
    await expect(create({ cwd, message: "email", answerRename: async () => null })).rejects.toMatchObject({
      code: "plan.loses-data",
    });
    expect(await revisionTexts(project)).toHaveLength(1);
    const report = await create({ cwd, message: "email", answerRename: async ({ to }) => to[0] ?? null });
    expect(written(report).bodies[0]).toMatchObject({ losses: [], proof: { outcome: "proven" } });
    expect((await revisionTexts(project))[1]).toMatch(/RENAME COLUMN mail TO email[\s\S]*RENAME COLUMN email TO mail/);
  });

  test("refuses to write what does not converge, unless told to; check then tells, prove tries again", async () => {
    const { cwd, ...project } = await sqliteProject(`${users}CREATE INDEX users_mail ON users (mail);\n`);
    const engine = await withoutLastStatement(cwd);
    const options = { cwd, engine, message: "add users" };
    const refused = await create(options).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "proof.failed",
      message: expect.stringMatching(
        /the way up does not lead to the declared schema[\s\S]*index .*users_mail is missing/,
      ),
    });
    expect(await revisionTexts(project)).toEqual([]);
    const report = written(await create({ ...options, unproven: true }));
    expect(report.bodies[0]?.proof).toMatchObject({ outcome: "failed", servers: [{ failedAt: "up" }] });
    expect((await revisionTexts(project))[0]).toContain("-- proof: none\n");
    const problems = (await check({ cwd, offline: true })).problems.map(({ code }) => code);
    expect(problems).toEqual(["revision.unproven", "models.ahead"]);
    await engine.close();
  });

  test("builds on one head, and says which there are", async () => {
    const { cwd, ...project } = await sqliteProject();
    const first = written(await create({ cwd, message: "add users" }));
    await create({ cwd, empty: true, message: "left" });
    await create({ cwd, empty: true, message: "right", parents: [first.id] });
    await expect(create({ cwd, message: "more" })).rejects.toMatchObject({ code: "history.several-heads" });
    expect(await revisionTexts(project)).toHaveLength(3);
    expect((await check({ cwd, offline: true })).problems.map(({ code }) => code)).toEqual(["history.several-heads"]);
  });

  test("can begin with what the live database has, unless that is elsewhere in the history", async () => {
    const { cwd, ...project } = await sqliteProject();
    const engine = await openEngine(await loadSettings({ cwd }));
    const session = await engine.open("write");
    await session.query("CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL)");
    await session.close();
    const report = written(await create({ cwd, message: "add note", from: "database" }));
    expect(report.bodies[0]).toMatchObject({
      statements: [expect.stringContaining("note")],
      proof: { outcome: "proven" },
    });
    await expect(create({ cwd, message: "more", from: "database" })).rejects.toMatchObject({
      code: "usage.invalid",
      message: expect.stringContaining(`has not applied ${report.id}`),
    });
    expect(await revisionTexts(project)).toHaveLength(1);
    await engine.close();
  });

  test("names the statement, the file and the line that a source fails at, and writes nothing", async () => {
    const { cwd, ...project } = await sqliteProject(`${users}\nCREATE INDEX i\n  ON users (nowhere);\n`);
    await expect(create({ cwd, message: "x" })).rejects.toMatchObject({
      code: "source.failed",
      message: expect.stringMatching(/schema\/app\.sql:[34]: .*nowhere/),
    });
    await project.write({ "schema/app.sql": "CREATE TABEL users (id integer);\n" });
    await expect(create({ cwd, message: "x" })).rejects.toMatchObject({
      code: "source.invalid",
      message: expect.stringContaining("schema/app.sql:1"),
    });
    expect((await check({ cwd, offline: true })).problems).toMatchObject([{ code: "source.invalid" }]);
    expect(await revisionTexts(project)).toEqual([]);
  });
});

describe("plan, sql and check", () => {
  test("show what create would write, and what a run would execute", async () => {
    const { cwd, ...project } = await sqliteProject();
    const models = await plan({ cwd, target: "models" });
    expect(models).toMatchObject({ of: "models", models: { outcome: "changes" } });
    expect((await sql({ cwd, range: "models" })).script).toMatch(/^CREATE TABLE [\s\S]*;\n$/);
    expect(await revisionTexts(project)).toEqual([]);
    expect((await check({ cwd, offline: true })).problems.map(({ code }) => code)).toEqual(["models.ahead"]);
    const report = written(await create({ cwd, message: "add users" }));
    expect(await plan({ cwd })).toMatchObject({
      of: "history",
      run: { direction: "up", steps: [{ id: report.id }], destroys: [] },
    });
    expect(await plan({ cwd, target: "models" })).toMatchObject({ models: { outcome: "none" } });
    expect((await sql({ cwd, range: "models" })).script).toBe("");
  });

  test("plan refuses a database that is ahead of the history", async () => {
    const { cwd, ...project } = await sqliteProject();
    const [file = ""] = written(await create({ cwd, message: "add users" })).files;
    await upgrade({ cwd });
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/^-- id: .*$/m, "-- id: ffffffffffff"));
    await expect(plan({ cwd })).rejects.toMatchObject({ code: "revision.missing" });
    await expect(create({ cwd, message: "x", from: "database" })).rejects.toMatchObject({ code: "revision.missing" });
    expect(await revisionTexts(project)).toHaveLength(1);
  });

  test("check is not silent where nothing can be found out", async () => {
    const config = 'export default { schema: "schema", scratch: "postgres://nobody@127.0.0.1:1/nothing" };\n';
    const project = await makeProject({ config, files: { "schema/app.sql": users } });
    const report = await check({ cwd: project.root, offline: true });
    expect(report.problems).toMatchObject([
      { code: "scratch.unavailable", message: expect.stringMatching(/^Unknown/) },
    ]);
  });
});

describe("prove", () => {
  test("proves again what a person edited, and changes nothing but the proof", async () => {
    const { cwd, ...project } = await sqliteProject();
    const { id, files } = written(await create({ cwd, message: "add users" }));
    const [file = ""] = files;
    expect(await prove({ cwd })).toEqual({ proofs: [], alreadyProven: 1 });
    const edited = (await readFile(file, "utf8")).replace("DROP TABLE users;", "DROP TABLE users; -- by hand");
    await writeFile(file, edited);
    expect((await check({ cwd, offline: true })).problems).toMatchObject([
      { code: "revision.unproven", details: { revisions: [id] } },
    ]);
    expect(await prove({ cwd })).toMatchObject({ proofs: [{ id, recorded: true, proof: { outcome: "proven" } }] });
    const proven = await readFile(file, "utf8");
    const withoutProof = (text: string) => text.replace(/^-- proof: .*\n/m, "");
    expect(proven).not.toBe(edited);
    expect(withoutProof(proven)).toBe(withoutProof(edited));
    expect((await check({ cwd, offline: true })).problems).toEqual([]);
    expect((await prove({ cwd, revisions: ["head"] })).proofs).toHaveLength(1);
    expect(await readFile(file, "utf8")).toBe(proven);
    await expect(prove({ cwd, revisions: ["nowhere"] })).rejects.toMatchObject({ code: "target.unknown" });
    expect(await revisionTexts(project)).toHaveLength(1);
  });

  test("says at what a proof failed, and leaves the file as it is", async () => {
    const { cwd } = await sqliteProject();
    const { files } = written(await create({ cwd, message: "add users" }));
    const [file = ""] = files;
    const wrongDown = (await readFile(file, "utf8")).replace("DROP TABLE users;", "SELECT 1;");
    await writeFile(file, wrongDown);
    const { proofs } = await prove({ cwd });
    expect(proofs).toMatchObject([
      { recorded: false, proof: { outcome: "failed", servers: [{ failedAt: "down", failure: null }] } },
    ]);
    expect(proofs[0]?.proof.servers[0]?.remaining.map(({ name }) => name)).toContain("users");
    const wrongUp = wrongDown.replace("CREATE TABLE", "CREATE TABLE users (id integer);\nCREATE TABLE");
    await writeFile(file, wrongUp);
    const again = await prove({ cwd });
    expect(again.proofs[0]?.proof.servers[0]).toMatchObject({
      failedAt: "up",
      failure: expect.stringContaining("already exists"),
    });
    expect(await readFile(file, "utf8")).toBe(wrongUp);
  });
});

test("a revision in TypeScript is written to fill in, and proven once it is filled in", async () => {
  const { cwd } = await sqliteProject();
  await create({ cwd, message: "add users" });
  const { files } = written(await create({ cwd, ts: true, message: "fill notes" }));
  const [file = ""] = files;
  expect((await prove({ cwd })).proofs).toMatchObject([
    { recorded: false, proof: { outcome: "failed", servers: [{ failedAt: "up" }] } },
  ]);
  await writeFile(file, (await readFile(file, "utf8")).replaceAll(/^ *throw new Error.*\n/gm, ""));
  expect((await prove({ cwd })).proofs).toMatchObject([{ recorded: true, proof: { outcome: "proven" } }]);
  expect(await readFile(file, "utf8")).toMatch(/^\/\/ proof: up and down, SQLite [\d.]+, sha256 [0-9a-f]{16}$/m);
  expect(await prove({ cwd })).toEqual({ proofs: [], alreadyProven: 2 });
  expect(await create({ cwd, message: "nothing" })).toMatchObject({ outcome: "none" });
});

/** The project's engine, with a planner that forgets the last statement of each way up. */
async function withoutLastStatement(cwd: string): Promise<Engine> {
  const engine = await openEngine(await loadSettings({ cwd }));
  const planChanges: Engine["planChanges"] = async (from, to, options) => {
    const made = await engine.planChanges(from, to, options);
    return { ...made, statements: made.statements.slice(0, -1) };
  };
  return new Proxy(engine, {
    get: (target, name) => {
      if (name === "planChanges") return planChanges;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
