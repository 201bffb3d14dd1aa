import { expect } from "vitest";
import { upgrade } from "../../src/app/upgrade.ts";
import { startApplication } from "./applications.ts";
import { ledgerTable, type MigrateProject, migrateProject } from "./databases.ts";
import { id, revisionText } from "./revision-text.ts";

/** The databases that a crash is tried on. */
export type CrashKind = "postgres" | "sqlite in rollback journal mode" | "sqlite in WAL mode";

const [a, b, c, d] = [id("a"), id("b"), id("c"), id("d")];

/** Plain revisions, one that mixes statements inside and outside of transactions, and one without transactions. */
function crashRevisions(kind: CrashKind): Readonly<Record<string, string>> {
  const postgres = kind === "postgres";
  return {
    "1_a.sql": revisionText({
      id: a,
      up: "create table accounts (id integer primary key, name text);\ninsert into accounts values (1, 'Ann'), (2, 'Bob');\ncreate index accounts_name on accounts (name);",
    }),
    "2_b.sql": revisionText({
      id: b,
      parents: [a],
      up: [
        "alter table accounts add column email text;",
        "insert into accounts values (3, 'Cid', 'c@example.org');",
        postgres ? "create index concurrently accounts_email on accounts (email);" : "vacuum;",
        "update accounts set name = name || '!';",
        postgres
          ? "create unique index concurrently accounts_both on accounts (id, name);"
          : "pragma journal_size_limit = 1000000;",
        postgres ? "drop index concurrently accounts_name;" : "vacuum;",
        "create table notes (n integer);",
      ].join("\n"),
    }),
    "3_c.sql": revisionText({
      id: c,
      parents: [b],
      transaction: "none",
      up: "create table counters (n integer);\ninsert into counters values (1);\ninsert into counters values (2);\nupdate counters set n = n + 10;",
    }),
    "4_d.sql": revisionText({
      id: d,
      parents: [c],
      up: "create view sums as select sum(n) as total from counters;\ninsert into notes select total from sums;",
      verify: "select * from sums where total <> 23;",
    }),
  };
}

/** A project of these revisions on a new database of this kind. */
export async function crashProject(kind: CrashKind): Promise<MigrateProject> {
  const project = await migrateProject(kind === "postgres" ? "postgres" : "sqlite", crashRevisions(kind));
  if (kind === "sqlite in WAL mode") await project.execute("pragma journal_mode = wal");
  return project;
}

/** What must be the same however a database got there. */
export async function outcome(kind: CrashKind, project: MigrateProject): Promise<unknown> {
  const engine = kind === "postgres" ? "postgres" : "sqlite";
  const attempt = `select revision from ${ledgerTable(engine, "attempt")} where outcome = 'applied' order by revision`;
  return {
    catalog: await project.catalog(),
    applied: await project.applied(),
    recorded: (await project.rows(attempt)).map((row) => row["revision"]),
    journal: await project.rows(`select * from ${ledgerTable(engine, "journal")}`),
    accounts: await project.rows("select id, name, email from accounts order by id"),
    counters: await project.rows("select n from counters order by n"),
    notes: await project.rows("select n from notes"),
    leftovers:
      engine === "sqlite"
        ? []
        : await project.rows(`select indexrelid::regclass::text as name from pg_index where not indisvalid
            union all select 'advisory lock' from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`),
  };
}

/** Runs without any interruption; says how many requests there were. */
export async function uninterrupted(
  kind: CrashKind,
): Promise<{ readonly requests: number; readonly outcome: unknown }> {
  const project = await crashProject(kind);
  const end = await startApplication(project.options).end;
  if (end?.event !== "done") throw new Error(`The uninterrupted run failed: ${JSON.stringify(end)}`);
  return { requests: end.requests, outcome: await outcome(kind, project) };
}

/** Kills a run after one of its requests, runs again, and compares. */
export async function killedAt(kind: CrashKind, request: number, expected: unknown): Promise<void> {
  const project = await crashProject(kind);
  const result = await startApplication({ ...project.options, killAt: request }).done;
  expect(result.signal, `request ${request}: ${result.stdout}`).toBe("SIGKILL");
  await upgrade(project.options);
  expect(await outcome(kind, project), `killed after request ${request}`).toEqual(expected);
}

/** Evenly chosen numbers from 1 to `last`, at most `count`, the ends included. */
export function chosen(last: number, count: number): readonly number[] {
  if (last <= count) return Array.from({ length: last }, (_, index) => index + 1);
  return [...new Set(Array.from({ length: count }, (_, index) => 1 + Math.round((index * (last - 1)) / (count - 1))))];
}
