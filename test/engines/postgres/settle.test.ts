import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine, ParsedStatement, Session, Settlement } from "../../../src/engines/engine.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { ServerSession } from "../../../src/engines/postgres/session/server-session.ts";
import { freshDatabase } from "../../support/postgres.ts";

let engine: Engine;
let session: Session;
let other: Session;

beforeAll(async () => {
  engine = postgresEngine({ url: await freshDatabase(), ledger: { schema: "keelson", prefix: "" } });
  session = await engine.open("write");
  other = await engine.open("write");
});
afterAll(async () => {
  await session.close();
  await other.close();
});

async function parsed(sql: string): Promise<ParsedStatement> {
  const [statement] = await engine.parse(sql);
  if (statement === undefined) throw new Error("no statement");
  return statement;
}

async function indexes(table: string): Promise<readonly unknown[]> {
  const { rows } = await session.query(
    "SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index WHERE indrelid = $1::regclass ORDER BY 1",
    [table],
  );
  return rows;
}

/** Starts a statement that has to wait for a transaction on the table, and returns once it waits. */
async function startBlocked(
  table: string,
  sql: string,
): Promise<{ readonly worker: ServerSession; readonly ended: Promise<unknown> }> {
  await other.query("BEGIN");
  await other.query(`INSERT INTO ${table} VALUES (1)`);
  const worker = await engine.open("write");
  if (!(worker instanceof ServerSession)) throw new Error("not a server session");
  const ended = worker.query(sql).catch((error: unknown) => error);
  for (;;) {
    const { rows } = await session.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", [
      worker.processId,
    ]);
    if (rows.length > 0) return { worker, ended };
    await sleep(20);
  }
}

const cases: readonly (readonly [statement: string, name: string])[] = [
  ["CREATE INDEX CONCURRENTLY t_x ON TABLE_NAME (x)", "named"],
  ["CREATE INDEX CONCURRENTLY ON TABLE_NAME (x)", "unnamed"],
];

describe.each(cases)("%s", (template, name) => {
  test("whose server process was killed leaves no invalid index and is repeated", async () => {
    const table = `killed_${name}`;
    await session.query(`CREATE TABLE ${table} (x integer)`);
    const statement = await parsed(template.replace("TABLE_NAME", table).replace("t_x", `${table}_x`));
    const note = await engine.noteBefore(session, statement);
    const { worker, ended } = await startBlocked(table, statement.sql);
    await session.query("SELECT pg_terminate_backend($1)", [worker.processId]);
    await ended;
    await other.rollback();
    expect(await indexes(table)).toEqual([{ name: expect.any(String), valid: false }]);
    expect(await engine.settle(session, statement, note)).toBe("repeat");
    expect(await indexes(table)).toEqual([]);
    await session.query(statement.sql);
    expect(await engine.settle(session, statement, note)).toBe("done");
  });

  test("whose client was killed is waited for, and is done", async () => {
    const table = `orphan_${name}`;
    await session.query(`CREATE TABLE ${table} (x integer)`);
    const statement = await parsed(template.replace("TABLE_NAME", table).replace("t_x", `${table}_x`));
    const note = await engine.noteBefore(session, statement);
    const { worker, ended } = await startBlocked(table, statement.sql);
    worker.connection.client.connection.stream.destroy();
    await ended;
    let answer: Settlement | null = null;
    const settling = engine.settle(session, statement, note).then((settlement) => {
      answer = settlement;
    });
    await sleep(300);
    expect(answer).toBeNull();
    await other.query("COMMIT");
    await settling;
    expect(answer).toBe("done");
    expect(await indexes(table)).toEqual([{ name: expect.any(String), valid: true }]);
  });
});

test("an index that was there before is not touched, valid or not", async () => {
  await session.query("CREATE TABLE there (x integer)");
  await session.query("CREATE INDEX there_x ON there (x)");
  const plain = await parsed("CREATE INDEX CONCURRENTLY there_x ON there (x)");
  const careful = await parsed("CREATE INDEX CONCURRENTLY IF NOT EXISTS there_x ON there (x)");
  const note = await engine.noteBefore(session, plain);
  expect(await engine.settle(session, plain, note)).toBe("repeat");
  expect(await engine.settle(session, careful, note)).toBe("done");
  expect(await indexes("there")).toEqual([{ name: "there_x", valid: true }]);
});

