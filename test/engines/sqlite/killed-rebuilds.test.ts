import { describe, expect, test } from "vitest";
import { chosen } from "../../migrate/crashing-runs.ts";
import { type JournalMode, killedAt, killedRebuild } from "./killed-rebuilds.ts";

const modes: readonly JournalMode[] = ["delete", "wal"];

describe.each(modes)("a rebuild that is killed in journal mode %s", (mode) => {
  test("leaves the original or the result", { timeout: 60_000 }, async () => {
    const rebuild = await killedRebuild(mode, 20);
    const begin = rebuild.statements.findLastIndex(({ sql }) => sql.startsWith("ALTER TABLE new_")) + 1;
    const left: string[] = [];
    for (const at of [...chosen(begin, 2), rebuild.statements.length]) {
      left.push(await killedAt(rebuild, { killAt: at, goOn: true }));
    }
    expect(new Set(left)).toEqual(new Set(["original", "result"]));
  });
});
