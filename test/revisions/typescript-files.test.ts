import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildHistory } from "../../src/history/graph.ts";
import { type RevisionFolder, readRevisionFolder } from "../../src/revisions/read-folder.ts";
import { readRevisionsAtRef } from "../../src/revisions/read-git-ref.ts";
import { typescriptTemplate } from "../../src/revisions/typescript-template.ts";
import { writeRevision } from "../../src/revisions/write-revision.ts";
import { makeProject } from "../support/project.ts";

const sql = (id: string, parents = "") =>
  `-- keelson\n-- id: ${id}\n-- parents: ${parents}\n\n-- keelson:up\nselect 1;\n`;
const code = (id: string, parents = "", more = "") =>
  `// keelson\n// id: ${id}\n// parents: ${parents}\n${more}\nexport default { up() {}, down() {} };\n`;

async function folderWith(files: Readonly<Record<string, string>>) {
  const project = await makeProject({
    files: { "m/.keep": "", ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`m/${name}`, text])) },
  });
  const directory = project.path("m");
  const read = (dialect: "postgres" | "sqlite" = "postgres") => readRevisionFolder({ directory, dialect });
  return { project, directory, read };
}

function facts(folder: RevisionFolder) {
  return folder.revisions.map(({ id, file, format, hasDown }) => [id, file, format, hasDown]);
}

describe("revision files written as code", () => {
  test("are part of the history by their header, whatever their ending; others are named as not read", async () => {
    const { read } = await folderWith({
      "1_a.sql": sql("aaaa"),
      "2_b.ts": code("bbbb", "aaaa"),
      "3_c.mjs": code("cccc", "bbbb", "// reversible: no\n"),
      "d.js": code("dddd", "cccc"),
      "4_e.mts": code("eeee", "dddd"),
      "notes.ts": "export const helper = 1;\n",
      "types.d.ts": code("ffff"),
      "5_old.py": "",
    });
    const folder = await read();
    expect(facts(folder)).toEqual([
      ["aaaa", "1_a.sql", "sql", false],
      ["bbbb", "2_b.ts", "ts", true],
      ["cccc", "3_c.mjs", "ts", false],
      ["eeee", "4_e.mts", "ts", true],
      ["dddd", "d.js", "ts", true],
    ]);
    expect(folder.unread).toEqual(["5_old.py", "notes.ts", "types.d.ts"]);
    expect(buildHistory(folder.revisions).heads.map(({ id }) => id)).toEqual(["eeee"]);
  });

  test("can't take the id of another, and have no SQL to read", async () => {
    const { read } = await folderWith({ "1_a.sql": sql("aaaa"), "2_b.ts": code("aaaa") });
    const { revisions } = await read();
    expect(() => buildHistory(revisions)).toThrowError(expect.objectContaining({ code: "history.duplicate-id" }));
    const { read: other } = await folderWith({ "2_b.ts": code("bbbb") });
    const folder = await other();
    const [revision] = folder.revisions;
    if (revision === undefined) throw new Error("no revision");
    await expect(folder.readBody(revision)).rejects.toMatchObject({ code: "usage.invalid" });
    expect(await folder.readSource(revision)).toBe(code("bbbb"));
    expect(Object.keys((await folder.loadCode(revision)).definition)).toEqual(["up", "down"]);
  });

  test("are loaded afresh, with what they import, and refused when they changed after the folder was read", async () => {
    const { read, directory } = await folderWith({
      "1_a.ts":
        '// keelson\n// id: aaaa\n\nimport { defineRevision } from "keelson";\nimport { question } from "./shared.ts";\n\nexport default defineRevision({ confirm: question, up() {}, down() {} });\n',
      "shared.ts": 'export const question: string = "first";\n',
    });
    const folder = await read();
    const [revision] = folder.revisions;
    if (revision === undefined) throw new Error("no revision");
    expect((await folder.loadCode(revision)).definition.confirm).toBe("first");
    await writeFile(join(directory, "shared.ts"), 'export const question = "second";\n');
    expect((await folder.loadCode(revision)).definition.confirm).toBe("second");
    await writeFile(join(directory, "1_a.ts"), code("aaaa"));
    await expect(folder.loadCode(revision)).rejects.toMatchObject({ code: "history.invalid-file" });
  });

  test("may be the body for one dialect beside SQL for another, and must not be missing for either", async () => {
    const { read, directory } = await folderWith({
      "1_a.postgres.ts": code("aaaa"),
      "1_a.sqlite.sql": sql("aaaa"),
    });
    expect(facts(await read("postgres"))).toEqual([["aaaa", "1_a.postgres.ts", "ts", true]]);
    expect(facts(await read("sqlite"))).toEqual([["aaaa", "1_a.sqlite.sql", "sql", false]]);
    await writeFile(join(directory, "2_b.sqlite.ts"), code("bbbb", "aaaa"));
    await expect(read("postgres")).rejects.toMatchObject({
      code: "history.invalid-file",
      message: expect.stringContaining("2_b.postgres.ts"),
    });
  });

  test("are read from a git ref", async () => {
    const { project, directory } = await folderWith({ "1_a.ts": code("aaaa"), "helper.ts": "export {};\n" });
    const git = (...args: readonly string[]) => execFileSync("git", ["-C", project.root, ...args], { stdio: "pipe" });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "start");
    const { revisions } = await readRevisionsAtRef({ directory, ref: "main", dialect: "postgres" });
    expect(revisions).toMatchObject([{ id: "aaaa", format: "ts", file: "1_a.ts" }]);
  });

  test("are written from a template that loads and has every part, and come last", async () => {
    const { read, directory } = await folderWith({ "20990101000000_a.sql": sql("aaaa") });
    const written = await writeRevision({
      folder: await read(),
      message: "Add user_id to projects",
      parents: ["aaaa"],
      labels: [],
      dependsOn: [],
      code: typescriptTemplate,
      now: new Date("2026-11-21T09:30:00Z"),
      newId: () => "0123456789ab",
    });
    expect(written.files).toEqual([join(directory, "20990101000001_add_user_id_to_projects.ts")]);
    expect(await readFile(written.files[0] ?? "", "utf8")).toMatch(
      /^\/\/ keelson\n\/\/ id: 0123456789ab\n\/\/ parents: aaaa\n/,
    );
    const folder = await read();
    const last = folder.revisions.at(-1);
    expect(last).toMatchObject({ id: "0123456789ab", format: "ts", hasDown: true, message: "Add user_id to projects" });
    if (last === undefined) throw new Error("no revision");
    const { definition } = await folder.loadCode(last);
    expect(Object.keys(definition)).toEqual(["needed", "preflight", "fixture", "up", "down", "verify", "shows"]);
    expect(typescriptTemplate).toContain("// confirm:");
  });
});
