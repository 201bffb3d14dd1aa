import { describe, expect, test } from "vitest";
import { killedAt, killedRebuild } from "./killed-rebuilds.ts";

// Each journal mode has one of the two, because every kill starts the program anew.
describe("a rebuild that is killed", () => {
  test("leaves the original or the result after each of its statements (DELETE)", { timeout: 900_000 }, async () => {
    const rebuild = await killedRebuild("delete", 20);
    const start = rebuild.statements.findIndex(({ sql }) => sql === "PRAGMA foreign_keys = OFF");
    expect(start).toBeGreaterThan(0);
    const left: string[] = [];
    for (let at = start; at < rebuild.statements.length; at++) left.push(await killedAt(rebuild, { killAt: at + 1 }));
    const first = left.indexOf("result");
    expect(rebuild.statements[start + first]?.sql, "the result is there from the commit on").toMatch(/^commit/i);
    expect(left.slice(first)).not.toContain("original");
  });

  test("leaves the original or the result in the middle of copying and committing (WAL)", {
    timeout: 600_000,
  }, async () => {
    const rebuild = await killedRebuild("wal", 20_000);
    const { statements } = rebuild;
    const start = statements.findIndex(({ sql }) => sql.startsWith("CREATE TABLE new_"));
    const commit = statements.findIndex(({ sql }, index) => index > start && /^commit/i.test(sql));
    const between = (from: number, to: number): number => (statements[to]?.at ?? 0) - (statements[from]?.at ?? 0);
    for (const [from, parts] of [
      [start, 6],
      [commit - 1, 6],
    ] as const) {
      const milliseconds = between(from, commit);
      for (let part = 0; part < parts; part++) {
        await killedAt(rebuild, { killAt: from + 1, killInMs: (milliseconds * part) / (parts - 1), goOn: part === 2 });
      }
    }
  });
});
