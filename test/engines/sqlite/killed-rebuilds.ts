import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { upgrade } from "../../../src/app/upgrade.ts";
import { planChanges } from "../../../src/engines/sqlite/plan/plan-changes.ts";
import { type MigrateProject, migrateProject } from "../../migrate/databases.ts";
import { id, revisionText } from "../../migrate/revision-text.ts";
import { startProgram } from "../../support/run-keelson.ts";
import { catalogOf } from "./planned-databases.ts";

/** How SQLite makes a transaction whole again after a crash. */
export type JournalMode = "delete" | "wal";

const around = `CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE, note TEXT);
CREATE TABLE log (what TEXT);
CREATE VIEW names AS SELECT id, name FROM parents;
CREATE VIEW upper_names AS SELECT upper(name) AS name FROM names;
CREATE VIRTUAL TABLE search USING fts5 (name, content = 'parents', content_rowid = 'id');
CREATE TRIGGER parents_gone AFTER DELETE ON parents BEGIN INSERT INTO log VALUES (old.name); END;
CREATE TRIGGER children_come AFTER INSERT ON children BEGIN INSERT INTO log SELECT name FROM parents WHERE id = new.parent; END;`;

const before = `CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, size /* of it */ INT);
CREATE TABLE pairs (a TEXT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE loose (name TEXT PRIMARY KEY, note TEXT);
CREATE UNIQUE INDEX by_name ON parents (lower(name), size DESC) WHERE size > 0;
${around}`;

const after = `CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, size BIGINT, twice AS (size * 2) STORED);
CREATE TABLE pairs (a TEXT, b INT, c TEXT DEFAULT 'new' UNIQUE ON CONFLICT IGNORE, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE TABLE loose (name TEXT PRIMARY KEY COLLATE NOCASE, note TEXT);
CREATE UNIQUE INDEX by_name ON parents (lower(name), size DESC) WHERE size > 0;
CREATE INDEX by_note ON loose (note);
${around}`;

const rows = (count: number): string => `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
INSERT INTO parents (name, size) SELECT 'name ' || i, i FROM n;
DELETE FROM parents WHERE id = ${count};
INSERT INTO children SELECT id + 100, id, 'child of ' || name FROM parents;
INSERT INTO pairs VALUES ('a', 1);
INSERT INTO loose (rowid, name, note) SELECT id * 7 + 1, name, hex(randomblob(20)) FROM parents ORDER BY id DESC;
INSERT INTO search (search) VALUES ('rebuild');`;

/** A database with rows before and after a revision that rebuilds its tables, and the project to bring it there. */
export interface KilledRebuild {
  readonly project: MigrateProject;
  /** Every statement of a run that was not interrupted, with the millisecond in which it ended. */
  readonly statements: readonly { readonly sql: string; readonly at: number }[];
  readonly original: string;
  readonly result: string;
}

/** Makes the database, and runs the revision once on a copy of it. */
export async function killedRebuild(mode: JournalMode, count: number): Promise<KilledRebuild> {
  const plan = await planChanges(await catalogOf(before), await catalogOf(after));
  const project = await migrateProject("sqlite", {
    "1_a.sql": revisionText({ id: id("a"), up: `${before}\n${rows(count)}` }),
    "2_b.sql": revisionText({
      id: id("b"),
      parents: [id("a")],
      up: plan.statements.map(({ sql }) => `${sql};`).join("\n"),
    }),
  });
  await project.execute(`PRAGMA journal_mode = ${mode}`);
  await upgrade({ ...project.options, target: id("a") });
  const original = fileOf(project, "app.db");
  const database = new Database(original);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  cpSync(original, fileOf(project, "original.db"));
  const whole = startProgram(process.execPath, [program, JSON.stringify(optionsOf(project))], { timeout: 60_000 });
  const { code, stdout, stderr } = await whole.done;
  expect(code, stderr).toBe(0);
  const states = [fileOf(project, "original.db"), original].map((file) => stateOf(file));
  return {
    project,
    statements: JSON.parse(stdout) as KilledRebuild["statements"],
    original: states[0] ?? "",
    result: states[1] ?? "",
  };
}

/** Where a run is killed. */
export interface Kill {
  /** After which statement, and how many milliseconds after that, wherever it is then. */
  readonly killAt: number;
  readonly killInMs?: number;
  /** Whether a second run is to bring the database to the result. */
  readonly goOn?: boolean;
}

/** Kills a run and says which of the two states it left; anything else fails. */
export async function killedAt(
  { project, original, result }: KilledRebuild,
  { goOn = false, ...kill }: Kill,
): Promise<"original" | "result"> {
  const file = fileOf(project, "app.db");
  restore(project);
  const run = startProgram(process.execPath, [program, JSON.stringify({ ...optionsOf(project), ...kill })]);
  const { signal } = await run.done;
  if (kill.killInMs === undefined) expect(signal).toBe("SIGKILL");
  const state = stateOf(file);
  const left = state === original ? "original" : "result";
  expect(state, `killed at ${JSON.stringify(kill)}`).toBe(left === "original" ? original : result);
  expect(await project.applied(), "the ledger says the same").toEqual(
    left === "original" ? [id("a")] : [id("a"), id("b")],
  );
  if (goOn) {
    await upgrade(project.options);
    expect(stateOf(file)).toBe(result);
  }
  return left;
}

const program = fileURLToPath(new URL("./rebuild-process.mjs", import.meta.url));

function optionsOf(project: MigrateProject): Readonly<Record<string, unknown>> {
  return { cwd: project.root, url: project.url };
}

function fileOf(project: MigrateProject, name: string): string {
  return join(project.root, name);
}

/** A database's files all change together, so that no journal of an earlier run is taken for this one's. */
function restore(project: MigrateProject): void {
  const database = new Database(fileOf(project, "app.db"));
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  cpSync(fileOf(project, "original.db"), fileOf(project, "app.db"));
}

/** All that a database holds but Keelson's own, as text: the schema, every row with its rowid, the highest ids, what a search finds. */
function stateOf(file: string): string {
  const database = new Database(file);
  try {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(database.pragma("foreign_key_check")).toEqual([]);
    const all = (sql: string): readonly unknown[] => database.prepare(sql).raw(true).all();
    const tables = ["parents", "children", "log", "loose"].map((table) =>
      all(`SELECT rowid AS " rowid", * FROM ${table} ORDER BY 1`),
    );
    return JSON.stringify([
      all(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'keelson%' AND tbl_name NOT LIKE 'keelson%' ORDER BY 1, 2",
      ),
      tables,
      all("SELECT * FROM pairs"),
      all("SELECT * FROM sqlite_sequence WHERE name NOT LIKE 'keelson%' ORDER BY 1"),
      all("SELECT rowid FROM search WHERE search MATCH 'name' ORDER BY 1"),
    ]);
  } finally {
    database.close();
  }
}
