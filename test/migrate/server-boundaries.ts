import { expect } from "vitest";
import { upgrade } from "../../src/app/upgrade.ts";
import { crashProject, outcome } from "./crashing-runs.ts";
import type { MigrateProject } from "./databases.ts";
import { id } from "./revision-text.ts";

/**
 * Ends the run's own server process at the n-th boundary: after each statement that changes the schema, after each row
 * that a run writes for itself, and inside each COMMIT that has a row of the ledger. A client that is killed can't reach
 * these, because what it has sent is still executed.
 */
const crossing = [
  "create schema testkit",
  "create sequence testkit.boundary",
  "create table testkit.victim (n bigint)",
  `create function testkit.cross() returns void language plpgsql as $$ declare crossed bigint := nextval('testkit.boundary'); begin
    if exists (select from testkit.victim where n = crossed) then perform pg_terminate_backend(pg_backend_pid()); end if; end $$`,
  "create function testkit.on_ddl() returns event_trigger language plpgsql as $$ begin perform testkit.cross(); end $$",
  "create function testkit.on_row() returns trigger language plpgsql as $$ begin perform testkit.cross(); return null; end $$",
  ...["ledger", "attempt", "journal"].map(
    (table) =>
      `create trigger on_row after insert or update or delete on keelson.${table} for each row execute function testkit.on_row()`,
  ),
  `create constraint trigger in_commit after insert on keelson.ledger deferrable initially deferred
    for each row execute function testkit.on_row()`,
  "create event trigger testkit_on_ddl on ddl_command_end execute function testkit.on_ddl()",
];

async function prepared(): Promise<MigrateProject> {
  const project = await crashProject("postgres");
  await upgrade({ ...project.options, target: id("a") });
  await project.execute(...crossing);
  return project;
}

/** The number of boundaries of an uninterrupted run, and what it leads to. */
export async function serverBoundaries(): Promise<{ readonly boundaries: number; readonly outcome: unknown }> {
  const project = await prepared();
  await upgrade(project.options);
  const [row] = await project.rows("select last_value from testkit.boundary");
  return { boundaries: Number(row?.["last_value"]), outcome: await outcome("postgres", project) };
}

/** Ends the server process at a boundary, runs again, and compares. */
export async function endedAt(boundary: number, expected: unknown): Promise<void> {
  const project = await prepared();
  await project.execute(`insert into testkit.victim values (${boundary})`);
  await expect(upgrade(project.options), `boundary ${boundary}`).rejects.toMatchObject({ code: "connection.lost" });
  await upgrade(project.options);
  expect(await outcome("postgres", project), `ended at boundary ${boundary}`).toEqual(expected);
}
