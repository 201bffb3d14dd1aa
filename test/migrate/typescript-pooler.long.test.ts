import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { pgBouncerMissing, startPgBouncer } from "../support/pgbouncer.ts";
import { freshDatabase } from "../support/postgres.ts";
import { migrateProject } from "./databases.ts";

const code = (line: string) => `// keelson
// id: e00000000001
${line}
export default {
  async needed(db) { return !(await db.hasTable("items")); },
  preflight: { "the database answers": async (db) => (await db.query("SELECT 1")).rowCount === 1 },
  async up(db) { await db.exec("CREATE TABLE items (id integer); SET search_path = pg_catalog"); },
  async down(db) { await db.exec("DROP TABLE public.items"); },
  verify: ["SELECT 1 FROM public.items"],
};
`;

describe.skipIf(pgBouncerMissing()).each([1, 2])(
  "a TypeScript revision through a pooler of %i connections",
  (poolSize) => {
    test("is applied and reverted; outside of a transaction only where the run lock holds", async () => {
      const url = await freshDatabase();
      const pooler = await startPgBouncer({ url, poolSize });
      try {
        const project = await migrateProject("postgres", { "1_items.ts": code("") }, { url: pooler.url() });
        await upgrade(project.options);
        expect(await project.rows("SELECT count(*)::int AS n FROM items")).toEqual([{ n: 0 }]);
        await downgrade({ ...project.options, yes: true });
        expect(await project.applied()).toEqual([]);
        await project.write({ "migrations/1_items.ts": code("// transaction: none\n") });
        if (poolSize === 1) {
          await expect(upgrade(project.options)).rejects.toMatchObject({ code: "lock.pooler" });
          expect(await project.objects()).not.toContain("table:public.items");
        } else {
          await expect(upgrade(project.options)).rejects.toMatchObject({
            code: "revision.partial",
            message: expect.stringContaining("`SET search_path = pg_catalog` would be set for others"),
          });
          const quiet = code("// transaction: none\n").replace("; SET search_path = pg_catalog", "");
          await project.write({ "migrations/1_items.ts": quiet });
          await upgrade(project.options);
          expect(await project.applied()).toEqual(["e00000000001"]);
        }
      } finally {
        await pooler.stop();
      }
    });
  },
);
