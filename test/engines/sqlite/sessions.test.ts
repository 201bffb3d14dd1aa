import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";
import { failure } from "../conformance/given.ts";
import { startWorker } from "./run-worker.ts";

const engineOn = (url: string, root: string, busyTimeoutMs = 5000) =>
  sqliteEngine({ url, root, ledger: { prefix: "keelson_" }, busyTimeoutMs });

function folderContents(folder: string): Readonly<Record<string, string>> {
  const hash = (name: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, hash(name)]));
}

function makeDatabase(file: string, journalMode: string, ...statements: readonly string[]): void {
  const database = new Database(file);
  database.pragma(`journal_mode = ${journalMode}`);
  for (const statement of ["CREATE TABLE t (x)", "INSERT INTO t VALUES (1)", ...statements]) database.exec(statement);
  database.close();
}

describe.each(["delete", "wal"])("reading, journal mode %s", (journalMode) => {
  test("leaves the folder as it was", async () => {
    const root = await temporaryFolder("sqlite");
    makeDatabase(join(root, "app.db"), journalMode);
    const before = folderContents(root);
    const engine = engineOn("sqlite:app.db", root);
    const session = await engine.open("read");
    expect((await session.query("SELECT x FROM t")).rows).toEqual([{ x: 1 }]);
    await engine.introspect(session);
    expect((await engine.describe(session)).more).toContainEqual(["journal mode", journalMode]);
    await failure(session.query("PRAGMA user_version = 7"), "connection.read-only");
    await session.query("PRAGMA query_only = OFF");
    await failure(session.query("INSERT INTO t VALUES (2)"), "connection.read-only");
    await failure(session.query("BEGIN IMMEDIATE"), "connection.read-only");
    await session.reset();
    await session.close();
    expect(folderContents(root)).toEqual(before);
  });
});

test("reading does not move what a killed program left in its -wal into the database", async () => {
  const root = await temporaryFolder("sqlite");
  const file = join(root, "app.db");
  makeDatabase(file, "wal", "CREATE TABLE big (x)", "INSERT INTO big VALUES ('before')");
  const worker = startWorker("hold", file);
  await worker.holding;
  worker.process.kill("SIGKILL");
  await worker.ended;
  const before = folderContents(root);
  const session = await engineOn("sqlite:app.db", root).open("read");
  expect((await session.query("SELECT x FROM big")).rows).toEqual([{ x: "before" }]);
  await session.close();
  const after = folderContents(root);
  expect(after["app.db"]).toBe(before["app.db"]);
  expect(after["app.db-wal"]).toBe(before["app.db-wal"]);
  expect(before["app.db-wal"]).toBeDefined();
});

test("a missing database is never created by reading, nor by mode=rw", async () => {
  const root = await temporaryFolder("sqlite");
  await failure(engineOn("sqlite:no.db", root).open("read"), "database.missing");
  await failure(engineOn("sqlite:no/no.db", root).open("read"), "database.missing");
  await failure(engineOn("sqlite:no.db?mode=rw", root).open("write"), "database.missing");
  const noFolder = await failure(engineOn("sqlite:no/no.db", root).open("write"), "file.unwritable");
  expect(noFolder.hint).toContain(join(root, "no"));
  expect(readdirSync(root)).toEqual([]);
});

test("what is no database is called that, and never deleted", async () => {
  const root = await temporaryFolder("sqlite");
  writeFileSync(join(root, "notes.txt"), "not a database, just a text\n".repeat(50));
  mkdirSync(join(root, "folder"));
  await failure(engineOn("sqlite:notes.txt", root).open("write"), "database.damaged");
  const reader = await engineOn("sqlite:notes.txt", root).open("read");
  await failure(reader.query("SELECT 1 FROM sqlite_schema"), "database.damaged");
  await reader.close();
  await failure(engineOn("sqlite:notes.txt", root).dropDatabase({ force: true }), "database.damaged");
  await failure(engineOn("sqlite:folder", root).open("write"), "file.unreadable");
  expect(readdirSync(root).sort()).toEqual(["folder", "notes.txt"]);
});

test("mode=ro refuses write sessions", async () => {
  const root = await temporaryFolder("sqlite");
  makeDatabase(join(root, "app.db"), "delete");
  const engine = engineOn("sqlite:app.db?mode=ro", root);
  await failure(engine.open("write"), "connection.read-only");
  const session = await engine.open("read");
  expect((await engine.describe(session)).readOnly).toBe(true);
  await session.close();
});

test("a full disk is told from other failures, and its rollback from a committed step", async () => {
  const root = await temporaryFolder("sqlite");
  makeDatabase(join(root, "app.db"), "delete");
  const session = await engineOn("sqlite:app.db", root).open("write");
  await session.query("PRAGMA max_page_count = 20");
  const fill =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT randomblob(1000) FROM n";
  const full = await failure(session.script(["BEGIN IMMEDIATE", "CREATE TABLE u (x)", fill, "COMMIT"]), "disk.full");
  expect(full.details["statement"]).toBe(2);
  await session.rollback();
  expect((await session.query("SELECT count(*) AS n FROM sqlite_schema")).rows).toEqual([{ n: 1 }]);
  await session.close();
});

