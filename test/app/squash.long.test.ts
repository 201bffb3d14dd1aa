import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { history } from "../../src/app/history.ts";
import { squash } from "../../src/app/squash.ts";
import { stamp } from "../../src/app/stamp.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 60_000 });

const revision = (id: string, parent: string, up: string, down: string): string =>
  `-- keelson\n-- id: ${id}\n-- parents: ${parent}\n-- message: ${id}\n\n-- keelson:up\n${up}\n\n-- keelson:down\n${down}\n`;

const files = {
  "migrations/20260101000000_a.sql": revision("a1", "", "CREATE TABLE t (id integer PRIMARY KEY)", "DROP TABLE t"),
  "migrations/20260102000000_b.sql": revision(
    "b1",
    "a1",
    "ALTER TABLE t ADD COLUMN b text;",
    "ALTER TABLE t DROP COLUMN b;",
  ),
  "migrations/20260103000000_c.sql": revision(
    "c1",
    "b1",
    "ALTER TABLE t ADD COLUMN c text;",
    "ALTER TABLE t DROP COLUMN c;",
  ),
  "migrations/20260104000000_d.sql": revision("d1", "c1", "CREATE TABLE d (id integer);", "DROP TABLE d;"),
};

async function project(engine: "sqlite" | "postgres", more: Readonly<Record<string, string>> = {}) {
  const url = engine === "sqlite" ? "sqlite:app.db" : await freshDatabase();
  const made = await makeProject({ config: `export default { url: "${url}" };\n`, files: { ...files, ...more } });
  const cwd = made.root;
  const where = async () => {
    const { current, pending } = await status({ cwd });
    return { current: current.map(({ id }) => id), pending: pending.map(({ id }) => id) };
  };
  return { ...made, cwd, where };
}

describe.each(["sqlite", "postgres"] as const)("a squash on %s", (engine) => {
  test("takes the place of its range wherever a database stands", async () => {
    const { cwd, where } = await project(engine);
    await upgrade({ cwd, target: "b1" });
    const made = await squash({ cwd, range: "base:c1" });
    expect(made).toMatchObject({ replaces: ["a1", "b1", "c1"], parents: [], bodies: [{ statements: "anew" }] });
    expect(made.replacedFiles).toHaveLength(3);
    const text = await readFile(made.files[0] ?? "", "utf8");
    expect(text).toContain("-- replaces: a1, b1, c1");
    expect(text).toMatch(/-- proof: up and down/);
    expect(text.match(/ALTER TABLE/g) ?? []).toEqual([]);

    // Inside the range, the replaced revisions go on; what comes after them builds on the last of them.
    expect(await where()).toEqual({ current: ["b1"], pending: ["c1", "d1"] });
    await upgrade({ cwd });
    // Past it, the squash counts, before and after a run has written that down.
    expect(await where()).toEqual({ current: ["d1"], pending: [] });
    expect((await history({ cwd })).lines.map(({ id, state }) => [id, state])).toEqual([
      ["d1", "applied"],
      [made.id, "applied"],
    ]);
    expect((await check({ cwd })).problems).toEqual([]);
    await downgrade({ cwd, target: "-1", yes: true });
    expect(await where()).toEqual({ current: [made.id], pending: ["d1"] });
    for (const file of made.replacedFiles) await rm(file);
    expect(await where()).toEqual({ current: [made.id], pending: ["d1"] });
    await upgrade({ cwd });
    expect((await check({ cwd })).problems).toEqual([]);
    await downgrade({ cwd, target: "base", yes: true });
    expect(await where()).toEqual({ current: [], pending: [made.id, "d1"] });
    await upgrade({ cwd });
    expect(await where()).toEqual({ current: ["d1"], pending: [] });
  });

  test("keeps statements where rows may depend on them, and is refused where a part is built on", async () => {
    const insert = revision("e1", "d1", "INSERT INTO d VALUES (1);", "DELETE FROM d;");
    const { cwd, write, where } = await project(engine, { "migrations/20260105000000_e.sql": insert });
    await write({ "migrations/20260106000000_f.sql": revision("f1", "b1", "SELECT 1;", "SELECT 1;") });
    await expect(squash({ cwd, range: "base:d1" })).rejects.toMatchObject({
      code: "usage.invalid",
      message: expect.stringContaining("f1 (f1) builds on b1, in the middle of base:d1"),
    });
    await rm(join(cwd, "migrations/20260106000000_f.sql"));
    await expect(squash({ cwd, range: "d1:e1" })).rejects.toMatchObject({ code: "usage.invalid" });
    const rows = await squash({ cwd, range: "base:e1" });
    expect(rows.bodies[0]?.statements).toBe("kept");
    await rm(rows.files[0] ?? "");
    const later = await squash({ cwd, range: "b1:head", message: "later" });
    expect(later).toMatchObject({ parents: ["b1"], replaces: ["c1", "d1", "e1"], message: "later" });
    const text = await readFile(later.files[0] ?? "", "utf8");
    expect(text.indexOf("-- e1 e1\n\nINSERT")).toBeGreaterThan(text.indexOf("-- d1 d1\n\nCREATE"));
    expect(text.indexOf("DELETE FROM d")).toBeLessThan(text.indexOf("DROP TABLE d"));
    await upgrade({ cwd });
    expect(await where()).toEqual({ current: [later.id], pending: [] });
    await downgrade({ cwd, target: "base", yes: true });
    expect(await where()).toEqual({ current: [], pending: ["a1", "b1", later.id] });
  });
});

