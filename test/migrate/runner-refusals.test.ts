import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { stamp } from "../../src/app/stamp.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, ledgerTable, migrateProject } from "./databases.ts";
import { id, revisionText, tableRevisions } from "./revision-text.ts";

const [a, b, c] = [id("a"), id("b"), id("c")];
const chain = tableRevisions({ a: {}, b: { parents: [a] }, c: { parents: [b] } });

describe.each(engines)("a ledger and files that disagree on %s", (engine) => {
  test("a revision that comes late is refused by name, seen by check, and applied when the policy says so", async () => {
    const project = await migrateProject(engine, chain);
    await upgrade({ ...project.options, target: "head" });
    const late = revisionText({ id: id("d"), parents: [a], up: "create table t_late (n integer);" });
    const [, , name = ""] = Object.keys(chain);
    const rebased = revisionText({
      id: c,
      parents: [b, id("d")],
      up: "create table t_c (id integer primary key);",
      down: "drop table t_c;",
    });
    await project.write({ "migrations/20240101000009_late.sql": late, [`migrations/${name}`]: rebased });
    await stamp({ ...project.options, acceptEdits: true });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.out-of-order",
      message: expect.stringContaining("20240101000009_late.sql"),
      details: { revisions: [id("d")] },
    });
    expect((await check(project.options)).problems.map((problem) => problem.code)).toEqual(["revision.out-of-order"]);
    expect((await status(project.options)).history.find((line) => line.id === id("d"))).toMatchObject({
      outOfOrder: true,
    });
    await upgrade({ ...project.options, outOfOrder: "apply" });
    expect(await project.applied()).toEqual([a, b, c, id("d")]);
    expect((await check(project.options)).problems).toEqual([]);
  });

  test("an edited and a missing revision name their files and change nothing", async () => {
    const project = await migrateProject(engine, chain);
    await upgrade({ ...project.options, target: b });
    const [first = "", second = ""] = Object.keys(chain);
    await project.write({
      [`migrations/${first}`]: (chain[first] ?? "").replace("primary key", "not null primary key"),
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.edited",
      details: { files: [first] },
    });
    await project.write({ [`migrations/${first}`]: (chain[first] ?? "").replace("revision a", "a better message") });
    await rm(project.path("migrations", second));
    const [, , third = ""] = Object.keys(chain);
    await project.write({
      [`migrations/${third}`]: revisionText({ id: c, parents: [a], up: "create table t_c (n integer);" }),
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.missing",
      details: { files: [second] },
    });
    expect((await status(project.options)).history.at(-1)).toMatchObject({ id: b, state: "missing", file: second });
    expect(await project.applied()).toEqual([a, b]);
    await upgrade({ ...project.options, allowMissing: true });
    expect(await project.applied()).toEqual([a, b, c]);
  });

  test("a database that another tool looks after is refused, and stamp is the way in", async () => {
    const project = await migrateProject(engine, chain);
    await project.execute(
      "create table alembic_version (version_num varchar(32) not null primary key)",
      "create table t_a (id integer primary key)",
    );
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "ledger.foreign",
      message: expect.stringContaining("Alembic"),
      hint: expect.stringContaining("keelson stamp"),
    });
    expect((await status(project.options)).ledger).toBe(false);
    expect(await stamp({ ...project.options, targets: [a] })).toMatchObject({ added: [a], removed: [] });
    await upgrade(project.options);
    expect(await project.applied()).toEqual([a, b, c]);
    expect((await check(project.options)).problems).toEqual([]);
  });

  test("a ledger of a newer Keelson and a damaged one are refused and left alone", async () => {
    const project = await migrateProject(engine, chain);
    await upgrade({ ...project.options, target: a });
    const meta = ledgerTable(engine, "meta");
    const everyVerb = async (code: string) => {
      await expect(upgrade(project.options)).rejects.toMatchObject({ code });
      await expect(status(project.options)).rejects.toMatchObject({ code });
      await expect(stamp({ ...project.options, targets: [b] })).rejects.toMatchObject({ code });
    };
    await project.execute(`update ${meta} set value = '99'`);
    await everyVerb("ledger.newer");
    await project.execute(`update ${meta} set value = 'nonsense'`);
    await everyVerb("ledger.damaged");
    await project.execute(`update ${meta} set value = '1'`, `drop table ${ledgerTable(engine, "journal")}`);
    await everyVerb("ledger.damaged");
    expect((await project.objects()).some((name) => name.includes("t_b"))).toBe(false);
  });

  test("stamping records what the database is taken to be, and drift counts from there", async () => {
    const project = await migrateProject(engine, chain);
    await project.execute("create table t_a (id integer primary key)", "create table t_b (id integer primary key)");
    await stamp({ ...project.options, targets: [b] });
    expect(await project.applied()).toEqual([a, b]);
    const codes = async () => (await check(project.options)).problems.map((problem) => problem.code);
    expect(await codes()).toEqual(["revision.pending"]);
    await project.execute("drop table t_b");
    expect(await codes()).toEqual(["revision.pending", "drift.found"]);
    await expect(stamp({ ...project.options, targets: [a] })).rejects.toMatchObject({ code: "confirm.required" });
    await stamp({ ...project.options, targets: [a], yes: true });
    expect(await codes()).toEqual(["revision.pending"]);
    await upgrade(project.options);
    expect(await codes()).toEqual([]);
  });
});
