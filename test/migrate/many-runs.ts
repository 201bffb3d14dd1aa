import { expect } from "vitest";
import { type Application, type ApplicationEnd, startApplication } from "./applications.ts";
import { type MigrateProject, migrateProject } from "./databases.ts";

/** Revisions of which the first sleeps, so that all runs overlap, and one builds an index outside a transaction. */
function slowRevisions(options: {
  readonly seconds: number;
  readonly concurrently: boolean;
}): Readonly<Record<string, string>> {
  const index = `create index ${options.concurrently ? "concurrently " : ""}people_name on people (name);`;
  return {
    "1_a.up.sql": `select pg_sleep(${options.seconds});\ncreate table people (id integer primary key, name text);`,
    "2_b.up.sql": "insert into people values (1, 'Ann');",
    "3_c.up.sql": `alter table people add column age integer;\n${index}\ninsert into people values (2, 'Bob');`,
    "4_d.up.sql": "create table notes (n integer);",
  };
}

/** The same for SQLite, whose statements can only be slow by doing much. */
function slowSqliteRevisions(rows: number): Readonly<Record<string, string>> {
  return {
    "1_a.up.sql": `create table numbers (n integer);\ninsert into numbers with recursive c(n) as (select 1 union all select n + 1 from c where n < ${rows}) select n from c;\ndelete from numbers;`,
    "2_b.up.sql": "create table people (id integer primary key, name text);",
    "3_c.up.sql": "insert into people values (1, 'Ann');\nvacuum;\ninsert into people values (2, 'Bob');",
    "4_d.up.sql": "create table notes (n integer);",
  };
}

/** Starts many applications at once on one database and gives how each ended. */
export async function startMany(
  project: MigrateProject,
  count: number,
  options: { readonly directUrl?: string; readonly meanwhile?: (runs: readonly Application[]) => Promise<void> } = {},
): Promise<readonly (ApplicationEnd | null)[]> {
  const { directUrl } = options;
  const runs = Array.from({ length: count }, () =>
    startApplication(
      { ...project.options, runLockTimeoutMs: 240_000, yes: true, ...(directUrl === undefined ? {} : { directUrl }) },
      300_000,
    ),
  );
  await options.meanwhile?.(runs);
  return await Promise.all(runs.map((run) => run.end));
}

/** All runs ended well, and together they did each revision once. */
export function expectOnce(ends: readonly (ApplicationEnd | null)[]): void {
  expect(ends.filter((end) => end?.event !== "done")).toEqual([]);
  const applied = ends
    .flatMap((end) => (end?.event === "done" ? end.steps : []))
    .filter(([, outcome]) => outcome !== "skipped");
  expect(applied.map(([id]) => id).sort()).toEqual(["1", "2", "3", "4"]);
}

/** The database holds each revision once, and nothing of the runs is left in it. */
export async function expectClean(engine: "postgres" | "sqlite", project: MigrateProject): Promise<void> {
  expect(await project.applied()).toEqual(["1", "2", "3", "4"]);
  const ledger = engine === "sqlite" ? "keelson_" : "keelson.";
  const attempts = await project.rows(`select revision, outcome from ${ledger}attempt order by revision`);
  expect(attempts.map((row) => `${row["revision"]} ${row["outcome"]}`)).toEqual([
    "1 applied",
    "2 applied",
    "3 applied",
    "4 applied",
  ]);
  expect(await project.rows(`select * from ${ledger}journal`)).toEqual([]);
  expect((await project.rows("select id from people order by id")).map((row) => row["id"])).toEqual([1, 2]);
  if (engine === "sqlite") return;
  expect(await project.rows("select * from pg_index where not indisvalid")).toEqual([]);
  expect(await locks(project)).toEqual([]);
}

/** Advisory locks in a project's database. */
export async function locks(project: MigrateProject): Promise<readonly unknown[]> {
  return await project.rows(
    "select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
}

/** A project whose slow history is ready for many runs. */
export async function slowProject(
  engine: "postgres" | "sqlite",
  options: { readonly seconds: number; readonly concurrently: boolean; readonly url?: string },
): Promise<MigrateProject> {
  const revisions = engine === "sqlite" ? slowSqliteRevisions(options.seconds * 1_000_000) : slowRevisions(options);
  return await migrateProject(engine, revisions, options.url === undefined ? {} : { url: options.url });
}