test("a reindex that was killed leaves no copy", async () => {
  await session.script(["CREATE TABLE again (x integer)", "CREATE INDEX again_x ON again (x)"]);
  const statement = await parsed("REINDEX INDEX CONCURRENTLY again_x");
  const note = await engine.noteBefore(session, statement);
  const { worker, ended } = await startBlocked("again", statement.sql);
  await session.query("SELECT pg_terminate_backend($1)", [worker.processId]);
  await ended;
  await other.rollback();
  expect(await indexes("again")).toHaveLength(2);
  expect(await engine.settle(session, statement, note)).toBe("repeat");
  expect(await indexes("again")).toEqual([{ name: "again_x", valid: true }]);
});

test("a partition that is half detached is detached", async () => {
  await session.script([
    "CREATE TABLE parts (x integer) PARTITION BY RANGE (x)",
    "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
  ]);
  const statement = await parsed("ALTER TABLE parts DETACH PARTITION parts_1 CONCURRENTLY");
  const note = await engine.noteBefore(session, statement);
  expect(await engine.settle(session, statement, note)).toBe("repeat");
  const { worker, ended } = await startBlocked("parts", statement.sql);
  await session.query("SELECT pg_terminate_backend($1)", [worker.processId]);
  await ended;
  await other.rollback();
  const pending = "SELECT inhdetachpending AS pending FROM pg_inherits WHERE inhrelid = 'parts_1'::regclass";
  expect((await session.query(pending)).rows).toEqual([{ pending: true }]);
  expect(await engine.settle(session, statement, note)).toBe("done");
  expect((await session.query(pending)).rows).toEqual([]);
});

interface Case {
  readonly before?: readonly string[];
  readonly sql: string;
  /** What the settlement is when the statement did not run, and when it did. */
  readonly answers: readonly [notRun: Settlement, run: Settlement];
}

const judged: readonly Case[] = [
  {
    before: ["CREATE TABLE d1 (x integer)", "CREATE INDEX d1_x ON d1 (x)"],
    sql: "DROP INDEX CONCURRENTLY d1_x",
    answers: ["repeat", "done"],
  },
  { before: ["CREATE TYPE mood AS ENUM ('a')"], sql: "ALTER TYPE mood ADD VALUE 'b'", answers: ["repeat", "done"] },
  { sql: "CREATE DATABASE settle_probe", answers: ["repeat", "done"] },
  { sql: "DROP DATABASE settle_probe", answers: ["repeat", "done"] },
  { sql: "CREATE TABLE plain.made (x integer)", before: ["CREATE SCHEMA plain"], answers: ["repeat", "done"] },
  { sql: 'CREATE VIEW plain."a.b" AS SELECT 1', answers: ["repeat", "done"] },
  { sql: 'DROP VIEW plain."a.b"', answers: ["repeat", "done"] },
  { sql: "DROP TABLE plain.made", answers: ["repeat", "done"] },
  { sql: "CREATE SCHEMA later", answers: ["repeat", "done"] },
  { sql: "CREATE TYPE plain.kind AS ENUM ('a')", answers: ["repeat", "done"] },
  { sql: "DROP TYPE plain.kind", answers: ["repeat", "done"] },
  { sql: "VACUUM", answers: ["repeat", "repeat"] },
  { sql: "ALTER SYSTEM RESET work_mem", answers: ["repeat", "repeat"] },
  { sql: "DO $$ BEGIN END $$", answers: ["unknown", "unknown"] },
  { sql: "SELECT set_config('a.b', 'c', false)", answers: ["unknown", "unknown"] },
];

test.each(judged)("$sql", async ({ before = [], sql, answers }) => {
  for (const statement of before) await session.query(statement);
  const statement = await parsed(sql);
  const note = await engine.noteBefore(session, statement);
  const notRun = await engine.settle(session, statement, note);
  await session.query(sql);
  expect([notRun, await engine.settle(session, statement, note)]).toEqual(answers);
  // A later session may have lost the note.
  expect(await engine.settle(session, statement, null)).toBe(answers[1]);
});
