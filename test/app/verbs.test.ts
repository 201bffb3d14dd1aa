import { existsSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { createDatabase, dropDatabase } from "../../src/app/database.ts";
import { doctor } from "../../src/app/doctor.ts";
import { heads } from "../../src/app/history.ts";
import { init } from "../../src/app/init.ts";
import { merge } from "../../src/app/merge.ts";
import { reset } from "../../src/app/reset.ts";
import { show } from "../../src/app/show.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { migrateProject } from "../migrate/databases.ts";
import { id, tableRevisions } from "../migrate/revision-text.ts";
import { temporaryFolder } from "../support/project.ts";

const drizzle = fileURLToPath(new URL("../../node_modules/drizzle-orm", import.meta.url));
const [a, b, c] = [id("a"), id("b"), id("c")];

describe("a project from nothing", () => {
  test("init, create, upgrade, branch, merge", async () => {
    const cwd = await temporaryFolder("init");
    const made = await init({ cwd, url: "sqlite:app.db" });
    expect(made.created).toEqual(["migrations/", "models/schema.ts", "keelson.config.ts"]);
    await mkdir(join(cwd, "node_modules"));
    await symlink(drizzle, join(cwd, "node_modules", "drizzle-orm"));
    await expect(init({ cwd })).rejects.toMatchObject({ code: "file.exists" });
    const first = await create({ cwd, message: "add users" });
    if (first.outcome !== "written") throw new Error(`create ended with ${first.outcome}`);
    expect(first).toMatchObject({ message: "add users", parents: [], read: [{ tables: ["users"] }] });
    await expect(create({ cwd, empty: true, message: " " })).rejects.toMatchObject({ code: "usage.invalid" });
    const left = await create({ cwd, empty: true, message: "left" });
    const right = await create({ cwd, empty: true, message: "right", parents: [first.id] });
    expect([left.parents, right.parents]).toEqual([[first.id], [first.id]]);
    expect((await heads({ cwd })).map((line) => line.id).sort()).toEqual([left.id, right.id].sort());
    await expect(create({ cwd, empty: true, message: "more" })).rejects.toMatchObject({
      code: "history.several-heads",
    });
    expect((await check({ cwd, offline: true })).problems.map((problem) => problem.code)).toEqual([
      "history.several-heads",
    ]);
    const merged = await merge({ cwd });
    expect([...merged.parents].sort()).toEqual([left.id, right.id].sort());
    expect((await upgrade({ cwd })).heads).toEqual([merged.id]);
    expect((await check({ cwd })).problems).toEqual([]);
  });
});

describe.each(["sqlite", "postgres"] as const)("a database on %s", (engine) => {
  test("is made, dropped after a confirmation, and made anew by reset", async () => {
    const project = await migrateProject(engine, tableRevisions({ a: {}, b: { parents: [a] } }));
    if (engine === "sqlite") await createDatabase(project.options);
    await expect(createDatabase(project.options)).rejects.toMatchObject({ code: "database.exists" });
    await upgrade(project.options);
    await project.execute("insert into t_a values (1)");
    await expect(dropDatabase(project.options)).rejects.toMatchObject({ code: "confirm.required" });
    await expect(reset({ ...project.options, confirm: async () => false })).rejects.toMatchObject({
      code: "confirm.declined",
    });
    expect(await project.rows("select id from t_a")).toEqual([{ id: 1 }]);
    expect((await reset({ ...project.options, yes: true, target: a })).heads).toEqual([a]);
    expect(await project.rows("select id from t_a")).toEqual([]);
    await dropDatabase({ ...project.options, yes: true });
    await expect(dropDatabase({ ...project.options, yes: true })).rejects.toMatchObject({ code: "database.missing" });
    await expect(doctor(project.options)).rejects.toMatchObject({ code: "database.missing" });
    await createDatabase(project.options);
  });

  test("in production is neither dropped nor reset without a word of its own", async () => {
    const config = "export default { environments: { live: { production: true } } };\n";
    const project = await migrateProject(engine, tableRevisions({ a: {} }), { config });
    await upgrade(project.options);
    const live = { ...project.options, environment: "live", yes: true };
    await expect(dropDatabase(live)).rejects.toMatchObject({
      code: "usage.invalid",
      hint: expect.stringContaining("--allow-production"),
    });
    await expect(reset(live)).rejects.toMatchObject({ code: "usage.invalid" });
    expect(await project.applied()).toEqual([a]);
    expect((await reset({ ...live, allowProduction: true })).heads).toEqual([a]);
  });

  test("show gives the text that ran when the file has changed or is gone", async () => {
    const files = tableRevisions({ a: {}, b: { parents: [a] }, c: { parents: [b] } });
    const project = await migrateProject(engine, files);
    await upgrade(project.options);
    const [first = ""] = Object.keys(files);
    await project.write({
      [`migrations/${first}`]: (files[first] ?? "").replace("primary key", "not null primary key"),
    });
    const [edited] = await show({ ...project.options, target: a });
    expect(edited?.text).toContain("not null primary key");
    expect(edited?.appliedText).not.toContain("not null");
    const [plain] = await show({ ...project.options, target: c });
    expect(plain?.appliedText).toBeNull();
    expect(plain?.paths.every((path) => existsSync(path))).toBe(true);
  });
});

test("reset drops no database that its owner could not create again", async () => {
  const project = await migrateProject("postgres", tableRevisions({ a: {} }));
  await upgrade(project.options);
  const url = new URL(project.options.url ?? "");
  const owner = `owner_${url.pathname.slice(1)}`;
  await project.execute(
    `CREATE ROLE ${owner} LOGIN PASSWORD 'x'; ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${owner}`,
  );
  Object.assign(url, { username: owner, password: "x" });
  await expect(reset({ ...project.options, url: url.href, yes: true, disconnect: true })).rejects.toMatchObject({
    code: "privilege.missing",
    message: expect.stringContaining("left as it is"),
    hint: expect.stringContaining("CREATEDB"),
  });
  expect(await project.applied()).toEqual([a]);
  await project.execute(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO postgres; DROP ROLE ${owner}`);
});

test("a PGlite folder is made by the first run and dropped whole", { timeout: 60_000 }, async () => {
  const project = await migrateProject("pglite", tableRevisions({ a: {} }));
  await upgrade(project.options);
  expect(await readdir(project.root)).toContain("pglite");
  await dropDatabase({ ...project.options, yes: true });
  expect(await readdir(project.root)).not.toContain("pglite");
});
