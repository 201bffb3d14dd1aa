import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, ledgerTable, migrateProject } from "./databases.ts";
import { id, revisionText } from "./revision-text.ts";

const a = id("a");
const outside = {
  sqlite: "vacuum;",
  pglite: "create index concurrently people_name on people (name);",
  postgres: "create index concurrently people_name on people (name);",
} as const;

describe.each(engines)("transactions of a run on %s", (engine) => {
  test("a file with a statement that refuses transactions in its middle runs wholly, once, and back", async () => {
    const project = await migrateProject(engine, {
      "1_a.up.sql": [
        "create table people (id integer primary key, name text);",
        "insert into people values (1, 'Ann');",
        outside[engine],
        "insert into people values (2, 'Bob');",
        "alter table people add column age integer;",
      ].join("\n"),
      "1_a.down.sql": `alter table people drop column age;\n${engine === "sqlite" ? "vacuum;" : "drop index concurrently people_name;"}\ndrop table people;`,
    });
    await expect(upgrade({ ...project.options, singleTransaction: true })).rejects.toMatchObject({
      code: "revision.not-transactional",
    });
    expect(await project.applied()).toEqual([]);
    const report = await upgrade(project.options);
    expect(report.steps.map((step) => step.outcome)).toEqual(["applied"]);
    expect((await project.rows("select name from people order by id")).map((row) => row["name"])).toEqual([
      "Ann",
      "Bob",
    ]);
    expect(await project.rows(`select * from ${ledgerTable(engine, "journal")}`)).toEqual([]);
    expect((await check(project.options)).problems).toEqual([]);
    await downgrade({ ...project.options, yes: true });
    expect(await project.applied()).toEqual([]);
    expect(await project.rows(`select * from ${ledgerTable(engine, "journal")}`)).toEqual([]);
  });

  test("a failure after a commit says what stays, and the corrected file is taken up from there", async () => {
    const up = (last: string) =>
      `create table people (id integer primary key, name text);\n${outside[engine]}\n${last}\n`;
    const project = await migrateProject(engine, { "1_a.up.sql": up("insert into nowhere values (1);") });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.partial",
      message: expect.stringContaining("Statements 1 to 2 of the 3"),
      details: { line: 3, committedStatements: 2 },
    });
    expect(await project.applied()).toEqual([]);
    const codes = (await check(project.options)).problems.map((problem) => problem.code);
    expect(codes).toContain("revision.partial");
    expect(codes).not.toContain("drift.found");

    await project.write({
      "migrations/1_a.up.sql": up("insert into people values (1, 'Ann');").replace(
        "name text",
        "name text, age integer",
      ),
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.partial",
      details: { statement: 1 },
    });
    await project.write({ "migrations/1_a.up.sql": up("insert into people values (1, 'Ann');") });
    expect((await upgrade(project.options)).steps.map((step) => step.outcome)).toEqual(["resumed"]);
    expect(await project.applied()).toEqual(["1"]);
    expect(await project.rows("select id from people")).toEqual([{ id: 1 }]);
    expect((await check(project.options)).problems).toEqual([]);
  });

  test("transaction: none commits statement by statement", async () => {
    const text = (last: string) =>
      revisionText({
        id: a,
        transaction: "none",
        up: `create table one (n integer);\ninsert into one values (1);\n${last}`,
        down: "drop table one;",
      });
    const project = await migrateProject(engine, { "1_a.sql": text("insert into one values ('x', 'y', 'z');") });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.partial",
      details: { committedStatements: 2 },
    });
    expect(await project.rows("select n from one")).toEqual([{ n: 1 }]);
    await project.write({ "migrations/1_a.sql": text("insert into one values (2);") });
    await upgrade(project.options);
    expect((await project.rows("select n from one order by n")).map((row) => row["n"])).toEqual([1, 2]);
    expect(await project.applied()).toEqual([a]);
  });

  test("transaction-down: none commits the way down alone statement by statement", async () => {
    const text = revisionText({
      id: a,
      transactionDown: "none",
      up: "create table one (n integer);\ninsert into one values (1);",
      down: "delete from one;\ninsert into one values ('x', 'y', 'z');",
    });
    const broken = text.replace("values (1);", "values ('x', 'y', 'z');");
    const project = await migrateProject(engine, { "1_a.sql": broken });
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.failed" });
    expect((await project.objects()).filter((name) => name.startsWith("table:"))).toEqual([]);
    await project.write({ "migrations/1_a.sql": text });
    await upgrade(project.options);
    await expect(downgrade({ ...project.options, yes: true })).rejects.toMatchObject({
      code: "revision.partial",
      details: { committedStatements: 1 },
    });
    expect(await project.rows("select n from one")).toEqual([]);
  });

  test("one transaction for the whole run keeps each revision's ledger row and reports each step", async () => {
    const project = await migrateProject(engine, {
      "1_a.up.sql": "create table one (n integer);",
      "1_a.down.sql": "drop table one;",
      "2_b.up.sql": "insert into one values (1);",
      "2_b.down.sql": "delete from one;",
    });
    const report = await upgrade({ ...project.options, singleTransaction: true });
    expect(report.steps.map((step) => [step.id, step.outcome])).toEqual([
      ["1", "applied"],
      ["2", "applied"],
    ]);
    const back = await downgrade({ ...project.options, target: "base", yes: true, singleTransaction: true });
    expect(back.steps.map((step) => [step.id, step.outcome])).toEqual([
      ["2", "reverted"],
      ["1", "reverted"],
    ]);
    expect(await project.applied()).toEqual([]);
  });

  test("an empty revision and one of comments only are recorded", async () => {
    const project = await migrateProject(engine, {
      "1_a.up.sql": "",
      "2_b.up.sql": "-- nothing here\n/* nor here */\n",
    });
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2"]);
  });
});
