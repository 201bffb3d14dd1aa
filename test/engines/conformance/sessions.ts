import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../../src/engines/engine.ts";
import type { MakeEngine } from "./engine-under-test.ts";
import { failure, given } from "./given.ts";

export function describeSessions(make: MakeEngine): void {
  describe("sessions", () => {
    describeValues(make);
    describeScripts(make);
    describeModes(make);
  });
}

function describeValues(make: MakeEngine): void {
  test(
    "values come back exact: numbers where they can be, text where not",
    given(make, async ({ session, samples }) => {
      for (const [expression, value] of samples.values) {
        const result = await session.query(`SELECT ${expression} AS v, NULL AS n, 'é\u{1F600}' AS t`);
        expect([expression, result.rows[0]]).toEqual([expression, { v: value, n: null, t: "é\u{1F600}" }]);
        expect(result.columns).toEqual(["v", "n", "t"]);
        expect(result.rowCount).toBe(1);
      }
    }),
  );

  test(
    "of two columns with one name the last wins, and no rows are no rows",
    given(make, async ({ session }) => {
      const twice = await session.query("SELECT 1 AS a, 2 AS a");
      expect(twice.columns).toEqual(["a", "a"]);
      expect(twice.rows).toEqual([{ a: 2 }]);
      const none = await session.query("SELECT 1 AS a WHERE 1 = 0");
      expect(none).toMatchObject({ columns: ["a"], rows: [], rowCount: 0 });
    }),
  );

  test(
    "parameters keep their values",
    given(make, async ({ session }) => {
      await session.query("CREATE TABLE p (t text, i bigint)");
      const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
      const property = fc.asyncProperty(fc.option(text), fc.option(fc.maxSafeInteger()), async (t, i) => {
        const params: readonly Value[] = [t, i];
        await session.query("DELETE FROM p");
        const inserted = await session.query("INSERT INTO p (t, i) VALUES ($1, $2)", params);
        expect(inserted.rowCount).toBe(1);
        // Parameters are named by number, so one may stand twice and in any order.
        const read = await session.query(
          "SELECT t, i FROM p WHERE (i = $2 OR $2 IS NULL) AND (t = $1 OR $1 IS NULL)",
          params,
        );
        expect(read.rows).toEqual([{ t, i }]);
      });
      await fc.assert(property, { numRuns: 50 });
    }),
  );
}

function describeScripts(make: MakeEngine): void {
  test(
    "a script gives one result for each statement",
    given(make, async ({ session }) => {
      const results = await session.script([
        "CREATE TABLE t (x integer)",
        "INSERT INTO t VALUES (1), (2)",
        "SELECT x FROM t ORDER BY x",
        "UPDATE t SET x = 3 WHERE x = 2",
      ]);
      expect(results.map((result) => result.rowCount)).toEqual([0, 2, 2, 1]);
      expect(results[2]?.rows).toEqual([{ x: 1 }, { x: 2 }]);
      expect(await session.script([])).toEqual([]);
    }),
  );

  test(
    "a failing statement is named by its index, and what follows it does not run",
    given(make, async ({ session }) => {
      await session.query("CREATE TABLE t (x integer NOT NULL PRIMARY KEY)");
      const failed = await failure(
        session.script([
          "BEGIN",
          "INSERT INTO t VALUES (1)",
          "INSERT INTO t VALUES (1)",
          "INSERT INTO t VALUES (2)",
          "COMMIT",
        ]),
        "statement.failed",
      );
      expect(failed.details).toMatchObject({
        statement: 2,
        connectionLost: false,
        sqlstate: expect.stringMatching(/^(23505|SQLITE_CONSTRAINT_PRIMARYKEY)$/),
      });
      await session.rollback();
      expect((await session.query("SELECT count(*) AS n FROM t")).rows).toEqual([{ n: 0 }]);
      await session.rollback();
      expect(session.closed).toBe(false);
    }),
  );

  test(
    "the place of a syntax error is given in characters",
    given(make, async ({ session, samples }) => {
      const offset = samples.misplaced.indexOf("^");
      const sql = samples.misplaced.replace("^", "");
      const failed = await failure(session.query(sql), "statement.failed");
      // The server points at the token before which it would have expected something else.
      const after = sql.indexOf(" ", offset) + 1;
      expect([offset, after]).toContain(failed.details["offset"]);
      expect(failed.details["statement"]).toBe(0);
    }),
  );

  test(
    "a transaction that was rolled back leaves nothing, tables included",
    given(make, async ({ session }) => {
      await session.script(["BEGIN", "CREATE TABLE gone (x integer)", "INSERT INTO gone VALUES (1)"]);
      await session.rollback();
      const failed = await failure(session.query("SELECT * FROM gone"), "statement.failed");
      expect(failed.details["statement"]).toBe(0);
    }),
  );

  test(
    "reset undoes what a revision left in the session",
    given(make, async ({ session, engine }) => {
      const setting = engine.dialect === "sqlite" ? "PRAGMA foreign_keys" : "SHOW search_path";
      const before = await session.query(setting);
      await session.script(
        engine.dialect === "sqlite" ? ["PRAGMA foreign_keys = OFF"] : ["SET search_path = pg_catalog"],
      );
      expect((await session.query(setting)).rows).not.toEqual(before.rows);
      await session.reset();
      expect((await session.query(setting)).rows).toEqual(before.rows);
    }),
  );
}

function describeModes(make: MakeEngine): void {
  test(
    "a read session reads and refuses to write",
    given(make, async ({ engine, session, secrets }) => {
      await session.script(["CREATE TABLE t (x integer)", "INSERT INTO t VALUES (1)"]);
      if (engine.capabilities.sessions === "one") await session.close();
      const reader = await engine.open("read");
      try {
        expect((await reader.query("SELECT x FROM t")).rows).toEqual([{ x: 1 }]);
        for (const sql of ["INSERT INTO t VALUES (2)", "CREATE TABLE u (x integer)", "DROP TABLE t"]) {
          await failure(reader.query(sql), ["connection.read-only", "statement.failed", "privilege.missing"], secrets);
          await reader.rollback();
        }
        expect((await reader.query("SELECT count(*) AS n FROM t")).rows).toEqual([{ n: 1 }]);
      } finally {
        await reader.close();
      }
    }),
  );

  test(
    "a read session never creates a missing database",
    given(make, async ({ missing, secrets }) => {
      await failure(missing.open("read"), "database.missing", secrets);
      await failure(missing.open("read"), "database.missing", secrets);
    }),
  );

  test(
    "a closed session says so",
    given(make, async ({ session }) => {
      expect(session.closed).toBe(false);
      await session.query("BEGIN");
      await session.close();
      await session.close();
      expect(session.closed).toBe(true);
      await session.rollback();
      const failed = await failure(session.query("SELECT 1"), "connection.lost");
      expect(failed.details["connectionLost"]).toBe(true);
    }),
  );
}
