import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { isKeelsonError, type KeelsonError } from "../../src/errors.ts";
import { engines, ledgerTable, migrateProject } from "./databases.ts";
import { id, revisionText } from "./revision-text.ts";

const [a, b] = [id("a"), id("b")];

async function failure(work: Promise<unknown>): Promise<KeelsonError> {
  try {
    await work;
  } catch (error) {
    if (isKeelsonError(error)) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe.each(engines)("a failing revision on %s", (engine) => {
  test("is told with the file and line of the statement, whatever stands before it", async () => {
    const bad = [
      "-- keelson", // 1
      `-- id: ${b}`,
      `-- parents: ${a}`,
      "-- message: größer",
      "",
      "-- keelson:up", // 6
      "-- Ünïcödé 🦀 ; not a statement's end",
      "create table words (word text check (word <> ';'));",
      "insert into words values ('🦀🦀 ; ü'),",
      "  ('second line');",
      "", // 11
      "/* a comment",
      "   of two lines */",
      "insert into words", // 14
      "  (word)",
      "select 'é' || nowhere.word", // 16
      "from words;",
      "-- keelson:down",
      "drop table words;",
    ].join("\n");
    const project = await migrateProject(engine, {
      "1_a.sql": revisionText({ id: a, up: "create table one (n integer);", down: "drop table one;" }),
      "2_b.sql": bad,
    });
    const error = await failure(upgrade(project.options));
    expect(error.code).toBe("revision.failed");
    expect(error.message).toMatch(/^2_b\.sql:1[46]: /);
    expect([14, 16]).toContain(error.details["line"]);
    expect(error.message).toContain("nothing of it remains");
    expect(error.details).toMatchObject({ revision: b, finishedRevisions: 1, committedStatements: 0 });
    expect(await project.applied()).toEqual([a]);
    expect((await project.objects()).some((name) => name.includes("words"))).toBe(false);
    expect((await check(project.options)).problems.map((problem) => problem.code)).toEqual(["revision.pending"]);

    const windows = `\uFEFF${bad.replace("nowhere.word", "word").replaceAll("\n", "\r\n")}`;
    await project.write({ "migrations/2_b.sql": windows });
    await upgrade(project.options);
    await project.write({ "migrations/2_b.sql": bad.replace("nowhere.word", "word") });
    expect((await upgrade(project.options)).direction).toBe("none");
    expect((await check(project.options)).problems).toEqual([]);
  });

  test("leaves a line in the log of attempts and nothing that has to be cleared", async () => {
    const project = await migrateProject(engine, {
      "1_a.up.sql": "create table one (n integer not null);",
      "1_a.down.sql": "drop table one; drop table nowhere;",
    });
    await project.write({ "migrations/2_b.up.sql": "insert into one values (null);" });
    for (const _ of [1, 2]) await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.failed" });
    const report = await status(project.options);
    expect(report.history.map((line) => line.state)).toEqual(["applied", "pending"]);
    const attempts = await project.rows(
      `select revision, action, outcome from ${ledgerTable(engine, "attempt")} order by started_at`,
    );
    expect(attempts.map((row) => `${row["revision"]} ${row["action"]} ${row["outcome"]}`)).toEqual([
      "1 up applied",
      "2 up failed",
      "2 up failed",
    ]);
    const down = await failure(downgrade({ ...project.options, target: "base", yes: true }));
    expect(down).toMatchObject({
      code: "revision.failed",
      details: { direction: "down", file: "1_a.down.sql", line: 1 },
    });
    expect(await project.applied()).toEqual(["1"]);
    expect((await project.objects()).some((name) => name.includes("one"))).toBe(true);
  });

  test("a verify section that finds rows rolls its revision back and shows the first of them", async () => {
    const text = (verify: string) =>
      revisionText({
        id: a,
        up: "create table prices (cents integer);\ninsert into prices values (5), (-3);",
        down: "drop table prices;",
        verify,
      });
    const project = await migrateProject(engine, { "1_a.sql": text("select cents from prices where cents < 0;") });
    const error = await failure(upgrade(project.options));
    expect(error).toMatchObject({ code: "revision.verify-failed" });
    expect(`${error.message}${error.hint}`).toContain("-3");
    expect(await project.applied()).toEqual([]);
    expect((await project.objects()).some((name) => name.includes("prices"))).toBe(false);
    await project.write({ "migrations/1_a.sql": text("select cents from prices where cents > 100;") });
    await upgrade(project.options);
    expect(await project.applied()).toEqual([a]);
  });

  test("what can't run at all is told before anything runs", async () => {
    const project = await migrateProject(engine, {
      "1_a.up.sql": "create table one (n integer);",
      "2_b.up.sql": "create table two (n integer);\n\nselect from where;\n",
    });
    const syntax = await failure(upgrade(project.options));
    expect(syntax).toMatchObject({ code: "revision.syntax", details: { file: "2_b.up.sql", line: 3 } });
    await project.write({ "migrations/2_b.up.sql": "create table two (n integer);\ncommit;\n" });
    const control = await failure(upgrade(project.options));
    expect(control).toMatchObject({ code: "revision.transaction-control", details: { file: "2_b.up.sql", line: 2 } });
    expect((await status(project.options)).ledger).toBe(false);
    await project.write({ "migrations/2_b.up.sql": "create table two (n integer);" });
    await upgrade(project.options);
    await project.write({ "migrations/3_c.sql": "create table three (n integer);" });
    await upgrade(project.options).catch(() => undefined);
    await expect(downgrade({ ...project.options, target: "base", yes: true })).rejects.toMatchObject({
      code: "revision.no-down",
    });
  });
});
