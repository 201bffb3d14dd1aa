import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade, previewDowngrade } from "../../src/app/downgrade.ts";
import { migrate } from "../../src/app/migrate.ts";
import { stamp } from "../../src/app/stamp.ts";
import { status } from "../../src/app/status.ts";
import { previewUpgrade, upgrade } from "../../src/app/upgrade.ts";
import { engines, migrateProject } from "./databases.ts";

const three = {
  "1_one.up.sql": "create table one (id integer primary key);\n",
  "1_one.down.sql": "drop table one;\n",
  "2_two.up.sql": "create table two (id integer primary key, name text);\ncreate index two_name on two (name);\n",
  "2_two.down.sql": "drop table two;\n",
  "3_three.up.sql": "alter table two add column age integer;\n",
  "3_three.down.sql": "alter table two drop column age;\n",
};

describe.each(engines)("a run on %s", (engine) => {
  test("goes up, finds nothing more to do, goes down and either way", async () => {
    const project = await migrateProject(engine, three);
    const up = await upgrade({ ...project.options });
    expect(up.steps.map((step) => [step.id, step.outcome])).toEqual([
      ["1", "applied"],
      ["2", "applied"],
      ["3", "applied"],
    ]);
    expect(up.heads).toEqual(["3"]);
    expect(await project.applied()).toEqual(["1", "2", "3"]);
    expect((await upgrade(project.options)).direction).toBe("none");

    const down = await downgrade({ ...project.options, yes: true });
    expect(down.steps.map((step) => [step.id, step.outcome])).toEqual([["3", "reverted"]]);
    await migrate({ ...project.options, target: "1", yes: true });
    expect(await project.applied()).toEqual(["1"]);
    await migrate({ ...project.options, target: "+1", yes: true });
    expect(await project.applied()).toEqual(["1", "2"]);
    await downgrade({ ...project.options, target: "base", yes: true });
    expect(await project.applied()).toEqual([]);
    expect((await project.objects()).filter((id) => /one|two/.test(id))).toEqual([]);
  });

  test("rolls a failing revision back, keeps what was before it, and goes on when the file is corrected", async () => {
    const project = await migrateProject(engine, {
      ...three,
      "4_four.up.sql": "create table four (id integer);\n\n-- ü\ninsert into\n  missing (id)\nvalues (1);\n",
      "4_four.down.sql": "drop table four;\n",
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.failed",
      message: expect.stringContaining("4_four.up.sql:"),
    });
    expect(await project.applied()).toEqual(["1", "2", "3"]);
    expect((await project.objects()).some((id) => id.includes("four"))).toBe(false);
    await project.write({ "migrations/4_four.up.sql": "create table four (id integer);\n" });
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2", "3", "4"]);
  });

  test("--single-transaction applies all or nothing", async () => {
    const project = await migrateProject(engine, { ...three, "4_bad.up.sql": "insert into missing values (1);" });
    await expect(upgrade({ ...project.options, singleTransaction: true })).rejects.toMatchObject({
      code: "revision.failed",
    });
    expect(await project.applied()).toEqual([]);
    await upgrade({ ...project.options, target: "3", singleTransaction: true });
    expect(await project.applied()).toEqual(["1", "2", "3"]);
  });

  test("refuses an edited, a missing and a late revision by name, and goes on when permitted", async () => {
    const project = await migrateProject(engine, three);
    await upgrade({ ...project.options, target: "3" });
    await project.write({ "migrations/2_two.up.sql": "create table two (id integer primary key);\n" });
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.edited" });
    expect((await check(project.options)).problems.map((problem) => problem.code)).toContain("revision.edited");
    await stamp({ ...project.options, acceptEdits: true });
    expect((await upgrade(project.options)).direction).toBe("none");

    await stamp({ ...project.options, targets: ["base"], yes: true });
    await stamp({ ...project.options, targets: ["3"] });
    expect(await project.applied()).toEqual(["1", "2", "3"]);
    const { rm } = await import("node:fs/promises");
    await rm(project.path("migrations/3_three.up.sql"));
    await rm(project.path("migrations/3_three.down.sql"));
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.missing" });
    expect((await upgrade({ ...project.options, allowMissing: true })).direction).toBe("none");
  });

  test("previews the exact statements and executes nothing", async () => {
    const project = await migrateProject(engine, three);
    const preview = await previewUpgrade(project.options);
    expect(preview.steps.flatMap((step) => step.groups.flatMap((group) => group.statements))).toEqual([
      "create table one (id integer primary key)",
      "create table two (id integer primary key, name text)",
      "create index two_name on two (name)",
      "alter table two add column age integer",
    ]);
    expect(preview.headsAfter).toEqual(["3"]);
    const report = await status(project.options);
    expect(report.ledger).toBe(false);
    expect(report.pending).toHaveLength(3);
    const executed: string[] = [];
    await upgrade({ ...project.options, onStatement: (sql) => executed.push(sql) });
    const whole = executed.join("\n");
    let at = 0;
    for (const statement of preview.steps.flatMap((step) => step.groups.flatMap((group) => group.statements))) {
      at = whole.indexOf(statement, at);
      expect(at, statement).toBeGreaterThan(-1);
    }
    const before = await project.catalog();
    const down = await previewDowngrade({ ...project.options, target: "1" });
    expect(down).toMatchObject({ direction: "down", headsBefore: ["3"], headsAfter: ["1"] });
    expect(down.destroys.join(" ")).toContain("two");
    expect(await project.catalog()).toBe(before);
  });

  test("asks before it goes down or drops, and runs nothing when nobody answers", async () => {
    const project = await migrateProject(engine, three);
    await upgrade(project.options);
    await expect(downgrade(project.options)).rejects.toMatchObject({ code: "confirm.required" });
    await expect(downgrade({ ...project.options, confirm: async () => false })).rejects.toMatchObject({
      code: "confirm.declined",
    });
    await project.write({ "migrations/4_drop.sql": "drop table one;\n" });
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "confirm.required" });
    expect(await project.applied()).toEqual(["1", "2", "3"]);
    await upgrade({ ...project.options, confirm: async (question) => question.destroys.length === 1 });
    expect(await project.applied()).toEqual(["1", "2", "3", "4"]);
  });

  test("sees drift after a change by hand", async () => {
    const project = await migrateProject(engine, three);
    await upgrade(project.options);
    expect((await check(project.options)).problems).toEqual([]);
    await project.execute("create table by_hand (id integer)");
    const report = await check(project.options);
    expect(report.problems.map((problem) => problem.code)).toEqual(["drift.found"]);
    expect(report.problems[0]?.message).toContain("by_hand");
  });
});
