import { readdir, readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { makeProject } from "../support/project.ts";
import { runKeelson } from "../support/run-keelson.ts";

// Each project starts processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const before = `CREATE TABLE users (id integer PRIMARY KEY, mail text, age integer);
CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users (id), "Ä" text, a text, "B" text);
CREATE INDEX posts_author ON posts (author);
CREATE VIEW mails AS SELECT mail FROM users;
`;
const after = before.replaceAll("mail", "email").replace("age integer", "age text, z text, y text");

/** The files of a project that was made and changed once, without what tells one revision from another. */
async function revisions(locale: string): Promise<readonly string[]> {
  const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
  const project = await makeProject({ config, files: { "schema/app.sql": before } });
  const run = async (...args: readonly string[]): Promise<void> => {
    const env = { LC_ALL: locale, LANG: locale, TZ: locale === "C" ? "UTC" : "Asia/Tokyo" };
    expect(await runKeelson(args, { cwd: project.root, env })).toMatchObject({ code: 0 });
  };
  await run("create", "first");
  await project.write({ "schema/app.sql": after });
  await run("create", "second", "--rename", "users.mail:users.email", "--yes");
  const names = (await readdir(project.path("migrations"))).sort();
  const texts = await Promise.all(names.map((name) => readFile(project.path("migrations", name), "utf8")));
  return texts.map((text) => text.replace(/^-- (id|parents|created): .*$/gm, "-- $1"));
}

test("two processes write the same revision byte for byte, in whatever language and time zone they run", async () => {
  const [one, other] = await Promise.all([revisions("C"), revisions("de_DE.UTF-8")]);
  expect(one).toHaveLength(2);
  expect(one?.[1]).toContain("-- Renamed: users.mail:users.email");
  expect(other).toEqual(one);
});
