import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, migrateProject } from "./databases.ts";

const base =
  "create table people (id integer primary key, name text);\ncreate index people_name on people (name);\ncreate view names as select name from people;\n";
const functions = "create function twice(n integer) returns integer language sql immutable as 'select n * 2';\n";

/** Changes by hand, what each of them must be named by, and where it can be made. */
const changes: readonly (readonly [what: string, change: string, undo: string, named: RegExp, everywhere: boolean])[] =
  [
    ["a table", "create table extra (n integer)", "drop table extra", /extra/, true],
    [
      "a column",
      "alter table people add column age integer",
      "alter table people drop column age",
      /people.*age|age/,
      true,
    ],
    ["an index", "drop index people_name", "create index people_name on people (name)", /people_name/, true],
    ["a view", "drop view names", "create view names as select name from people", /names/, true],
    [
      "a function",
      "create or replace function twice(n integer) returns integer language sql immutable as 'select n * 3'",
      "create or replace function twice(n integer) returns integer language sql immutable as 'select n * 2'",
      /twice/,
      false,
    ],
    [
      "a column's default",
      "alter table people alter column name set default 'x'",
      "alter table people alter column name drop default",
      /name/,
      false,
    ],
    [
      "a constraint",
      "alter table people add constraint short check (length(name) < 9)",
      "alter table people drop constraint short",
      /short/,
      false,
    ],
  ];

describe.each(engines)("drift on %s", (engine) => {
  test("each change by hand is found, named, and gone when it is undone", async () => {
    const project = await migrateProject(engine, { "1_a.up.sql": engine === "sqlite" ? base : base + functions });
    await upgrade(project.options);
    for (const [what, change, undo, named] of changes.filter((entry) => engine !== "sqlite" || entry[4])) {
      await project.execute(change);
      const [problem] = (await check(project.options)).problems;
      expect(problem, what).toMatchObject({ code: "drift.found", message: expect.stringMatching(named) });
      await project.execute(undo);
      expect((await check(project.options)).problems, `${what}, undone`).toEqual([]);
    }
    await project.execute("insert into people values (1, 'Ann')");
    expect((await check(project.options)).problems).toEqual([]);
  });

  test("a run that failed half-way stores what it did, so that it is not taken for drift", async () => {
    const project = await migrateProject(engine, { "1_a.up.sql": base, "2_b.up.sql": "create table two (n integer);" });
    await upgrade({ ...project.options, target: "1" });
    await project.write({ "migrations/3_c.up.sql": "insert into nowhere values (1);" });
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.failed" });
    expect((await check(project.options)).problems.map((problem) => problem.code)).toEqual(["revision.pending"]);
  });
});
