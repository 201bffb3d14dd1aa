import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { upgrade } from "../../src/app/upgrade.ts";
import { startApplication } from "./applications.ts";
import { ledgerTable, migrateProject, quickEngines } from "./databases.ts";

const base = `-- keelson
-- id: c00000000001

-- keelson:up
CREATE TABLE numbers (n integer PRIMARY KEY, doubled integer);
INSERT INTO numbers (n) VALUES (1), (2), (3), (4), (5);
`;

/** The lines of the header, and how many rows a killed run leaves done, by where it is killed. */
const kinds = [
  ["in one transaction", "", { up: 0, verify: 0 }],
  ["outside of a transaction", "// transaction: none\n", { up: 2, verify: 5 }],
] as const;

/** Doubles what is not doubled yet, and ends its process as \`kill -9\` does where a file says so. */
function code(line: string): string {
  return `// keelson
// id: c00000000002
// parents: c00000000001
// reversible: no
${line}
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineRevision } from "keelson";

function mayKill(part: string): void {
  if (existsSync(join(import.meta.dirname, \`kill-in-\${part}\`))) process.kill(process.pid, "SIGKILL");
}

export default defineRevision({
  async needed(db) {
    return (await db.query("SELECT n FROM numbers WHERE doubled IS NULL")).rowCount > 0;
  },
  async up(db) {
    const { rows } = await db.query("SELECT n FROM numbers WHERE doubled IS NULL ORDER BY n");
    for (const { n } of rows) {
      if (n === 3) mayKill("up");
      await db.query("UPDATE numbers SET doubled = n + n WHERE n = $1", [n ?? 0]);
    }
  },
  verify: {
    "all are doubled": async (db) => {
      mayKill("verify");
      return (await db.query("SELECT n FROM numbers WHERE doubled IS NULL OR doubled <> n + n")).rowCount === 0;
    },
  },
});
`;
}

describe.each(quickEngines)("a TypeScript revision on %s whose run is killed", (engine) => {
  test.each(kinds)("is done once by the next run, %s", { timeout: 120_000 }, async (_kind, line, left) => {
    for (const part of ["up", "verify"] as const) {
      const project = await migrateProject(engine, {
        "1_numbers.sql": base,
        "2_double.ts": code(line),
        [`kill-in-${part}`]: "",
      });
      const killed = await startApplication(project.options).done;
      expect(killed.signal, killed.stdout + killed.stderr).toBe("SIGKILL");
      expect(await project.rows("SELECT n FROM numbers WHERE doubled IS NOT NULL")).toHaveLength(left[part]);
      await rm(project.path("migrations", `kill-in-${part}`));
      await upgrade(project.options);
      expect(await project.rows("SELECT doubled FROM numbers ORDER BY n")).toEqual(
        [2, 4, 6, 8, 10].map((doubled) => ({ doubled })),
      );
      expect(await project.applied()).toEqual(["c00000000001", "c00000000002"]);
      expect(await project.rows(`SELECT * FROM ${ledgerTable(engine, "journal")}`)).toEqual([]);
    }
  });
});
