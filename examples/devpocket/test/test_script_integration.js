import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { appliedIn, freshDatabase, migrate, migratedDatabase, revisions, seed } from "./workbench.js";

describe("the scripts together", { concurrency: 2 }, () => {
  test("what one rebuilds, the other finds complete", async (t) => {
    const database = await migratedDatabase(t, "+1");
    assert.equal((await seed(database, "--reset-force")).code, 0);
    assert.match((await migrate(database)).stdout, /Nothing to do/);
  });

  test("statistics follow a migration down", async (t) => {
    const database = await migratedDatabase(t);
    assert.match((await seed(database, "--stats-only")).stdout, /^sync_data /m);
    assert.equal((await migrate(database, "--force", "823653367e4a")).code, 0);
    const { stdout } = await seed(database, "--stats-only");
    assert.doesNotMatch(stdout, /^sync_data /m);
    assert.match(stdout, /^commands /m);
  });

  test("of several migrations at once each revision is applied by one", async (t) => {
    const database = await freshDatabase(t);
    const runs = await Promise.all([migrate(database), migrate(database), migrate(database)]);
    for (const { code, output } of runs) assert.equal(code, 0, output);
    const applied = runs.flatMap(({ stdout }) => stdout.match(/✓ \d\/9/g) ?? []);
    assert.equal(applied.length, revisions.length);
    assert.equal((await appliedIn(database)).length, revisions.length);
  });
});
