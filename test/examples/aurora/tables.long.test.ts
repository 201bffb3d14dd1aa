import { readdir, rm } from "node:fs/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { firstIndexes, firstTables, firstUniqueIndexes, madeByAlembic, typeOn } from "./first-schema.ts";
import { freshAurora, revisions } from "./fresh-aurora.ts";

let checkout: Checkout;

beforeAll(async () => {
  checkout = await checkOutExample("aurora");
  await linkKeelson(checkout);
  await rm(checkout.path("aurora.db"), { force: true });
});

describe.each(["postgres", "sqlite"] as const)("on %s", (engine) => {
  test("the first revision is the six tables and nineteen indexes of the guide, exactly", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate(`upgrade-to ${revisions.first}`);
    const expected = firstTables.map(({ name, columns }) => [
      name,
      columns.map((column) => `${column.name} ${typeOn(engine, column.type)}${column.nullable ? "" : " not null"}`),
    ]);
    expect(await aurora.columns()).toEqual(Object.fromEntries(expected));
    expect(firstIndexes).toHaveLength(19);
    expect(await aurora.indexes()).toEqual(
      firstIndexes.map((name) => (firstUniqueIndexes.includes(name) ? `${name} unique` : name)),
    );
  });

  test("goes all the way up, down to nothing, and up to the same again", async () => {
    const aurora = await freshAurora(checkout, engine);
    await aurora.migrate("upgrade");
    const made = await aurora.dump();
    expect(await aurora.tables()).toEqual([...firstTables.map(({ name }) => name), "user_preferences"].sort());
    await aurora.migrate("downgrade all --yes");
    expect(await aurora.dump()).toEqual([]);
    await aurora.migrate("upgrade");
    expect(await aurora.dump()).toEqual(made);
  });

  test("a database that Alembic made has the first revision, and goes on from there", async () => {
    const aurora = await freshAurora(checkout, engine);
    for (const statement of madeByAlembic(engine).split(";\n")) await aurora.rows(statement);
    await aurora.rows(
      "INSERT INTO users (id, username, email, hashed_password, is_active) VALUES (1, 'a', 'a@b.c', 'x', true)",
    );
    await aurora.migrate(`stamp ${revisions.first}`);
    await aurora.migrate("upgrade");
    expect(await aurora.rows("SELECT username, status FROM users")).toEqual([{ username: "a", status: "active" }]);
    const fresh = await freshAurora(checkout, engine);
    await fresh.migrate("upgrade");
    expect(await aurora.indexes()).toEqual(await fresh.indexes());
    const { alembic_version: _, ...columns } = await aurora.columns();
    expect(columns).toEqual(await fresh.columns());
  });
});

describe("scripts/db-migrate.sh", () => {
  const run = (command: string) =>
    checkout.shell.run(`cd / && "${checkout.path("scripts", "db-migrate.sh")}" ${command}`);
  afterEach(() => checkout.shell.renew());

  test("says where the database is, from any folder, before and after the first revision", async () => {
    const before = await run("status");
    expect(before, before.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing is applied\n") });
    expect(before.stdout).toContain(`Rev: ${revisions.cancelled} (head, pending)\n    Tasks can be cancelled`);
    expect(await readdir(checkout.folder)).not.toContain("aurora.db");
    expect(await run(`upgrade-to ${revisions.first}`)).toMatchObject({ code: 0 });
    const after = await run("status");
    expect(after.stdout).toContain(`📊 Current Migration Status:\n${revisions.first}\n`);
    expect(after.stdout).toContain("pending: 6");
    expect((await run("current")).stdout).toContain(revisions.first);
    expect((await run("history")).stdout).toContain("Merge migrations");
    expect(JSON.parse((await run("status --json")).stdout)).toMatchObject({ event: "result", verb: "status" });
  });

  test("takes nothing back, and resets nothing, until somebody says yes", async () => {
    expect(await run(`upgrade-to ${revisions.first}`)).toMatchObject({ code: 0 });
    for (const command of ["downgrade", "downgrade all", "downgrade-to base", "reset"]) {
      expect(await run(command), command).toMatchObject({ code: 7, stderr: expect.stringContaining("--yes") });
    }
    expect((await run("current")).stdout).toContain(revisions.first);
  });

  test("explains itself, and refuses what it does not know", async () => {
    expect(await run("help")).toMatchObject({ code: 0, stdout: expect.stringContaining("downgrade-to REVISION") });
    expect(await run("")).toMatchObject({ code: 1, stderr: expect.stringContaining("Usage") });
    for (const command of [
      "migrate",
      "downgrade twice",
      "downgrade 0",
      "create",
      "upgrade-to",
      "downgrade-to",
      "stamp",
    ]) {
      expect(await run(command), command).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("scripts/db-migrate.sh: "),
      });
    }
  });

  test("says what is wrong with a connection, and never the password", async () => {
    const refused = await run("status --url postgres://aurora:canary@127.0.0.1:1/aurora_db");
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("127.0.0.1:1") });
    expect(refused.stderr).not.toContain("canary");
  });
});
