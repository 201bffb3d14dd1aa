import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { upgrade } from "../../src/app/upgrade.ts";
import { startPostgres } from "../support/postgres.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { startApplication } from "./applications.ts";
import { chosen } from "./crashing-runs.ts";
import { migrateProject } from "./databases.ts";
import { locks } from "./many-runs.ts";
import { endedAt, serverBoundaries } from "./server-boundaries.ts";

const sleepy = {
  "1_a.up.sql": "create table people (id integer primary key, name text);",
  "2_b.up.sql": "insert into people values (1, 'Ann');\nselect pg_sleep(2.5);\ninsert into people values (2, 'Bob');",
  "3_c.up.sql": "insert into people values (3, 'Cid');\ncreate index concurrently people_name on people (name);",
  "4_d.up.sql": "insert into people values (4, 'Dan');",
};
const whole = { applied: ["1", "2", "3", "4"], people: [1, 2, 3, 4] };

async function state(project: Awaited<ReturnType<typeof migrateProject>>) {
  const people = await project.rows("select id from people order by id");
  const recorded = await project.rows(
    "select revision from keelson.attempt where outcome = 'applied' order by revision",
  );
  expect(recorded.map((row) => row["revision"])).toEqual(whole.applied);
  expect(await project.rows("select * from pg_index where not indisvalid")).toEqual([]);
  expect(await project.rows("select * from keelson.journal")).toEqual([]);
  return { applied: await project.applied(), people: people.map((row) => row["id"]) };
}

/** Waits until a query on the database finds a row, and gives it. */
async function seen(url: string, query: string): Promise<Readonly<Record<string, unknown>>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (let attempt = 0; attempt < 400; attempt++) {
      const { rows } = await client.query(query);
      if (rows.length > 0) return rows[0];
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`Nothing was found by: ${query}`);
  } finally {
    await client.end();
  }
}

const sleeping = "select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";
const lockHolder =
  "select l.pid, pg_terminate_backend(l.pid) from pg_locks l where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";

describe("a run on PostgreSQL whose server process ends", () => {
  test("is taken up by the next run, at some boundaries of statements, ledger rows and commits", {
    timeout: 120_000,
  }, async () => {
    const uninterrupted = await serverBoundaries();
    expect(uninterrupted.boundaries).toBeGreaterThan(20);
    for (const boundary of chosen(uninterrupted.boundaries, 6)) await endedAt(boundary, uninterrupted.outcome);
  });

  test("after the commit but before its answer: the next run finds it done", { timeout: 60_000 }, async () => {
    const server = await startPostgres({
      settings: { synchronous_standby_names: "nobody", synchronous_commit: "local" },
    });
    try {
      const project = await migrateProject(
        "postgres",
        {
          ...sleepy,
          "2_b.up.sql": "set local synchronous_commit = on;\ninsert into people values (1, 'Ann'), (2, 'Bob');",
        },
        { url: await server.createDatabase() },
      );
      const run = upgrade(project.options);
      run.catch(() => undefined);
      await seen(
        project.url,
        "select pid, pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
      );
      await expect(run).rejects.toMatchObject({
        code: "connection.lost",
        hint: expect.stringContaining("Run the same command again"),
      });
      expect(await project.applied()).toEqual(["1", "2"]);
      await upgrade(project.options);
      expect(await state(project)).toEqual(whole);
    } finally {
      await server.stop();
    }
  });

  test("while a statement runs: nothing of the revision remains", async () => {
    const project = await migrateProject("postgres", sleepy);
    const run = upgrade(project.options);
    run.catch(() => undefined);
    await seen(project.url, `select pg_terminate_backend(pid) from (${sleeping}) as sleeper`);
    await expect(run).rejects.toMatchObject({ code: "connection.lost" });
    expect(await project.applied()).toEqual(["1"]);
    await upgrade(project.options);
    expect(await state(project)).toEqual(whole);
  });
});

describe("a run on PostgreSQL whose network breaks", () => {
  test("says that the outcome is open, and the next run finds out", { timeout: 60_000 }, async () => {
    const direct = await migrateProject("postgres", sleepy);
    const proxy = await startTcpProxy({ port: Number(new URL(direct.url).port) });
    try {
      const run = upgrade({ ...direct.options, url: proxy.through(direct.url) });
      run.catch(() => undefined);
      await seen(direct.url, sleeping);
      proxy.cut();
      await expect(run).rejects.toMatchObject({
        code: "connection.lost",
        message: expect.stringContaining("either wholly done and recorded, or not at all"),
      });
      await upgrade({ ...direct.options, url: proxy.through(direct.url) });
      expect(await state(direct)).toEqual(whole);
      expect(await locks(direct)).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });
});

describe("a run on PostgreSQL that freezes and loses its lock", () => {
  test("between two revisions: another finishes, and the first records nothing after it thaws", {
    timeout: 60_000,
  }, async () => {
    const project = await migrateProject("postgres", sleepy);
    const frozen = startApplication(project.options);
    await seen(project.url, sleeping);
    frozen.kill("SIGSTOP");
    await seen(project.url, lockHolder);
    const report = await upgrade(project.options);
    expect(report.heads).toEqual(["4"]);
    const before = await project.rows("select * from keelson.attempt order by revision");
    frozen.kill("SIGCONT");
    const end = await frozen.end;
    expect(end?.event).toBe("failed");
    expect(["lock.lost", "connection.lost"]).toContain(end?.event === "failed" ? end.code : null);
    expect(await project.rows("select * from keelson.attempt order by revision")).toEqual(before);
    expect(await state(project)).toEqual(whole);
  });

  test("within a statement outside transactions: the other waits for it and does not build it twice", {
    timeout: 60_000,
  }, async () => {
    const project = await migrateProject("postgres", {
      ...sleepy,
      "2_b.up.sql": "insert into people values (1, 'Ann'), (2, 'Bob');",
    });
    const bystander = new Client({ connectionString: project.url });
    await bystander.connect();
    try {
      await upgrade({ ...project.options, target: "2" });
      await bystander.query("begin; insert into people values (5, 'Eve');");
      const frozen = startApplication(project.options);
      await seen(
        project.url,
        "select pid from pg_stat_activity where query ilike '%create index concurrently%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()",
      );
      frozen.kill("SIGSTOP");
      await seen(project.url, lockHolder);
      const second = upgrade(project.options);
      second.catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await bystander.query("rollback");
      expect((await second).heads).toEqual(["4"]);
      frozen.kill("SIGCONT");
      expect(await frozen.end).toMatchObject({
        event: "failed",
        code: expect.stringMatching(/^(lock|connection)\.lost$/),
      });
      expect(await state(project)).toEqual(whole);
    } finally {
      await bystander.end();
    }
  });
});
