import { describe, expect, test } from "vitest";
import { create } from "../../src/app/create.ts";
import { previewUpgrade, upgrade } from "../../src/app/upgrade.ts";
import { migrateProject } from "./databases.ts";

const people = {
  "1_a.sql": "create table people (id integer primary key, name text, note text);\n",
  "2_b.sql": "insert into people values (1, 'Ann', 'x'), (2, 'Bob', 'y');\n",
};

/** A rebuild that takes over these columns of `people`, with these statements behind the copy. */
function rebuild(definition: string, columns: string, more = ""): string {
  return `create table new_people (${definition});
insert into new_people (${columns}) select ${columns} from people;
${more}drop table people;
alter table new_people rename to people;\n`;
}

const all = "id, name, note";

describe("a run on SQLite asks before a rebuild", () => {
  const asks = async (revisions: Readonly<Record<string, string>>, config: { readonly target?: string } = {}) => {
    const project = await migrateProject("sqlite", { ...people, ...revisions });
    await upgrade({ ...project.options, target: config.target ?? "2" });
    const preview = await previewUpgrade(project.options);
    const asked: (readonly string[])[] = [];
    await upgrade({ ...project.options, confirm: async ({ destroys }) => asked.push(destroys) > 0 });
    expect(asked.flat()).toEqual(preview.destroys);
    return { destroys: preview.destroys, rows: await project.rows("select * from people order by id") };
  };

  test("not when every column is copied, and nothing is lost", async () => {
    const script = rebuild("id integer primary key, name text not null, note text default ''", all);
    const { destroys, rows } = await asks({ "3_c.sql": script });
    expect(destroys).toEqual([]);
    expect(rows).toEqual([
      { id: 1, name: "Ann", note: "x" },
      { id: 2, name: "Bob", note: "y" },
    ]);
  });

  test.each([
    ["a column is left out", rebuild("id integer primary key, name text", "id, name"), 3],
    [
      "one is filled from another",
      rebuild("id integer, name text, note text", all).replace("select id, name", "select id, note"),
      3,
    ],
    ["numbers lose the spelling of their texts", rebuild("id integer, name integer, note text", all), 3],
    [
      "rows that are refused are left out",
      rebuild("id integer, name text unique on conflict ignore, note text", all),
      3,
    ],
    [
      "the copy is emptied",
      rebuild("id integer, name text, note text", all, "delete from new_people where id > 1;\n"),
      4,
    ],
    [
      "rows that point to it would go",
      `pragma foreign_keys = on;\n${rebuild("id integer, name text, note text", all)}`,
      4,
    ],
  ])("when %s", async (_what, script, line) => {
    const { destroys } = await asks({ "3_c.sql": `-- a rebuild that keeps every column\n${script}` });
    expect(destroys).toEqual([`3_c.sql:${line + 1} drops table people (2 rows)`]);
  });

  test("what earlier revisions of the run did to the table is known", async () => {
    const added = "alter table people add column age integer;\nalter table people rename column note to remark;\n";
    const kept = rebuild("id integer, name text, remark text, age integer", "id, name, remark, age");
    const forgotten = rebuild("id integer, name text, remark text", "id, name, remark");
    expect((await asks({ "3_c.sql": added, "4_d.sql": kept })).destroys).toEqual([]);
    expect((await asks({ "3_c.sql": added, "4_d.sql": forgotten })).destroys).toEqual([
      "4_d.sql:3 drops table people (2 rows)",
    ]);
  });

  test("a table that is rebuilt twice is looked at both times", async () => {
    const once = rebuild("id integer primary key, name text not null, note text", all);
    const again = rebuild("id integer primary key, name text not null, note text not null", all);
    expect((await asks({ "3_c.sql": once, "4_d.sql": again })).destroys).toEqual([]);
    const forgotten = rebuild("id integer primary key, name text", "id, name");
    expect((await asks({ "3_c.sql": once, "4_d.sql": forgotten })).destroys).toEqual(["4_d.sql:3 drops table people"]);
  });

  test("what the run itself made holds nothing of anybody's", async () => {
    const project = await migrateProject("sqlite", { ...people, "3_c.sql": rebuild("id integer", "id") });
    expect((await previewUpgrade(project.options)).destroys).toEqual([]);
    await upgrade(project.options);
  });
});

