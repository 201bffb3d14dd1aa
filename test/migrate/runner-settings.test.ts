import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, migrateProject } from "./databases.ts";

/** Says in a table what a revision finds when it begins. */
const look = (n: number) =>
  `insert into public.seen select ${n}, current_user, current_setting('search_path'), current_setting('statement_timeout'), current_setting('work_mem');`;

const revisions = {
  "1_a.up.sql": `create table public.seen (n integer, who text, path text, timeout text, memory text);\n${look(1)}`,
  "2_b.up.sql":
    "create schema elsewhere;\nset search_path = elsewhere;\nset statement_timeout = '77s';\nset work_mem = '5MB';\ncreate table lands_elsewhere (n integer);",
  "3_c.up.sql": `${look(3)}\ncreate table lands_in_public (n integer);`,
};

describe.each(engines.filter((engine) => engine !== "sqlite"))("session settings of one revision on %s", (engine) => {
  test.each([false, true])("do not reach the next (single transaction: %s)", async (singleTransaction) => {
    const project = await migrateProject(engine, revisions);
    await upgrade({ ...project.options, singleTransaction });
    const [first, third] = await project.rows("select who, path, timeout, memory from public.seen order by n");
    expect(third).toEqual(first);
    const objects = (await project.objects()).join(" ");
    expect(objects).toContain("elsewhere.lands_elsewhere");
    expect(objects).toContain("public.lands_in_public");
  });

  test.each([false, true])(
    "a role that a revision takes on writes no ledger row (single transaction: %s)",
    async (singleTransaction) => {
      const project = await migrateProject(engine, {
        "1_a.up.sql": "create table public.seen (n integer, who text, path text, timeout text, memory text);",
        "2_b.up.sql": `set role pg_monitor;\nselect current_user;`,
        "3_c.up.sql": look(3),
      });
      await upgrade({ ...project.options, singleTransaction });
      expect(await project.applied()).toEqual(["1", "2", "3"]);
      const [seen] = await project.rows("select who from public.seen");
      expect(seen?.["who"]).not.toBe("pg_monitor");
    },
  );
});

describe("session settings of a revision on PostgreSQL", () => {
  test("hold for the statements of the same file that run outside a transaction", async () => {
    const project = await migrateProject("postgres", {
      "1_a.up.sql":
        "create schema app;\nset search_path = app;\ncreate table people (name text);\ncreate index concurrently people_name on people (name);\ninsert into people values ('Ann');",
      "1_a.down.sql":
        "set search_path = app;\ndrop index concurrently people_name;\ndrop table people;\ndrop schema app;",
    });
    await upgrade(project.options);
    expect((await project.objects()).join(" ")).toContain("app.people_name");
    await downgrade({ ...project.options, yes: true });
    expect(await project.applied()).toEqual([]);
  });

  test("lock_timeout is local: the URL's own stays for other work, and a revision may set its own", async () => {
    const project = await migrateProject("postgres", {
      "1_a.up.sql": "create table timeouts as select current_setting('lock_timeout') as given;",
      "2_b.up.sql": "set local lock_timeout = '123ms';\ninsert into timeouts select current_setting('lock_timeout');",
    });
    await upgrade({ ...project.options, lockTimeoutMs: 4321 });
    expect((await project.rows("select given from timeouts")).map((row) => row["given"])).toEqual(["4321ms", "123ms"]);
  });
});

describe("waiting for locks on PostgreSQL", () => {
  test("a transaction that waits too long is tried again as a whole, and the blocker is named", async () => {
    const project = await migrateProject("postgres", {
      "1_a.up.sql": "create table busy (n integer);",
      "2_b.up.sql": "create table before_it (n integer);\nalter table busy add column m integer;",
    });
    await upgrade({ ...project.options, target: "1" });
    const bystander = new Client({ connectionString: project.url, application_name: "bystander" });
    await bystander.connect();
    try {
      await bystander.query("begin; insert into busy values (1);");
      const blocked = upgrade({ ...project.options, lockTimeoutMs: 3000, lockRetries: 0 });
      await expect(blocked).rejects.toMatchObject({
        code: "lock.timeout",
        message: expect.stringMatching(/2_b\.up\.sql[\s\S]*held by process \d+ .*bystander/),
      });
      expect((await project.objects()).join(" ")).not.toContain("before_it");
      const retried = upgrade({
        ...project.options,
        lockTimeoutMs: 4000,
        on: (event) => {
          project.events.push(event);
          if (event.event === "retry") void bystander.query("commit");
        },
      });
      expect((await retried).heads).toEqual(["2"]);
      const retry = project.events.find((event) => event.event === "retry");
      expect(retry).toMatchObject({ id: "2", attempt: 1, reason: expect.stringContaining("bystander") });
    } finally {
      await bystander.end();
    }
  });
});
