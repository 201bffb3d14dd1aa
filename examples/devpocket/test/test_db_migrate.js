import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  appliedIn,
  copyOfProject,
  freshDatabase,
  head,
  migrate,
  migratedDatabase,
  partsOf,
  revisions,
  runScript,
  tablesOf,
} from "./workbench.js";

describe("the command line of db_migrate.sh", { concurrency: 2 }, () => {
  test("explains every option and target", async () => {
    const { code, stdout } = await runScript("db_migrate.sh", ["--help"]);
    assert.equal(code, 0);
    for (const word of [
      "--dry-run",
      "--force",
      "--skip-backup",
      "--env-file",
      "--generate",
      "--history",
      "--check-only",
      "-h, --help",
    ]) {
      assert.ok(stdout.includes(word), word);
    }
    assert.match(stdout, /head[\s\S]*\+1, -1[\s\S]*REVISION/);
  });

  const wrong = [
    [["--everything"], /There is no option --everything/],
    [["--generate"], /--generate needs a message/],
    [["--env-file", "--dry-run"], /--env-file needs the name of a file/],
    [["--force=yes"], /--force takes no value/],
    [["head", "+1"], /One target is enough/],
    [["--history", "--check-only"], /can't be given together/],
    [["--check-only", "head"], /takes no target/],
    [["--env-file", ".env.nowhere"], /There is no file \.env\.nowhere/],
  ];
  for (const [args, message] of wrong) {
    test(`refuses ${args.join(" ")}`, async () => {
      const { code, stderr } = await runScript("db_migrate.sh", args);
      assert.equal(code, 1);
      assert.match(stderr, message);
    });
  }
});

describe("migrating", { concurrency: 2 }, () => {
  test("to the head by default, and finds nothing to do the second time", async (t) => {
    const database = await freshDatabase(t);
    const first = await runScript("db_migrate.sh", [], { url: database.url, cwd: "/" });
    assert.equal(first.code, 0, first.output);
    assert.match(first.stderr, /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}INFO {2}Checking the connection$/m);
    assert.match(first.stdout, /Target reached +head\nRevisions +9 applied\nDuration +\d/);
    assert.equal((await appliedIn(database)).length, revisions.length);
    const second = await migrate(database, "head");
    assert.match(second.stdout, /Nothing to do/);
  });

  test("shows with --dry-run what it would do, and does nothing", async (t) => {
    const database = await freshDatabase(t);
    const { code, stdout, stderr } = await migrate(database, "--dry-run", "head");
    assert.equal(code, 0);
    assert.match(stdout, /CREATE TABLE public\.users/);
    assert.match(stderr, /Dry run: nothing was executed target=head/);
    assert.deepEqual(await tablesOf(database), []);
  });

  test("goes step by step, and to a revision by its id, back only when told that it may", async (t) => {
    const database = await freshDatabase(t);
    assert.equal((await migrate(database, "+1")).code, 0);
    assert.deepEqual(await tablesOf(database), ["ssh_keys", "ssh_profiles", "users"]);
    assert.equal((await migrate(database, "823653367e4a")).code, 0);
    assert.ok((await tablesOf(database)).includes("commands"));
    const asked = await migrate(database, "-1");
    assert.equal(asked.code, 7);
    assert.match(asked.stderr, /nobody confirmed it[\s\S]*The target was not reached/);
    assert.equal((await appliedIn(database)).length, 2);
    assert.equal((await migrate(database, "-1", "--force")).code, 0);
    assert.equal((await appliedIn(database)).length, 1);
  });

  test("checks the target before anything runs", async (t) => {
    const database = await freshDatabase(t);
    const { code, stderr } = await migrate(database, "--force", "abc123def456");
    assert.equal(code, 1);
    assert.match(stderr, /No revision has the id or the label "abc123def456"/);
    assert.deepEqual(await tablesOf(database), []);
  });

  test("makes no backup in this release, and says so", async (t) => {
    const database = await freshDatabase(t);
    assert.match((await migrate(database, "+1")).stdout, /^No backup is made/);
    const env = { SKIP_BACKUP: "true" };
    assert.match((await runScript("db_migrate.sh", ["+1"], { url: database.url, env })).stdout, /^Backup skipped/);
  });
});

describe("looking without touching", { concurrency: 2 }, () => {
  test("--check-only connects, and that is all", async (t) => {
    const database = await freshDatabase(t);
    const { code, stderr } = await migrate(database, "--check-only");
    assert.equal(code, 0);
    assert.match(stderr, /Connected to PostgreSQL \d+/);
    assert.deepEqual(await database.rows("SELECT 1 FROM pg_class WHERE relname LIKE 'keelson%'"), []);
  });

  test("--check-only says why it can't connect, without a password", async (t) => {
    const database = await freshDatabase(t);
    const url = new URL(database.url);
    url.username = "nobody_at_all";
    url.password = "swordfish";
    const { code, output } = await runScript("db_migrate.sh", ["--check-only"], { url: url.href });
    assert.equal(code, 1);
    assert.match(output, /refused user "nobody_at_all"|nobody_at_all/);
    assert.doesNotMatch(output, /swordfish/);
  });

  test("--history marks what is applied, and works without a database", async (t) => {
    const database = await migratedDatabase(t, "+1");
    const { stdout } = await migrate(database, "--history");
    assert.equal(stdout.trim().split("\n").length, revisions.length);
    const url = "postgres://nobody@127.0.0.1:1/nothing";
    const offline = await runScript("db_migrate.sh", ["--history"], { url });
    assert.equal(offline.code, 0);
    assert.match(offline.output, /What is applied is not known[\s\S]*Users, SSH keys/);
  });

  test("DB_DEBUG=1 logs each statement", async (t) => {
    const database = await freshDatabase(t);
    const { stderr } = await runScript("db_migrate.sh", ["--check-only"], {
      url: database.url,
      env: { DB_DEBUG: "1" },
    });
    assert.match(stderr, /DEBUG {2}Running command=/);
    assert.match(stderr, /DEBUG .*SELECT/);
  });
});

describe("environments and revisions", { concurrency: 2 }, () => {
  test("takes the connection from a file, by its five parts", async (t) => {
    const database = await freshDatabase(t);
    const folder = await copyOfProject(t);
    const lines = Object.entries(partsOf(database.url)).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(folder, ".env.elsewhere"), lines.join("\n"));
    const { code, output } = await runScript("db_migrate.sh", ["--env-file", ".env.elsewhere", "+1"], {
      folder,
      cwd: folder,
    });
    assert.equal(code, 0, output);
    assert.equal((await appliedIn(database)).length, 1);
  });

  test("says that a file is made from its example", async (t) => {
    const folder = await copyOfProject(t);
    const { code, stderr } = await runScript("db_migrate.sh", ["--env-file", ".env.staging"], { folder, cwd: folder });
    assert.equal(code, 1);
    assert.match(stderr, /There is no file \.env\.staging[\s\S]*Copy \.env\.staging\.example/);
  });

  test("--generate finds nothing where models and revisions agree", async () => {
    const { code, stdout } = await runScript("db_migrate.sh", ["--generate", "Nothing new"]);
    assert.equal(code, 0);
    assert.match(stdout, /No changes detected/);
  });
});

test("the head of the history is the one that these tests know", async (t) => {
  const database = await migratedDatabase(t);
  assert.equal((await appliedIn(database)).at(-1), head);
});