test("asks before and after it what the ends of the range asked, and is proven on every scratch server", async () => {
  const cwd = (
    await makeProject({
      config: `export default { url: "pglite:db", postgres: [15, 18], scratch: ["${await freshDatabase()}", "pglite"] };\n`,
      files: {
        ...files,
        "migrations/20260105000000_e.sql": revision("e1", "d1", "CREATE TABLE e (id integer);", "DROP TABLE e;")
          .replace("-- keelson:up", "-- keelson:require\nSELECT 1 FROM d WHERE id = 9;\n\n-- keelson:up")
          .concat("\n-- keelson:verify\nSELECT 1 FROM e WHERE id IS NULL;\n"),
        "migrations/20260106000000_f.sql": revision("f1", "e1", "INSERT INTO e VALUES (1);", "DELETE FROM e;")
          .replace("-- keelson:up", "-- keelson:require\nSELECT 1 FROM e;\n\n-- keelson:up")
          .replace("-- keelson:down", "-- keelson:require-down\nSELECT 1 FROM e WHERE id = 2;\n\n-- keelson:down")
          .concat("\n-- keelson:verify\nSELECT 1 FROM e HAVING count(*) <> 1;\n"),
      },
    })
  ).root;
  const made = await squash({ cwd, range: "d1:head" });
  expect(made.bodies).toMatchObject([
    { statements: "kept", leftOut: ["the verify section of e1", "the require section of f1"] },
  ]);
  expect(made.bodies[0]?.proof.servers.map(({ version, outcome }) => [version, outcome])).toEqual([
    ["15", "proven"],
    ["18", "proven"],
  ]);
  const text = await readFile(made.files[0] ?? "", "utf8");
  expect(text.match(/^-- (proof: .* PostgreSQL|keelson:.*)/gm)).toHaveLength(7);
  expect(text).toMatch(/keelson:require\nSELECT 1 FROM d WHERE id = 9;\n/);
  expect(text).toMatch(/keelson:require-down\nSELECT 1 FROM e WHERE id = 2;\n/);
  expect(text).toMatch(/keelson:verify\nSELECT 1 FROM e HAVING count\(\*\) <> 1;\n/);
  await upgrade({ cwd });
  await downgrade({ cwd, target: "base", yes: true });
});

test("a squash of a squash, a stamp, and a range whose files are gone", async () => {
  const { cwd, where } = await project("sqlite");
  const first = await squash({ cwd, range: "base:b1" });
  const second = await squash({ cwd, range: "base:c1" });
  expect(second.replaces).toEqual([first.id, "c1"]);
  await stamp({ cwd, targets: ["c1"] }).then(
    () => expect.unreachable(),
    (error: unknown) => expect(error).toMatchObject({ code: "target.unknown" }),
  );
  await upgrade({ cwd });
  expect(await where()).toEqual({ current: ["d1"], pending: [] });

  const other = await project("sqlite");
  await upgrade({ cwd: other.cwd, target: "b1" });
  const made = await squash({ cwd: other.cwd, range: "base:c1" });
  for (const file of made.replacedFiles) await rm(file);
  await expect(status({ cwd: other.cwd })).rejects.toMatchObject({
    code: "revision.missing",
    message: expect.stringContaining(`${made.id}) replaces`),
  });
});
