import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StatementFailure } from "../../../src/engines/engine.ts";
import type { MakeEngine } from "./engine-under-test.ts";
import { failure, given } from "./given.ts";

export function describeSqlText(make: MakeEngine): void {
  describe("SQL written by hand", () => {
    test(
      "literals read back as they were",
      given(make, async ({ engine, session }) => {
        const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
        const property = fc.asyncProperty(text, fc.maxSafeInteger(), async (written, number) => {
          const result = await session.query(
            `SELECT ${engine.sql.literal(written)} AS t, ${engine.sql.literal(number)} AS i, ${engine.sql.literal(null)} AS n`,
          );
          expect(result.rows[0]).toEqual({ t: written, i: number, n: null });
        });
        await fc.assert(property, { numRuns: 100 });
        const truth = await session.query(
          `SELECT CASE WHEN ${engine.sql.literal(true)} THEN 1 ELSE 2 END AS yes, CASE WHEN ${engine.sql.literal(false)} THEN 1 ELSE 2 END AS no`,
        );
        expect(truth.rows[0]).toEqual({ yes: 1, no: 2 });
      }),
    );

    test(
      "identifiers may be anything",
      given(make, async ({ engine, session }) => {
        for (const name of ["plain", "select", "With Space", 'a"b', "a;b", "é'"]) {
          const quoted = engine.sql.identifier(name);
          await session.script([`CREATE TABLE ${quoted} (${quoted} integer)`, `INSERT INTO ${quoted} VALUES (1)`]);
          expect((await session.query(`SELECT ${quoted} FROM ${quoted}`)).rows).toEqual([{ [name]: 1 }]);
        }
      }),
    );

    test(
      "moments keep their milliseconds",
      given(make, async ({ engine, session }) => {
        const { sql } = engine;
        await session.script([
          ...sql.createHome,
          `CREATE TABLE ${sql.table("moments")} (at ${sql.timestampType} NOT NULL DEFAULT ${sql.now}, n integer)`,
          `INSERT INTO ${sql.table("moments")} (n) VALUES (1)`,
          `INSERT INTO ${sql.table("moments")} (n, at) VALUES (2, ${sql.literal("2024-05-06T07:08:09.123Z")})`,
        ]);
        const rows = (await session.query(`SELECT ${sql.epochMs("at")} AS ms FROM ${sql.table("moments")} ORDER BY n`))
          .rows;
        expect(Math.abs(Number(rows[0]?.["ms"]) - Date.now())).toBeLessThan(60_000);
        expect(Number(rows[1]?.["ms"])).toBe(Date.parse("2024-05-06T07:08:09.123Z"));
      }),
    );

    test(
      "an assertion passes, or fails with its message",
      given(make, async ({ engine, session }) => {
        const { sql } = engine;
        const run = async (condition: string) => {
          const parsed = await engine.parse(sql.assert(condition, `it's not "so": really`));
          await session.script(parsed.map((statement) => statement.sql));
        };
        await run("1 = 1");
        await session.query(sql.begin);
        await run("EXISTS (SELECT 1)");
        for (const condition of ["1 = 2", "NULL"]) {
          const failed = await failure(run(condition), "statement.failed");
          expect(failed.message).toContain(`it's not "so": really`);
          await session.rollback();
        }
      }),
    );

    test(
      "a missing table is told from every other failure",
      given(make, async ({ engine, session }) => {
        const { sql } = engine;
        const isMissing = async (statement: string) => {
          const failed = await failure(session.query(statement), "statement.failed");
          return sql.isMissingTable(failed.details as unknown as StatementFailure, failed.message);
        };
        expect(await isMissing(`SELECT 1 FROM ${sql.table("ledger")}`)).toBe(true);
        await session.script([...sql.createHome, `CREATE TABLE ${sql.table("ledger")} (id text)`]);
        expect(await isMissing(`SELECT nothing FROM ${sql.table("ledger")}`)).toBe(false);
        expect(await isMissing("SELEC 1")).toBe(false);
      }),
    );

    test(
      "a transaction of Keelson's is one",
      given(make, async ({ engine, session }) => {
        const { sql } = engine;
        await session.script([
          ...sql.createHome,
          `CREATE TABLE ${sql.table("lock")} (epoch bigint)`,
          `INSERT INTO ${sql.table("lock")} VALUES (1)`,
        ]);
        await session.script([
          sql.begin,
          ...sql.lockTimeout(5000),
          `SELECT epoch FROM ${sql.table("lock")}${sql.forShare}`,
          "CREATE TABLE t (x integer)",
          "COMMIT",
          ...sql.resetSession,
        ]);
        expect((await engine.listTables(session)).map((table) => table.name)).toContain("t");
        expect(sql.home).not.toBe("");
      }),
    );
  });
}
