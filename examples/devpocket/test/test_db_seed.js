import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  appliedIn,
  freshDatabase,
  migratedDatabase,
  revisions,
  rowsOf,
  runScript,
  seed,
  tablesOf,
} from "./workbench.js";

const addUser = "INSERT INTO users (email, username, password_hash) VALUES ('ada@example.com', 'ada', '-')";

describe("what comes with a later release", { concurrency: 2 }, () => {
  const calls = [
    [],
    ["users", "25"],
    ["--clean", "users", "20"],
    ["--upsert", "all", "100"],
    ["--clean-force", "commands"],
    ["--reset-force", "--upsert", "all", "100", "--stats"],
  ];
  for (const args of calls) {
    test(`${args.join(" ") || "seeding everything"} is refused`, async () => {
      const { code, stdout, stderr } = await runScript("db_seed.sh", args);
      assert.equal(code, 1);
      assert.match(stderr, /comes with a later release of Keelson\. Nothing was written\./);
      assert.equal(stdout, "");
    });
  }

  test("and nothing was written, not even the reset that was asked for as well", async (t) => {
    const database = await migratedDatabase(t);
    await database.rows(addUser);
    assert.equal((await seed(database, "--reset-force", "--upsert", "all", "100")).code, 1);
    assert.equal((await database.rows("SELECT 1 FROM users")).length, 1);
  });
});

describe("what there is", { concurrency: 2 }, () => {
  test("--help names every option of the document", async () => {
    const { code, stdout } = await runScript("db_seed.sh", ["--help"]);
    assert.equal(code, 0);
    for (const option of [
      "--clean",
      "--clean-force",
      "--reset",
      "--reset-force",
      "--upsert",
      "--stats",
      "--stats-only",
      "--env-file",
    ]) {
      assert.ok(stdout.includes(option), option);
    }
  });

  test("--stats-only counts the rows of every table", async (t) => {
    const database = await migratedDatabase(t);
    await database.rows(addUser);
    const { code, stdout } = await seed(database, "--stats-only");
    assert.equal(code, 0);
    assert.match(stdout, /^users +1 +0 /m);
    const listed = stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(" ")[0]);
    assert.deepEqual(listed, await tablesOf(database));
  });

  test("--stats-only says that there are no tables", async (t) => {
    const { code, stderr } = await seed(await freshDatabase(t), "--stats-only");
    assert.equal(code, 0);
    assert.match(stderr, /There are no tables yet/);
  });
});

describe("resetting", { concurrency: 2 }, () => {
  test("--reset asks, --reset-force makes everything anew", async (t) => {
    const database = await migratedDatabase(t);
    await database.rows(addUser);
    const asked = await seed(database, "--reset");
    assert.equal(asked.code, 7);
    assert.equal((await database.rows("SELECT 1 FROM users")).length, 1);
    const { code, output } = await seed(database, "--reset-force", "--stats");
    assert.equal(code, 0, output);
    assert.match(output, /The database was rebuilt; it is empty[\s\S]*users +0/);
    assert.equal((await appliedIn(database)).length, revisions.length);
  });

  test("a database that others use is left as it is, unless --disconnect is given", async (t) => {
    const database = await migratedDatabase(t);
    await database.rows(addUser);
    const other = rowsOf(database.url, "SELECT pg_sleep(30)").catch((error) => error);
    await until(
      async () =>
        (await database.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")).length === 1,
    );
    const { code, stderr } = await seed(database, "--reset-force");
    assert.equal(code, 5);
    assert.match(stderr, /in use by process \d+/);
    assert.equal((await database.rows("SELECT 1 FROM users")).length, 1);
    assert.equal((await seed(database, "--reset-force", "--disconnect")).code, 0);
    assert.ok((await other) instanceof Error);
    assert.equal((await database.rows("SELECT 1 FROM users")).length, 0);
  });

  test("production is never reset", async (t) => {
    const database = await migratedDatabase(t);
    await database.rows(addUser);
    const env = { KEELSON_ENV: "production" };
    const { code, stderr } = await runScript("db_seed.sh", ["--reset-force"], { url: database.url, env });
    assert.equal(code, 1);
    assert.match(stderr, /marked as production/);
    assert.equal((await database.rows("SELECT 1 FROM users")).length, 1);
  });
});

async function until(holds) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("It did not come to that.");
}
