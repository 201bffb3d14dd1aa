import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Engine, RunLock, Session } from "../../../src/engines/engine.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";

const schema = [
  "CREATE TABLE p (id integer PRIMARY KEY, note text)",
  "CREATE TABLE c1 (id integer PRIMARY KEY, pid integer REFERENCES p (id) ON DELETE CASCADE)",
  "CREATE TABLE c2 (pid integer REFERENCES p)",
  "CREATE TABLE w (id integer PRIMARY KEY, pid integer REFERENCES p) WITHOUT ROWID",
  "CREATE TABLE g (cid integer REFERENCES c1 (id) ON DELETE SET NULL)",
  "CREATE TABLE audit (gone integer)",
  "CREATE TRIGGER audited AFTER INSERT ON audit BEGIN DELETE FROM p WHERE id = new.gone; END",
];

/** A view or trigger that names the missing table would otherwise refuse the rename. */
const renameOver = (from: string, to: string) => [
  "PRAGMA legacy_alter_table = ON",
  `ALTER TABLE ${from} RENAME TO ${to}`,
  "PRAGMA legacy_alter_table = OFF",
];

interface Place {
  readonly engine: Engine;
  readonly session: Session;
  readonly lock: RunLock;
  readonly file: string;
  readonly statements: string[];
}

/** A database file with the schema above and these statements run on it, and a run under way. */
async function withRun(before: readonly string[], work: (place: Place) => Promise<void>): Promise<void> {
  const file = join(await temporaryFolder("sqlite"), "app.db");
  await withRunOn(`sqlite:${file}`, file, before, work);
}

async function withRunOn(
  url: string,
  file: string,
  before: readonly string[],
  work: (place: Place) => Promise<void>,
): Promise<void> {
  const statements: string[] = [];
  const engine = sqliteEngine({
    url,
    root: "/",
    ledger: { prefix: "keelson_" },
    onStatement: (sql) => statements.push(sql),
  });
  const session = await engine.open("write");
  try {
    await session.script(["PRAGMA foreign_keys = OFF", "BEGIN", ...schema, ...before, "COMMIT"]);
    const lock = await engine.acquireLock({ name: "main", timeoutMs: 1000, work: session, spansTransactions: false });
    await work({ engine, session, lock, file, statements });
  } finally {
    await session.close();
    await engine.close();
  }
}

/** Runs one step, and commits it when nothing is wrong. */
async function step({ engine, session, lock }: Place, ...statements: readonly string[]): Promise<readonly string[]> {
  await lock.enter(session);
  await session.script(statements);
  const problems = await engine.checkStep(session);
  if (problems.length === 0) await session.query("COMMIT");
  else await session.rollback();
  return problems;
}

const rows = async ({ session }: Place, sql: string) => (await session.query(sql)).rows;

describe("steps", () => {
  test("a rebuilt parent keeps its children, for which SQLite would cascade", async () => {
    await withRun(
      ["INSERT INTO p VALUES (1, 'a'), (2, 'b')", "INSERT INTO c1 VALUES (10, 1), (20, 2)"],
      async (place) => {
        const rebuild = [
          "CREATE TABLE np (id integer PRIMARY KEY, note text NOT NULL)",
          "INSERT INTO np SELECT * FROM p",
          "DROP TABLE p",
          ...renameOver("np", "p"),
        ];
        expect(await step(place, ...rebuild)).toEqual([]);
        expect(await rows(place, "SELECT * FROM c1 ORDER BY id")).toEqual([
          { id: 10, pid: 1 },
          { id: 20, pid: 2 },
        ]);
      },
    );
  });

  test("rows that a step leaves without a parent are said in words", async () => {
    await withRun(
      [
        "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO c1 VALUES (10, 1), (20, 2), (30, 2)",
        "INSERT INTO w VALUES (1, 2)",
      ],
      async (place) => {
        const problems = await step(place, "DELETE FROM p WHERE id = 2");
        expect(problems).toEqual([
          "2 rows of c1 (rowid 20, 30) point to a row of p that does not exist",
          "1 row of w points to a row of p that does not exist",
        ]);
        expect(await rows(place, "SELECT count(*) AS n FROM p")).toEqual([{ n: 2 }]);
        expect(
          await step(place, "DELETE FROM p WHERE id = 2", "DELETE FROM c1 WHERE pid = 2", "DELETE FROM w"),
        ).toEqual([]);
      },
    );
  });

  test("what was wrong before does not stop a step, also when its table is rebuilt or renamed", async () => {
    await withRun(["INSERT INTO c1 VALUES (10, 1), (20, 2)", "INSERT INTO c2 VALUES (7), (7)"], async (place) => {
      expect(await step(place, "ALTER TABLE c2 RENAME TO kids")).toEqual([]);
      expect(
        await step(
          place,
          "CREATE TABLE n (pid integer REFERENCES p)",
          "INSERT INTO n SELECT pid FROM kids ORDER BY pid DESC",
          "DROP TABLE kids",
          "ALTER TABLE n RENAME TO kids",
        ),
      ).toEqual([]);
      expect(await step(place, "ALTER TABLE p RENAME TO parents")).toEqual([]);
      expect(await step(place, "UPDATE c1 SET pid = 3 WHERE id = 20")).toHaveLength(1);
      expect(await step(place, "UPDATE c1 SET id = 21 WHERE id = 20")).toEqual([]);
    });
  });

  test("a key that can't work is said in SQLite's words", async () => {
    await withRun([], async (place) => {
      const problems = await step(
        place,
        "CREATE TABLE bad (x integer REFERENCES audit (gone))",
        "INSERT INTO bad VALUES (1)",
      );
      expect(problems).toEqual([expect.stringContaining("foreign key mismatch")]);
    });
  });

  test("triggers, and other connections in between, are seen", async () => {
    await withRun(["INSERT INTO p VALUES (1, 'a'), (2, 'b')", "INSERT INTO c2 VALUES (1)"], async (place) => {
      expect(await step(place, "UPDATE p SET note = 'c'")).toEqual([]);
      expect(await step(place, "INSERT INTO audit VALUES (1)")).toHaveLength(1);
      const other = new Database(place.file);
      other.pragma("foreign_keys = OFF");
      other.exec("INSERT INTO c2 VALUES (99)");
      other.close();
      expect(await step(place, "INSERT INTO c2 VALUES (2)")).toEqual([]);
      expect(await step(place, "INSERT INTO c2 VALUES (98)")).toHaveLength(1);
    });
  });

  test("a revision that turns foreign keys on has them on", async () => {
    await withRun(["INSERT INTO p VALUES (1, 'a')", "INSERT INTO c1 VALUES (10, 1)"], async (place) => {
      await place.session.query("PRAGMA foreign_keys = ON");
      expect(await step(place, "DELETE FROM p")).toEqual([]);
      expect(await rows(place, "SELECT * FROM c1")).toEqual([]);
      await place.session.script(place.engine.sql.resetSession);
      await place.lock.enter(place.session);
      expect(await rows(place, "PRAGMA foreign_keys")).toEqual([{ foreign_keys: 0 }]);
      await place.session.rollback();
    });
  });

  test("the cost of a step does not grow with the steps before it", async () => {
    await withRun([], async (place) => {
      const costs: number[] = [];
      for (let n = 0; n < 120; n++) {
        place.statements.length = 0;
        expect(
          await step(
            place,
            `CREATE TABLE t${n} (id integer PRIMARY KEY, pid integer REFERENCES p)`,
            `INSERT INTO t${n} VALUES (1, NULL)`,
          ),
        ).toEqual([]);
        costs.push(place.statements.length);
      }
      expect(Math.max(...costs.slice(2))).toBe(Math.min(...costs.slice(2)));
    });
  });
});