describe("waiting", () => {
  test("COMMIT waits for a reader, without blocking the process", async () => {
    const root = await temporaryFolder("sqlite");
    makeDatabase(join(root, "app.db"), "delete");
    const engine = engineOn("sqlite:app.db", root);
    const [reader, writer] = [await engine.open("read"), await engine.open("write")];
    await reader.script(["BEGIN", "SELECT * FROM t"]);
    let ticks = 0;
    const clock = setInterval(() => ticks++, 10);
    const committing = writer.script(["BEGIN IMMEDIATE", "INSERT INTO t VALUES (2)", "COMMIT"]);
    await sleep(400);
    expect(ticks).toBeGreaterThan(8);
    clearInterval(clock);
    await reader.query("COMMIT");
    await committing;
    expect((await reader.query("SELECT count(*) AS n FROM t")).rows).toEqual([{ n: 2 }]);
    await Promise.all([reader.close(), writer.close()]);
  });

  test("a COMMIT that never gets its turn can be rolled back, and the session goes on", async () => {
    const root = await temporaryFolder("sqlite");
    makeDatabase(join(root, "app.db"), "delete");
    const engine = engineOn("sqlite:app.db", root, 200);
    const [reader, writer] = [await engine.open("read"), await engine.open("write")];
    await reader.script(["BEGIN", "SELECT * FROM t"]);
    const refused = await failure(
      writer.script(["BEGIN IMMEDIATE", "INSERT INTO t VALUES (2)", "COMMIT"]),
      "lock.timeout",
    );
    expect(refused.details["statement"]).toBe(2);
    await writer.rollback();
    await reader.rollback();
    await writer.query("INSERT INTO t VALUES (3)");
    expect((await reader.query("SELECT x FROM t ORDER BY x")).rows).toEqual([{ x: 1 }, { x: 3 }]);
    await Promise.all([reader.close(), writer.close()]);
  });

  test("a transaction that read an older state is told at once", async () => {
    const root = await temporaryFolder("sqlite");
    makeDatabase(join(root, "app.db"), "wal");
    const engine = engineOn("sqlite:app.db", root);
    const [one, two] = [await engine.open("write"), await engine.open("write")];
    await one.script(["BEGIN", "SELECT * FROM t"]);
    await two.query("INSERT INTO t VALUES (2)");
    const started = performance.now();
    const stale = await failure(one.query("INSERT INTO t VALUES (3)"), "lock.timeout");
    expect(stale.details["sqlstate"]).toBe("SQLITE_BUSY_SNAPSHOT");
    expect(performance.now() - started).toBeLessThan(1000);
    await one.rollback();
    await one.query("INSERT INTO t VALUES (3)");
    await Promise.all([one.close(), two.close()]);
  });

  test("a statement that waits can be cancelled", async () => {
    const root = await temporaryFolder("sqlite");
    makeDatabase(join(root, "app.db"), "delete");
    const engine = engineOn("sqlite:app.db", root);
    const [one, two] = [await engine.open("write"), await engine.open("write")];
    await one.query("BEGIN IMMEDIATE");
    const waiting = failure(two.query("INSERT INTO t VALUES (2)"), "statement.failed");
    await sleep(100);
    await two.cancel();
    expect((await waiting).message).toContain("cancelled");
    await one.rollback();
    await two.query("INSERT INTO t VALUES (2)");
    await Promise.all([one.close(), two.close()]);
  });

  test("long scripts let timers and signals through", async () => {
    const root = await temporaryFolder("sqlite");
    const session = await engineOn("sqlite::memory:", root).open("write");
    let ticks = 0;
    const clock = setInterval(() => ticks++, 5);
    const count =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) AS n FROM n";
    await session.script(Array(100).fill(count));
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(3);
    await session.close();
  });
});

test("reset drops temporary objects and detaches databases", async () => {
  const root = await temporaryFolder("sqlite");
  makeDatabase(join(root, "app.db"), "delete");
  const session = await engineOn("sqlite:app.db", root).open("write");
  await session.script([
    "CREATE TEMP TABLE t (hidden)",
    "CREATE TEMP VIEW v AS SELECT * FROM t",
    "ATTACH ':memory:' AS other",
    "PRAGMA legacy_alter_table = ON",
  ]);
  await session.reset();
  expect((await session.query("SELECT x FROM t")).rows).toEqual([{ x: 1 }]);
  expect((await session.query("SELECT count(*) AS n FROM sqlite_temp_schema")).rows).toEqual([{ n: 0 }]);
  expect((await session.query("PRAGMA database_list")).rows.map((row) => row["name"])).not.toContain("other");
  expect((await session.query("PRAGMA legacy_alter_table")).rows).toEqual([{ legacy_alter_table: 0 }]);
  await session.close();
});

test("a parameter without a value is said to be one", async () => {
  const root = await temporaryFolder("sqlite");
  const session = await engineOn("sqlite::memory:", root).open("write");
  for (const sql of ["SELECT ?", "SELECT $1"]) {
    expect((await failure(session.query(sql), "statement.failed")).message).toContain("parameter");
  }
  await session.close();
});
