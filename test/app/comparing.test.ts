import { rm } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { diff } from "../../src/app/diff.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { makeProject } from "../support/project.ts";
import { onLive } from "./on-live.ts";

vi.setConfig({ testTimeout: 90_000 });

const users = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL);\n";

describe("diff", () => {
  test("compares models, history, targets, the live database, other databases and files", async () => {
    const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';
    const project = await makeProject({ config, files: { "schema/app.sql": users } });
    const cwd = project.root;
    await create({ cwd, message: "add users" });
    const differing = async (a: string, b: string): Promise<readonly string[]> => {
      const report = await diff({ cwd, a, b });
      return report.differences.map(({ what, kind, name }) => `${what} ${kind} ${name}`);
    };
    expect(await differing("history", "models")).toEqual([]);
    expect(await differing("base", "head")).toContain("added table users");
    expect(await differing("head", "base")).toContain("removed table users");
    await upgrade({ cwd });
    expect(await differing("database", "history")).toEqual([]);
    await onLive(cwd, "ALTER TABLE users ADD COLUMN note text");
    expect(await differing("history", "database")).toEqual(["added column users.note"]);
    await project.write({ "copy.sql": users.replace("mail text", "mail blob") });
    const changed = await diff({ cwd, a: "models", b: "copy.sql" });
    expect(changed.differences).toMatchObject([
      { what: "changed", name: "users.mail", attributes: [{ name: "type", from: "TEXT", to: "BLOB" }] },
    ]);
    expect(await differing(`sqlite:${project.path("app.db")}`, "models")).toEqual(["removed column users.note"]);
    const { sql, losses } = await diff({ cwd, a: "database", b: "models", sql: true });
    expect(sql).toMatch(/ALTER TABLE users DROP COLUMN note;$/);
    expect(losses).toEqual([expect.stringContaining("users.note")]);
    expect((await check({ cwd })).problems.map(({ code }) => code)).toEqual(["drift.found"]);
  });

  test("refuses what can't be compared, and names what is not there", async () => {
    const project = await makeProject({ config: 'export default { url: "sqlite:app.db" };\n' });
    const cwd = project.root;
    await expect(diff({ cwd, a: "database", b: "pglite::memory:" })).rejects.toMatchObject({ code: "usage.invalid" });
    await expect(diff({ cwd, a: "base", b: "nowhere" })).rejects.toMatchObject({ code: "target.unknown" });
    await expect(diff({ cwd, a: "base", b: "missing.sql" })).rejects.toMatchObject({ code: "source.missing" });
    await expect(diff({ cwd, a: "base", b: "models" })).rejects.toMatchObject({ code: "source.missing" });
  });
});

test("models that can't be read are told with their file and line, a missing extension with its name", async () => {
  const config = 'export default { schema: ["schema"], scratch: "pglite" };\n';
  const project = await makeProject({
    config,
    files: { "schema/models.ts": "export const a = 1;\nexport const b = ;\n" },
  });
  const cwd = project.root;
  await expect(create({ cwd, message: "x" })).rejects.toMatchObject({
    code: "source.invalid",
    message: expect.stringMatching(/schema\/models\.ts:2/),
  });
  await rm(project.path("schema", "models.ts"));
  await project.write({ "schema/a.sql": "CREATE EXTENSION postgis;\n" });
  await expect(create({ cwd, message: "x" })).rejects.toMatchObject({
    code: "scratch.extension",
    message: expect.stringContaining("postgis"),
    hint: expect.stringContaining("scratch"),
  });
});