const id = fc.integer({ min: 1, max: 4 });
const change = fc.oneof(
  id.map((n) => [`INSERT OR REPLACE INTO p VALUES (${n}, 'x')`]),
  id.map((n) => [`DELETE FROM p WHERE id = ${n}`]),
  id.map((n) => [`WITH gone AS (SELECT ${n} AS n) DELETE FROM p WHERE id IN (SELECT n FROM gone)`]),
  fc.tuple(id, id).map(([a, b]) => [`UPDATE OR IGNORE p SET id = ${b} WHERE id = ${a}`]),
  fc.tuple(id, id).map(([a, b]) => [`INSERT OR REPLACE INTO c1 VALUES (${a}, ${b})`]),
  id.map((n) => [`DELETE FROM c1 WHERE id = ${n}`]),
  id.map((n) => [`INSERT INTO c2 VALUES (${n})`]),
  fc.tuple(id, id).map(([a, b]) => [`UPDATE c2 SET pid = ${b} WHERE pid = ${a}`]),
  fc
    .tuple(id, id)
    .map(([a, b]) => [`INSERT INTO w VALUES (${a}, ${b}) ON CONFLICT (id) DO UPDATE SET pid = excluded.pid`]),
  id.map((n) => [`INSERT INTO g VALUES (${n})`]),
  id.map((n) => [`INSERT INTO audit VALUES (${n})`]),
  id.map((n) => [
    "CREATE TABLE np (id integer PRIMARY KEY, note text)",
    `INSERT INTO np SELECT * FROM p WHERE id <> ${n}`,
    "DROP TABLE p",
    ...renameOver("np", "p"),
  ]),
  fc.constant(["ALTER TABLE p RENAME TO q", "ALTER TABLE q RENAME TO p"]),
  fc.constant(["SAVEPOINT s", "DELETE FROM p", "ROLLBACK TO s", "RELEASE s"]),
  fc.constant(["DROP INDEX IF EXISTS i", "CREATE INDEX i ON c1 (pid)"]),
);

/** How often each value dangles, by plain queries instead of SQLite's own check; tables without rowids only as a number. */
async function dangling(place: Place): Promise<ReadonlyMap<string, number>> {
  const found = await rows(
    place,
    `SELECT k, count(*) AS n FROM (
  SELECT pid AS k FROM c1 WHERE pid NOT IN (SELECT id FROM p)
  UNION ALL SELECT pid FROM c2 WHERE pid NOT IN (SELECT id FROM p)
  UNION ALL SELECT 'w' FROM w WHERE pid NOT IN (SELECT id FROM p)
  UNION ALL SELECT cid FROM g WHERE cid NOT IN (SELECT id FROM c1)
) GROUP BY k`,
  );
  return new Map(found.map((row) => [String(row["k"]), Number(row["n"])]));
}

test("exactly the steps that make something dangle are stopped", { timeout: 60_000 }, async () => {
  const steps = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });
  const property = fc.asyncProperty(fc.array(change, { maxLength: 6 }), steps, async (before, runs) => {
    await withRunOn("sqlite::memory:", "", before.flat(), async (place) => {
      for (const run of runs) {
        const old = await dangling(place);
        await place.lock.enter(place.session);
        await place.session.script(run.flat());
        const now = await dangling(place);
        const worse = [...now].some(([key, count]) => count > (old.get(key) ?? 0));
        const problems = await place.engine.checkStep(place.session);
        expect({ run: run.flat(), worse: problems.length > 0 }).toEqual({ run: run.flat(), worse });
        if (worse) await place.session.rollback();
        else await place.session.query("COMMIT");
      }
    });
  });
  await fc.assert(property, { numRuns: 100 });
});
