import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { migrateProject } from "./databases.ts";
import { id, revisionText } from "./revision-text.ts";

const family = {
  "1_a.up.sql": `create table parent (id integer primary key, name text);
create table child (id integer primary key, parent_id integer not null references parent (id) on delete cascade);
insert into parent values (1, 'Ann'), (2, 'Bob');
insert into child values (10, 1), (11, 1), (20, 2);`,
  "1_a.down.sql": "drop table child; drop table parent;",
};

const rebuild = `create table new_parent (id integer primary key, name text not null default '');
insert into new_parent select id, name from parent;
drop table parent;
alter table new_parent rename to parent;`;

describe("foreign keys of a run on SQLite", () => {
  test.each([false, true])(
    "a rebuilt table keeps the rows that point to it (single transaction: %s)",
    async (singleTransaction) => {
      const project = await migrateProject("sqlite", {
        ...family,
        "2_b.up.sql": rebuild,
        "2_b.down.sql": rebuild.replaceAll(" not null default ''", ""),
      });
      await upgrade({ ...project.options, singleTransaction, yes: true });
      expect((await project.rows("select id from child order by id")).map((row) => row["id"])).toEqual([10, 11, 20]);
      await downgrade({ ...project.options, singleTransaction, yes: true });
      expect(await project.rows("select count(*) as n from child")).toEqual([{ n: 3 }]);
    },
  );

  test("pragma foreign_keys=on in the file lets deletes cascade, in that revision only", async () => {
    const project = await migrateProject("sqlite", {
      ...family,
      "2_b.up.sql": "pragma foreign_keys=on;\ndelete from parent where id = 2;",
      "3_c.up.sql": rebuild,
    });
    await upgrade({ ...project.options, yes: true });
    expect((await project.rows("select id from child order by id")).map((row) => row["id"])).toEqual([10, 11]);
  });

  test("a revision that leaves rows pointing at nothing is refused and rolled back", async () => {
    const project = await migrateProject("sqlite", { ...family, "2_b.up.sql": "delete from parent where id = 1;" });
    await expect(upgrade({ ...project.options, yes: true })).rejects.toMatchObject({
      code: "revision.foreign-keys",
      message: expect.stringContaining("child"),
    });
    expect(await project.applied()).toEqual(["1"]);
    expect(await project.rows("select count(*) as n from parent")).toEqual([{ n: 2 }]);
  });

  test("what was broken before a revision is not held against it", async () => {
    const project = await migrateProject("sqlite", { ...family, "2_b.up.sql": "create table more (n integer);" });
    await upgrade({ ...project.options, target: "1" });
    await project.execute("pragma foreign_keys=off", "insert into child values (30, 99)");
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2"]);
  });

  test("a revision of several commits is checked at each of them", async () => {
    const project = await migrateProject("sqlite", {
      ...family,
      "2_b.sql": revisionText({
        id: id("b"),
        transaction: "none",
        up: "insert into parent values (3, 'Cid');\ndelete from parent where id = 1;",
      }),
    });
    await expect(upgrade({ ...project.options, target: "heads", yes: true })).rejects.toMatchObject({
      code: "revision.foreign-keys",
    });
    expect((await project.rows("select id from parent order by id")).map((row) => row["id"])).toEqual([1, 2, 3]);
  });
});

describe("foreign keys of a run on PostgreSQL", () => {
  test("a deferred constraint that fails inside COMMIT rolls its revision back and is told", async () => {
    const project = await migrateProject("postgres", {
      "1_a.up.sql":
        "create table parent (id integer primary key); create table child (parent_id integer references parent deferrable initially deferred);",
      "2_b.up.sql": "create table other (n integer);\ninsert into child values (7);",
    });
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.failed",
      message: expect.stringContaining("2_b.up.sql"),
    });
    expect(await project.applied()).toEqual(["1"]);
    expect((await project.objects()).join(" ")).not.toContain("other");
    await project.write({ "migrations/2_b.up.sql": "create table other (n integer);" });
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2"]);
  });
});
