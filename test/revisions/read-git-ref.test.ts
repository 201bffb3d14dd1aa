import { execFileSync } from "node:child_process";
import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildHistory } from "../../src/history/graph.ts";
import { readRevisionFolder } from "../../src/revisions/read-folder.ts";
import { mergeTrees, readRevisionsAtRef } from "../../src/revisions/read-git-ref.ts";
import { makeProject, temporaryFolder } from "../support/project.ts";

const headed = (id: string, parents = "") =>
  `-- keelson\n-- id: ${id}\n-- parents: ${parents}\n\n-- keelson:up\nselect '${id}';\n`;

/** A repository with a main branch and a feature branch that is checked out, both after these files. */
async function repository(files: Readonly<Record<string, string>>) {
  const project = await makeProject({ files });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", project.root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });
  const commit = (message: string) => {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  };
  git("init", "-q", "-b", "main");
  commit("start");
  git("checkout", "-q", "-b", "feature");
  const directory = project.path("db/migrations");
  const merged = async (ref = "main") => {
    const here = await readRevisionFolder({ directory, dialect: "postgres" });
    return mergeTrees(await readRevisionsAtRef({ directory, ref, dialect: "postgres" }), here.revisions);
  };
  const onMain = async (work: () => Promise<void>) => {
    git("add", "-A");
    const isDirty = git("status", "--porcelain") !== "";
    if (isDirty) git("stash", "-q");
    git("checkout", "-q", "main");
    await work();
    commit("on main");
    git("checkout", "-q", "feature");
    if (isDirty) git("stash", "pop", "-q");
  };
  return { ...project, directory, git, commit, merged, onMain };
}

const ids = (revisions: readonly { readonly id: string }[]) => revisions.map((revision) => revision.id);

