import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { create } from "../../src/app/create.ts";
import { makeProject } from "../support/project.ts";

describe("one history on two engines", () => {
  const table = (columns: string) => `CREATE TABLE users (${columns});\n`;

  test("has one id, a body for each, and both proven; what only one of the models has is told", async () => {
    const config = `export default {
  url: "sqlite:app.db",
  engines: ["postgres", "sqlite"],
  schema: { postgres: "schema/postgres.sql", sqlite: "schema/sqlite.sql" },
  scratch: "pglite",
};
`;
    const project = await makeProject({
      config,
      files: {
        "schema/postgres.sql": table("id bigint PRIMARY KEY, mail text, seen timestamptz"),
        "schema/sqlite.sql": table("id integer PRIMARY KEY, mail text"),
      },
    });
    const cwd = project.root;
    const notices: string[] = [];
    const report = await create({
      cwd,
      message: "add users",
      on: (event) => void (event.event === "notice" && notices.push(event.message)),
    });
    expect(report).toMatchObject({
      outcome: "written",
      bodies: [
        { dialect: "postgres", proof: { outcome: "proven" } },
        { dialect: "sqlite", proof: { outcome: "proven" } },
      ],
    });
    expect(notices).toEqual(["The models for sqlite lack what those for postgres have: users.seen."]);
    const names = (await readdir(project.path("migrations"))).sort();
    expect(names).toEqual([
      expect.stringMatching(/_users\.postgres\.sql$/),
      expect.stringMatching(/_users\.sqlite\.sql$/),
    ]);
    const texts = await Promise.all(names.map((name) => readFile(project.path("migrations", name), "utf8")));
    const ids = texts.map((text) => /^-- id: (.*)$/m.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(1);
    expect(texts.map((text) => /^-- proof: up and down, (\w+)/m.exec(text)?.[1])).toEqual(["PostgreSQL", "SQLite"]);
    await project.write({
      "schema/postgres.sql": table("id bigint PRIMARY KEY, email text, seen timestamptz"),
      "schema/sqlite.sql": table("id integer PRIMARY KEY, email text"),
    });
    const asked: string[] = [];
    const renamed = await create({
      cwd,
      message: "email",
      answerRename: async ({ from, to }) => {
        asked.push(from);
        return to[0] ?? null;
      },
    });
    expect(asked).toEqual(["public.users.mail"]);
    expect(renamed).toMatchObject({ bodies: [{ losses: [] }, { losses: [] }] });
    expect(await create({ cwd, message: "nothing" })).toMatchObject({ outcome: "none" });
  });
});
