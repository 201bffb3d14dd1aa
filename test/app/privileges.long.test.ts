import { readdir, readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { diff } from "../../src/app/diff.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { freshDatabase, sharedServer } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";
import { runStatements } from "./privileges-database.ts";

const reader = `reader_${process.pid}`;
const owning = `owning_${process.pid}`;

beforeAll(async () => {
  await runStatements(sharedServer().url(), [`CREATE ROLE ${reader}`, `CREATE ROLE ${owning}`]);
});

const config = (url: string, more = ""): string =>
  `export default { url: ${JSON.stringify(url)}, schema: "schema"${more} };\n`;

async function lastRevision(project: TestProject): Promise<string> {
  const names = (await readdir(project.path("migrations"))).sort();
  return await readFile(project.path("migrations", names.at(-1) ?? ""), "utf8");
}

test("declared privileges are written, proven and judged; those that an operator gives are drift", async () => {
  const url = await freshDatabase();
  const schema = `CREATE TABLE notes (id integer PRIMARY KEY);\nGRANT SELECT ON notes TO ${reader};\nALTER TABLE notes OWNER TO ${owning};\n`;
  const project = await makeProject({ config: config(url), files: { "schema/app.sql": schema } });
  const options = { cwd: project.root, message: "begin", yes: true };
  expect(await create(options)).toMatchObject({ outcome: "written", bodies: [{ proof: { outcome: "proven" } }] });
  expect(await lastRevision(project)).toContain(`GRANT SELECT ON TABLE public.notes TO ${reader};`);
  expect(await create(options)).toMatchObject({ outcome: "none" });
  await upgrade({ cwd: project.root });
  expect((await check({ cwd: project.root })).problems).toEqual([]);
  await runStatements(url, [`GRANT INSERT ON notes TO ${reader}`]);
  expect((await check({ cwd: project.root })).problems).toMatchObject([{ code: "drift.found" }]);
  await project.write({ "schema/app.sql": `${schema}REVOKE SELECT ON notes FROM ${reader};\n` });
  expect(await create({ ...options, from: "database" })).toMatchObject({ outcome: "written" });
  const text = await lastRevision(project);
  expect(text).toContain(`REVOKE SELECT, INSERT ON TABLE public.notes FROM ${reader};`);
  expect(text).not.toContain("OWNER TO");
});

test("privileges that nobody declares are kept through what is made again, told, and no drift", async () => {
  const url = await freshDatabase();
  const table = "CREATE TABLE notes (id integer PRIMARY KEY, body text);\n";
  const view = (columns: string): string => `CREATE VIEW shown AS SELECT ${columns} FROM notes;\n`;
  const project = await makeProject({
    config: config(url),
    files: {
      "schema/app.sql": `${table}${view("id, body")}`,
      "migrations/1_begin.sql": `-- keelson\n-- id: 0123456789ab\n-- message: begin\n\n-- keelson:up\n${table}${view("id, body")}GRANT SELECT ON shown TO ${reader};\nALTER VIEW shown OWNER TO ${owning};\n\n-- keelson:down\nDROP VIEW shown;\nDROP TABLE notes;\n`,
    },
  });
  await upgrade({ cwd: project.root });
  const notices: string[] = [];
  const on = (event: { readonly event: string; readonly message?: string }): void => {
    if (event.event === "notice") notices.push(event.message ?? "");
  };
  expect(await create({ cwd: project.root, message: "nothing", on })).toMatchObject({ outcome: "none" });
  expect(notices).toEqual([expect.stringContaining("privileges on view public.shown")]);
  await project.write({ "schema/app.sql": `${table}${view("body, id")}` });
  expect(await create({ cwd: project.root, message: "swap" })).toMatchObject({
    outcome: "written",
    bodies: [{ proof: { outcome: "proven" } }],
  });
  const text = await lastRevision(project);
  for (const way of text.split("-- keelson:down")) {
    expect(way).toContain(`GRANT SELECT ON TABLE public.shown TO ${reader};`);
    expect(way).toContain(`ALTER VIEW public.shown OWNER TO ${owning};`);
  }
  await runStatements(url, [`GRANT SELECT ON notes TO ${reader}`]);
  const report = await check({ cwd: project.root });
  expect(report.problems.map(({ code }) => code)).not.toContain("drift.found");
  await project.write({ "keelson.config.ts": config(url, ', privileges: "managed"') });
  expect((await diff({ cwd: project.root, a: "database", b: "models" })).differences).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: "table:public.notes", what: "changed" })]),
  );
});

test("two databases are compared with their privileges, whoever owns them", async () => {
  const urls = [await freshDatabase(), await freshDatabase()] as const;
  for (const url of urls) await runStatements(url, ["CREATE TABLE t (id integer)"]);
  await runStatements(urls[1], [`GRANT SELECT ON t TO ${reader}`]);
  const project = await makeProject({ config: config(urls[0]) });
  const options = { cwd: project.root, a: urls[0], b: urls[1] };
  expect((await diff({ ...options, sql: true })).sql).toBe(`GRANT SELECT ON TABLE public.t TO ${reader};`);
  await project.write({ "keelson.config.ts": config(urls[0], ', privileges: "ignored"') });
  expect(await diff(options)).toMatchObject({ differences: [], unmanaged: [] });
});
