import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, ledgerTable, migrateProject } from "./databases.ts";

const config = (history: string) => `export default { ledger: { history: ${JSON.stringify(history)} } };\n`;
const revisions = (history: string) => ({
  "1_a.up.sql": `create table ${history}_a (n integer);`,
  "1_a.down.sql": `drop table ${history}_a;`,
  "2_b.up.sql": `create table ${history}_b (n integer);`,
  "2_b.down.sql": `drop table ${history}_b;`,
});

describe.each(engines)("two histories in one database on %s", (engine) => {
  test("start at once on a new database, and know nothing of each other", async () => {
    for (let round = 0; round < 4; round++) {
      const first = await migrateProject(engine, revisions("first"), { config: config("first") });
      const second = await migrateProject(engine, revisions("second"), { config: config("second"), url: first.url });
      const reports =
        engine === "pglite"
          ? [await upgrade(first.options), await upgrade(second.options)]
          : await Promise.all([upgrade(first.options), upgrade(second.options)]);
      expect(reports.map((report) => report.heads)).toEqual([["2"], ["2"]]);
      await downgrade({ ...first.options, target: "base", yes: true });
      expect(await first.applied()).toEqual([]);
      expect(await second.applied()).toEqual(["1", "2"]);
      const rows = await first.rows(`select distinct history from ${ledgerTable(engine, "attempt")} order by history`);
      expect(rows.map((row) => row["history"])).toEqual(["first", "second"]);
    }
  });
});