describe("revisions at a git ref", () => {
  test("are those of the commit, whatever the work tree has", async () => {
    const repo = await repository({
      "db/migrations/1_a.sql": headed("aaaa1"),
      "db/migrations/notes.txt": "x",
      "db/migrations/old/2_b.sql": "x",
    });
    await rm(repo.path("db"), { recursive: true });
    const tree = await readRevisionsAtRef({ directory: repo.directory, ref: "main", dialect: "postgres" });
    expect(ids(tree.revisions)).toEqual(["aaaa1"]);
    expect(tree.revisions[0]).toMatchObject({ file: "1_a.sql" });
  });

  test("are none where the commit has no such folder", async () => {
    const repo = await repository({ "README.md": "" });
    await repo.write({ "db/migrations/1_a.sql": headed("aaaa1") });
    expect(ids(await repo.merged())).toEqual(["aaaa1"]);
  });

  test("merged with the work tree show two heads before anybody merges", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": headed("aaaa1") });
    await repo.write({ "db/migrations/2_mine.sql": headed("bbbb2", "aaaa1") });
    await repo.onMain(() => repo.write({ "db/migrations/2_theirs.sql": headed("cccc3", "aaaa1") }));
    expect(ids(buildHistory(await repo.merged()).heads)).toEqual(["bbbb2", "cccc3"]);
  });

  test("make one line of headerless files, and refuse a number that both took", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": "select 1;" });
    await repo.write({ "db/migrations/3_mine.sql": "select 3;" });
    await repo.onMain(() => repo.write({ "db/migrations/2_theirs.sql": "select 2;" }));
    const merged = await repo.merged();
    expect(merged.map(({ id, parents }) => [id, parents])).toEqual([
      ["1", []],
      ["2", ["1"]],
      ["3", ["2"]],
    ]);
    await repo.onMain(() => repo.write({ "db/migrations/3_theirs.sql": "select 4;" }));
    const conflicting = await repo.merged();
    expect(() => buildHistory(conflicting)).toThrowError(expect.objectContaining({ code: "history.duplicate-id" }));
  });

  test("are the same revision after a rename on either side, and gone when either side removed them", async () => {
    const repo = await repository({
      "db/migrations/1_a.sql": headed("aaaa1"),
      "db/migrations/2_b.sql": headed("bbbb2", "aaaa1"),
      "db/migrations/3_c.sql": headed("cccc3", "bbbb2"),
    });
    await rename(repo.path("db/migrations/1_a.sql"), repo.path("db/migrations/1_renamed.sql"));
    await rm(repo.path("db/migrations/3_c.sql"));
    expect(ids(await repo.merged())).toEqual(["aaaa1", "bbbb2"]);
    repo.commit("renamed and removed");
    await repo.onMain(async () => {
      await rename(repo.path("db/migrations/2_b.sql"), repo.path("db/migrations/2_other.sql"));
    });
    expect(ids(await repo.merged())).toEqual(["aaaa1", "bbbb2"]);
  });

  test("have what the other side changed, and what this side changed where both did", async () => {
    const repo = await repository({
      "db/migrations/1_a.sql": headed("aaaa1"),
      "db/migrations/2_b.sql": headed("bbbb2", "aaaa1"),
    });
    await repo.write({ "db/migrations/3_c.sql": headed("cccc3", "bbbb2") });
    await repo.onMain(() =>
      repo.write({
        "db/migrations/0_z.sql": headed("zzzz0"),
        "db/migrations/1_a.sql": headed("aaaa1", "zzzz0"),
      }),
    );
    const history = buildHistory(await repo.merged());
    expect(ids(history.revisions)).toEqual(["zzzz0", "aaaa1", "bbbb2", "cccc3"]);
    expect(ids(history.bases)).toEqual(["zzzz0"]);
    await repo.write({ "db/migrations/1_a.sql": headed("aaaa1", "cccc3"), "db/migrations/3_c.sql": headed("cccc3") });
    expect((await repo.merged()).find(({ id }) => id === "aaaa1")?.parents).toEqual(["cccc3"]);
  });

  test("keep one id in two files as two, for the graph to refuse", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": headed("aaaa1") });
    await repo.write({ "db/migrations/2_copy.sql": headed("aaaa1") });
    const merged = await repo.merged();
    expect(() => buildHistory(merged)).toThrowError(expect.objectContaining({ code: "history.duplicate-id" }));
  });

  test("keep everything where the two share no commit here", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": headed("aaaa1") });
    repo.git("checkout", "-q", "--orphan", "other");
    await rm(repo.path("db/migrations/1_a.sql"));
    await repo.write({ "db/migrations/2_b.sql": headed("bbbb2") });
    repo.commit("no parent");
    expect(ids(await repo.merged())).toEqual(["aaaa1", "bbbb2"]);
  });

  test("are found when the folder is reached through a link", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": headed("aaaa1") });
    const link = join(await temporaryFolder(), "link");
    await symlink(repo.root, link);
    const tree = await readRevisionsAtRef({ directory: join(link, "db/migrations"), ref: "HEAD", dialect: "postgres" });
    expect(ids(tree.revisions)).toEqual(["aaaa1"]);
  });

  test("say which ref has a file that can't be read", async () => {
    const repo = await repository({ "db/migrations/1_a.sql": "-- keelson\n-- keelson:up\n" });
    await writeFile(repo.path("db/migrations/1_a.sql"), headed("aaaa1"));
    await expect(repo.merged()).rejects.toThrowError("At main: 1_a.sql:1: The header has no id.");
  });

  test.each([
    ["a ref that git does not know", "nowhere", "git fetch"],
    ["an option in the place of a ref", "--output=x", "git fetch"],
  ])("refuse %s, and say what to do", async (_, ref, hint) => {
    const repo = await repository({ "db/migrations/1_a.sql": headed("aaaa1") });
    await expect(repo.merged(ref)).rejects.toThrowError(
      expect.objectContaining({ code: "usage.invalid", hint: expect.stringContaining(hint) }),
    );
  });

  test("refuse a folder outside of any repository", async () => {
    const directory = join(await temporaryFolder(), "migrations");
    await expect(readRevisionsAtRef({ directory, ref: "main", dialect: "sqlite" })).rejects.toThrowError(
      "is in no git repository",
    );
  });

  test("of 2,000 files are read by one git process in moments", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, at) => [`db/migrations/${at + 1}_r.sql`, `select ${at};\n`]),
    );
    const repo = await repository(files);
    const started = performance.now();
    const tree = await readRevisionsAtRef({ directory: repo.directory, ref: "main", dialect: "postgres" });
    expect(tree.revisions).toHaveLength(2000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
