import { describe, expect, test } from "vitest";
import type { MakeEngine } from "./engine-under-test.ts";
import { failure, given } from "./given.ts";

export function describeDatabases(make: MakeEngine): void {
  describe("databases", () => {
    test(
      "are created once and dropped once",
      given(make, async ({ missing, secrets }) => {
        await failure(missing.dropDatabase({ force: false }), "database.missing", secrets);
        await missing.createDatabase();
        await failure(missing.createDatabase(), "database.exists", secrets);
        const session = await missing.open("write");
        await session.script(["CREATE TABLE t (x integer)", "INSERT INTO t VALUES (1)"]);
        await session.close();
        await missing.close();
        await missing.dropDatabase({ force: false });
        await failure(missing.open("read"), "database.missing", secrets);
        await missing.createDatabase();
        const empty = await missing.open("write");
        expect((await missing.listTables(empty)).filter((table) => table.name === "t")).toEqual([]);
        await empty.close();
        await missing.close();
        await missing.dropDatabase({ force: true });
      }),
    );

    test(
      "in use are dropped only by force",
      given(make, async ({ missing, secrets }) => {
        if (missing.capabilities.sessions === "one") return;
        await missing.createDatabase();
        const session = await missing.open("write");
        await session.script(["CREATE TABLE t (x integer)", missing.sql.begin, "INSERT INTO t VALUES (1)"]);
        await failure(missing.dropDatabase({ force: false }), "database.in-use", secrets);
        expect((await session.query("SELECT count(*) AS n FROM t")).rows).toEqual([{ n: 1 }]);
        await missing.dropDatabase({ force: true });
        await session.close().catch(() => undefined);
        await failure(missing.open("read"), "database.missing", secrets);
      }),
    );

    test(
      "beside this one are reached by name",
      given(make, async ({ missing }) => {
        const name = `beside_${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
        const beside = missing.withDatabase(name);
        expect(beside.label).toContain(name);
        expect(beside.dialect).toBe(missing.dialect);
        await beside.createDatabase();
        const session = await beside.open("write");
        expect((await beside.describe(session)).database).toContain(name);
        await session.close();
        await beside.close();
        await beside.dropDatabase({ force: false });
      }),
    );

    test(
      "have labels without secrets",
      given(make, async ({ engine, missing, secrets }) => {
        for (const { label } of [engine, missing, missing.withDatabase("other")]) {
          expect(label).not.toBe("");
          for (const secret of secrets) expect(label).not.toContain(secret);
        }
      }),
    );
  });
}
