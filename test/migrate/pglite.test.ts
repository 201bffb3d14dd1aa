import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { startApplication } from "./applications.ts";
import { migrateProject } from "./databases.ts";

describe("a run on PGlite", () => {
  test("goes up through statements of both kinds, fails, goes on, and comes back", { timeout: 120_000 }, async () => {
    const project = await migrateProject("pglite", {
      "1_a.up.sql":
        "create table people (id integer primary key, name text);\ninsert into people values (1, 'Zoë');\ncreate index concurrently people_name on people (name);\ninsert into people values (2, 'Bob');",
      "1_a.down.sql": "drop index concurrently people_name;\ndrop table people;",
      "2_b.up.sql": "create schema app;\nset search_path = app;\ncreate table inside (n integer);",
      "2_b.down.sql": "drop table app.inside;\ndrop schema app;",
      "3_c.up.sql": "create table outside (n integer);\n\ninsert into nowhere values (1);",
      "3_c.down.sql": "drop table outside;",
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.failed",
      details: { file: "3_c.up.sql", line: 3 },
    });
    expect((await check(project.options)).problems.map((problem) => problem.code)).toEqual(["revision.pending"]);
    await project.write({ "migrations/3_c.up.sql": "create table outside (n integer);" });
    await upgrade(project.options);
    const objects = (await project.objects()).join(" ");
    expect(objects).toContain("app.inside");
    expect(objects).toContain("public.outside");
    expect((await upgrade(project.options)).direction).toBe("none");
    await downgrade({ ...project.options, target: "base", yes: true });
    expect((await status(project.options)).pending).toHaveLength(3);
  });

  test("refuses a second opener by name while a run has the folder", { timeout: 120_000 }, async () => {
    const project = await migrateProject("pglite", {
      "1_a.up.sql": "create table one (n integer);\nselect pg_sleep(4);",
    });
    const first = startApplication(project.options);
    await first.output(/"revision-started"/);
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "engine.in-use",
      message: expect.stringContaining(String(first.process.pid)),
    });
    expect(await first.end).toMatchObject({ event: "done" });
    expect((await upgrade(project.options)).direction).toBe("none");
  });

  test("is taken up by the next run after it was killed", { timeout: 120_000 }, async () => {
    const project = await migrateProject("pglite", {
      "1_a.up.sql": "create table one (n integer);",
      "2_b.up.sql":
        "create table two (n integer);\ncreate index concurrently two_n on two (n);\ninsert into two values (1);",
    });
    const { signal } = await startApplication({ ...project.options, killAt: 8 }).done;
    expect(signal).toBe("SIGKILL");
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2"]);
    expect(await project.rows("select n from two")).toEqual([{ n: 1 }]);
    expect(await project.rows("select * from pg_index where not indisvalid")).toEqual([]);
  });
});
