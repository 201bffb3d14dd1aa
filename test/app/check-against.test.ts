import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { merge } from "../../src/app/merge.ts";
import { makeProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 60_000 });

const users = "CREATE TABLE users (\n  id integer PRIMARY KEY,\n\n  name text\n);\n";

/** A project in a subfolder of a repository, with one revision on `main`. */
async function repository() {
  const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
  const project = await makeProject({
    config,
    files: { "schema/users.sql": users, ".gitignore": "app.db\n.keelson\n" },
  });
  const cwd = project.root;
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", cwd, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });
  const commit = () => {
    git("add", "-A");
    git("commit", "-q", "-m", "more");
  };
  git("init", "-q", "-b", "main");
  await create({ cwd, message: "users" });
  commit();
  git("checkout", "-q", "-b", "feature");
  const judged = async () => {
    const { problems, unknown } = await check({ cwd, against: "main" });
    return { codes: problems.map(({ code }) => code), problems, unknown };
  };
  return { ...project, cwd, git, commit, judged };
}

test("check --against judges the models of the merge by its history", async () => {
  const { cwd, git, commit, judged, write } = await repository();
  expect(await judged()).toMatchObject({ codes: [], unknown: [] });

  // Each branch adds a model; main forgot the revision, and only the merge shows it here.
  git("checkout", "-q", "main");
  await write({ "schema/posts.sql": "CREATE TABLE posts (id integer);\n" });
  commit();
  git("checkout", "-q", "feature");
  await write({ "schema/users.sql": users.replace("name text", "name text,\n  age integer") });
  await create({ cwd, message: "age" });
  expect(await check({ cwd, offline: true })).toMatchObject({ problems: [] });
  const before = git("status", "--porcelain");
  const ahead = await judged();
  expect(ahead).toMatchObject({ codes: ["models.ahead"], unknown: [] });
  expect(ahead.problems[0]?.message).toContain("posts");
  expect(ahead.problems[0]?.message).not.toContain("age");
  expect(git("status", "--porcelain")).toBe(before);
  expect(git("stash", "list")).toBe("");

  // With its revision on main, the merge has two heads, and after `merge` all is in order.
  commit();
  git("checkout", "-q", "main");
  await create({ cwd, message: "posts" });
  commit();
  git("checkout", "-q", "feature");
  expect((await judged()).codes).toEqual(["history.several-heads"]);
  git("merge", "-q", "main", "-m", "merge");
  await merge({ cwd });
  expect(await judged()).toMatchObject({ codes: [], unknown: [] });
  expect((await readdir(`${cwd}/.keelson/cache`)).filter((name) => name.startsWith("merge-"))).toEqual([]);
});

test("check --against sees what was merged into one file, and says what it can't judge", async () => {
  const { git, commit, judged, write } = await repository();
  git("checkout", "-q", "main");
  await write({ "schema/users.sql": users.replace("(\n", "(\n  mail text,\n") });
  commit();
  git("checkout", "-q", "feature");
  await write({ "schema/users.sql": users.replace("name text", "name text -- a name") });
  expect((await judged()).problems).toMatchObject([
    { code: "models.ahead", message: expect.stringContaining("users.mail") },
  ]);
  await write({ "schema/users.sql": users.replace("(\n", "(\n  phone text,\n") });
  expect(await judged()).toMatchObject({
    codes: [],
    unknown: [expect.stringMatching(/^after the merge: git can't merge with main/)],
  });
  await write({
    "schema/users.sql": users,
    "keelson.config.ts": 'export default { url: "sqlite:app.db", schema: [{ program: "cat schema/users.sql" }] };\n',
  });
  expect(await judged()).toMatchObject({
    codes: [],
    unknown: [expect.stringContaining("a program prints them")],
  });
});