test("a rebuild that create wrote is not asked for, one that drops a column is", async () => {
  const table = "CREATE TABLE people (id integer PRIMARY KEY, name text, note text);\n";
  const project = await migrateProject("sqlite", {}, { config: 'export default { schema: "schema" };\n' });
  await project.write({ "schema/app.sql": table });
  await create({ ...project.options, message: "people" });
  await upgrade(project.options);
  await project.execute("insert into people values (1, 'Ann', 'x')");
  await project.write({ "schema/app.sql": table.replace("note text", "note text, UNIQUE (name)") });
  await create({ ...project.options, message: "unique" });
  await upgrade(project.options);
  expect(await project.rows("select * from people")).toEqual([{ id: 1, name: "Ann", note: "x" }]);
  await project.write({ "schema/app.sql": table.replace("note text", "UNIQUE (id)") });
  await create({ ...project.options, message: "drop note", yes: true });
  await expect(upgrade(project.options)).rejects.toMatchObject({ code: "confirm.required" });
});

test.each(["sqlite", "postgres"] as const)("says how much would be lost, by the names of now (%s)", async (engine) => {
  const project = await migrateProject(engine, {
    "1_a.sql":
      "create table people (id integer, name text, note text); create table other (id integer); create table empty (id integer);\n",
    "2_b.sql": [
      "alter table people rename column name to gone;",
      "alter table people rename to folk;",
      "alter table folk drop column gone;",
      "alter table folk drop column note;",
      "drop table folk;",
      "drop table empty;",
      "delete from other;",
      "create table made (id integer);",
      "drop table made;",
    ].join("\n"),
  });
  await upgrade({ ...project.options, target: "1" });
  await project.execute("insert into people values (1, 'Ann', null), (2, 'Bob', null), (3, null, null)");
  await project.execute("insert into other values (1)");
  const { destroys } = await previewUpgrade(project.options);
  const made = engine === "sqlite" ? [] : ["2_b.sql:9 drops table made"];
  expect(destroys).toEqual([
    "2_b.sql:3 drops column folk.gone (2 values)",
    "2_b.sql:4 drops column folk.note (no values)",
    "2_b.sql:5 drops table folk (3 rows)",
    "2_b.sql:6 drops table empty (no rows)",
    "2_b.sql:7 deletes every row of other (1 row)",
    ...made,
  ]);
  await expect(upgrade(project.options)).rejects.toMatchObject({
    code: "confirm.required",
    message: expect.stringContaining("\n  2_b.sql:5 drops table folk (3 rows)\n"),
  });
});

describe("a column that rows have no value for", () => {
  test.each([
    ["sqlite", "alter table people add column age integer not null;\n"],
    ["sqlite", rebuild("id integer, name text, note text, age integer not null", all)],
    ["postgres", "alter table people add column age text not null, add column more integer;\n"],
  ] as const)("is told before the run where the table holds rows (%s)", async (engine, script) => {
    const project = await migrateProject(engine, { "1_a.sql": people["1_a.sql"], "3_c.sql": script });
    await upgrade({ ...project.options, target: "1" });
    expect((await previewUpgrade(project.options)).obstacles).toEqual([]);
    await project.execute("insert into people values (1, 'Ann', 'x')");
    expect((await previewUpgrade(project.options)).obstacles).toEqual([
      expect.stringMatching(/^3_c\.sql:\d would fail now: people holds rows, which have no value for age/),
    ]);
    await expect(upgrade({ ...project.options, yes: true })).rejects.toMatchObject({ code: "revision.failed" });
    expect(await project.applied()).toEqual(["1"]);
  });

  test.each([
    "alter table people add column age integer not null default 0;\n",
    "alter table people add column age bigint not null generated always as identity;\n",
    "alter table people add column age serial not null;\n",
    "create domain age as integer default 1;\nalter table people add column age age not null;\n",
    "alter table people add column age integer;\n",
  ])("is not told where it has one: %s", async (script) => {
    const project = await migrateProject("postgres", { ...people, "3_c.sql": script });
    await upgrade({ ...project.options, target: "2" });
    expect((await previewUpgrade(project.options)).obstacles).toEqual([]);
    await upgrade(project.options);
  });
});
