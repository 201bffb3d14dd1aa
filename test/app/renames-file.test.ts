import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readRenames } from "../../src/app/read-renames-file.ts";
import { RenameAnswers } from "../../src/app/rename-answers.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { create } from "../../src/index.ts";
import { makeProject } from "../support/project.ts";

describe("readRenames", () => {
  test("lines", () => {
    const text = '\uFEFF# renamed\r\nrename users:people\r\n\r\n  rename "a b":"c d"  \ndrop\tusers.age\n';
    expect(readRenames(text, "f")).toEqual({ renames: ["users:people", '"a b":"c d"'], drops: ["users.age"] });
  });

  test("JSON, such as questions with their answers", () => {
    const text = JSON.stringify([
      { kind: "table", from: "public.users", to: "public.people", answers: ["--drop public.users"] },
      { from: "users.age", to: null },
      { kind: "enum-value", from: "mood.sad", to: null },
    ]);
    expect(readRenames(text, "f")).toEqual({
      renames: ["table:public.users:public.people"],
      drops: ["users.age", "enum-value:mood.sad"],
    });
  });

  test.each([
    ["rename a:b\nrenames c:d", /f, line 2: "renames c:d" says neither/],
    ["rename", /line 1/],
    ["[1]", /entry 1 has no text "from"/],
    ['[{"from": "a", "to": ["b"]}]', /entry 1 needs one name as "to"/],
    ["[", /f is not JSON/],
  ])("%j is refused", (text, message) => {
    expect(() => readRenames(text, "f")).toThrow(message);
  });
});

test("an answer that was written for PostgreSQL counts on SQLite too, with its kind in front or without", () => {
  const catalog = (table: string): Catalog => {
    const made = { name: table, parent: null, attributes: {}, dependsOn: [], position: 0 };
    const objects = [{ ...made, kind: "table", id: `table:main.${table}` } as const];
    return { format: 3, dialect: "sqlite", serverVersion: "3.53", objects, unmanaged: [] };
  };
  const found = [{ kind: "table", from: "table:main.users", to: "table:main.people" }];
  for (const text of ["users:people", "public.users:public.people", "table:public.users:public.people"]) {
    const answers = new RenameAnswers({ renames: [text], drops: ["public.users", "users"] });
    expect(answers.resolve(catalog("users"), catalog("people"))).toEqual(found);
    answers.refuseUnused();
    expect(answers.isDropped({ kind: "table", from: "users" })).toBe(true);
    expect(answers.isDropped({ kind: "column", from: "posts.users" })).toBe(false);
    expect(answers.isDropped({ kind: "table", from: "people" })).toBe(false);
  }
  const misspelt = new RenameAnswers({ renames: ["enum-value:mood.sad:mood.low"] });
  expect(misspelt.resolve(catalog("users"), catalog("people"))).toEqual([]);
  expect(() => misspelt.refuseUnused()).toThrow(/"enum-value:mood\.sad:mood\.low" renames nothing/);
});

test("a file answers as the options do, and what fits nothing in it is an error", async () => {
  const declared = (table: string, column: string): string =>
    `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${column} TEXT NOT NULL, old TEXT);\n`;
  const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
  const project = await makeProject({ config, files: { "schema/app.sql": declared("users", "mail") } });
  const cwd = project.root;
  await create({ cwd, message: "users" });
  await project.write({ "schema/app.sql": declared("people", "email"), "answers.txt": "rename users:people\n" });
  const options = { cwd, message: "people", renamesFile: "answers.txt" };
  await expect(create(options)).rejects.toMatchObject({
    code: "plan.ambiguous",
    details: { questions: [{ kind: "column", from: "users.mail", to: ["people.email"] }] },
  });
  await project.write({ "answers.txt": "rename users:people\nrename users.mail:people.email\ndrop people.olt\n" });
  await expect(create(options)).rejects.toMatchObject({ code: "usage.invalid", details: { name: "people.olt" } });
  await expect(create({ ...options, renamesFile: "nothing.txt" })).rejects.toMatchObject({ code: "usage.invalid" });
  await project.write({ "answers.txt": "rename users:people\nrename users.mail:people.email\n" });
  const report = await create(options);
  expect(report).toMatchObject({
    outcome: "written",
    bodies: [{ losses: [], statements: ["rename table users to people", "rename column people.mail to email"] }],
  });
  const [, second = ""] = (await readdir(project.path("migrations"))).sort();
  expect(await readFile(project.path("migrations", second), "utf8")).toMatch(
    /-- Renamed: users:people\n[\s\S]*-- Renamed: users\.mail:people\.email\n/,
  );
});
