import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { migrateProject } from "./databases.ts";

const revisions = {
  "1_one.up.sql": "create table one (id integer);\n",
  "1_one.down.sql": "drop table one;\n",
  "2_two.up.sql": "create table two (id integer);\n",
  "2_two.down.sql": "drop table two;\n",
};

test("a step whose ground another run took away between two steps is not run", async () => {
  const project = await migrateProject("sqlite", revisions);
  const revertFirst = () => {
    const other = new Database(project.path("app.db"));
    other.exec("begin immediate; drop table one; delete from keelson_ledger where id = '1'; commit");
    other.close();
  };
  const run = upgrade({
    ...project.options,
    on: (event) => {
      if (event.event === "revision-started" && event.id === "2") revertFirst();
    },
  });
  await expect(run).rejects.toMatchObject({ code: "lock.lost", message: expect.stringContaining("reverted 1") });
  expect(await project.applied()).toEqual([]);
  await upgrade(project.options);
  expect(await project.applied()).toEqual(["1", "2"]);
});

test("a revision on which another run put something between two steps is not reverted", async () => {
  const project = await migrateProject("sqlite", revisions);
  await upgrade(project.options);
  const applySecond = () => {
    const other = new Database(project.path("app.db"));
    other.exec(
      "begin immediate; create table two (id integer); insert into keelson_ledger select history, '2', file, message, parents, checksum, origin, applied_at, applied_by, duration_ms, source from keelson_ledger where id = '1'; commit",
    );
    other.close();
  };
  const run = downgrade({
    ...project.options,
    target: "base",
    yes: true,
    on: (event) => {
      if (event.event === "revision-started" && event.id === "1") applySecond();
    },
  });
  await expect(run).rejects.toMatchObject({ code: "lock.lost" });
  expect(await project.applied()).toEqual(["1", "2"]);
});
