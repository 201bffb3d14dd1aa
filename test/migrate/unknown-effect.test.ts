import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { stamp } from "../../src/app/stamp.ts";
import { status } from "../../src/app/status.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { type MigrateProject, migrateProject } from "./databases.ts";

/** A procedure that commits by itself can be cut off anywhere, and nothing in the database tells where. */
const revisions = {
  "1_a.up.sql": `create table done (n integer);
create procedure slowly() language plpgsql as $$ begin insert into done values (1); commit; perform pg_sleep(3); end $$;`,
  "2_b.up.sql": "-- no-transaction\ninsert into done values (2);\ncall slowly();\ninsert into done values (3);",
};

async function interrupted(): Promise<MigrateProject> {
  const project = await migrateProject("postgres", revisions);
  const run = upgrade(project.options);
  run.catch(() => undefined);
  const client = new Client({ connectionString: project.url });
  await client.connect();
  for (let ended = 0; ended === 0; ) {
    const { rows } = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
    );
    ended = rows.length;
  }
  await client.end();
  await expect(run).rejects.toMatchObject({ code: "connection.lost" });
  return project;
}

describe("a statement whose effect nothing can tell", () => {
  test("stops the next run, which names it and runs nothing", async () => {
    const project = await interrupted();
    for (const _ of [1, 2]) {
      await expect(upgrade(project.options)).rejects.toMatchObject({
        code: "revision.unknown-effect",
        message: expect.stringContaining("call slowly()"),
        hint: expect.stringContaining("stamp --statement-done 2:2"),
      });
    }
    expect((await status(project.options)).history.map((line) => line.state)).toEqual(["applied", "partial"]);
    await expect(stamp({ ...project.options, statementDone: "2:1" })).rejects.toMatchObject({ code: "usage.invalid" });
    expect(await stamp({ ...project.options, statementDone: "2:2" })).toMatchObject({ settled: "2:2" });
    expect((await upgrade(project.options)).steps.map((step) => step.outcome)).toEqual(["resumed"]);
    expect((await project.rows("select n from done order by n")).map((row) => row["n"])).toEqual([1, 2, 3]);
  });

  test("runs again when a person says that it did not take effect", { timeout: 60_000 }, async () => {
    const project = await interrupted();
    await stamp({ ...project.options, statementUndone: "2:2" });
    await upgrade(project.options);
    expect(await project.applied()).toEqual(["1", "2"]);
    expect((await project.rows("select n from done order by n")).map((row) => row["n"])).toEqual([1, 1, 2, 3]);
  });
});
