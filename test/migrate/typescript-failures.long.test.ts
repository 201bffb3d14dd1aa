import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { sql } from "../../src/app/sql.ts";
import { status } from "../../src/app/status.ts";
import { previewUpgrade, upgrade } from "../../src/app/upgrade.ts";
import type { ProgressEvent } from "../../src/progress/events.ts";
import { type MigrateProject, migrateProject, quickEngines } from "./databases.ts";

const base = `-- keelson
-- id: b00000000001

-- keelson:up
CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO items VALUES (1, 'one');

-- keelson:down
DROP TABLE items;
`;

/** A revision after the table, from the text of its parts. */
function revision(parts: string, lines: readonly string[] = []): string {
  const header = ["// keelson", "// id: b00000000002", "// parents: b00000000001", ...lines];
  return `${header.join("\n")}\n\nexport default {\n${parts}\n};\n`;
}

const down = 'async down(db) { await db.exec("DELETE FROM items WHERE id > 1"); },';
const insert = `async up(db) { await db.query("INSERT INTO items VALUES ($1, $2)", [2, "two"]); },\n${down}`;

/** A project at the table, whose next revision has these parts. */
async function project(
  engine: (typeof quickEngines)[number],
  parts: string,
  lines: readonly string[] = [],
): Promise<MigrateProject> {
  const made = await migrateProject(engine, { "1_items.sql": base, "2_code.ts": revision(parts, lines) });
  await upgrade({ ...made.options, target: "b00000000001" });
  return made;
}

async function expectUntouched(made: MigrateProject): Promise<void> {
  expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }]);
  expect(await made.applied()).toEqual(["b00000000001"]);
}

describe.each(quickEngines)("what goes wrong in a TypeScript revision on %s", (engine) => {
  test.each([
    [
      "needed",
      `needed() { throw new Error("no idea"); },\n${insert}`,
      "revision.failed",
      /2_code\.ts:6: needed failed: no idea/,
    ],
    ["needed", `needed() { return 1; },\n${insert}`, "revision.failed", /It returned 1; it must return true or false/],
    [
      "preflight",
      `preflight: { "two is missing": () => false },\n${insert}`,
      "revision.preflight-failed",
      /preflight failed: This does not hold: two is missing/,
    ],
    [
      "preflight",
      `preflight: { "an admin exists": async (db) => (await db.hasTable("admins")) || "create one" },\n${insert}`,
      "revision.preflight-failed",
      /an admin exists: create one/,
    ],
    [
      "preflight",
      `preflight: { "it can be asked": async (db) => (await db.query("SELECT 1 FROM nowhere")).rowCount > 0 },\n${insert}`,
      "revision.failed",
      /2_code\.ts:6: preflight failed: .*nowhere/,
    ],
    [
      "preflight",
      `preflight: { "it is sure": () => undefined },\n${insert}`,
      "revision.failed",
      /returned undefined; it must return true/,
    ],
    ["confirm", `confirm() { return 3; },\n${insert}`, "revision.failed", /must return a question or null/],
    [
      "up",
      `async up(db) {\n  await db.query("INSERT INTO items VALUES (2, 'two')");\n  throw new TypeError("oops");\n},\n${down}`,
      "revision.failed",
      /2_code\.ts:8: up failed: TypeError: oops\nRevision b00000000002 was rolled back/,
    ],
    [
      "up",
      `async up(db) {\n  await db.exec("INSERT INTO items VALUES (2, 'two');\\nINSERT INTO items VALUES (3, 'two')");\n},\n${down}`,
      "revision.failed",
      /2_code\.ts:7: up failed: .*in: `INSERT INTO items VALUES \(3, 'two'\)`/is,
    ],
    [
      "up",
      `async up(db) { await db.exec("INSERT INTO items VALUES (2, 'two'); COMMIT;"); },\n${down}`,
      "revision.transaction-control",
      /2_code\.ts:6: up failed: `COMMIT`/,
    ],
    [
      "up",
      `async up(db) { await db.query("SELECT 1; SELECT 2"); },\n${down}`,
      "revision.failed",
      /query runs one statement/,
    ],
    [
      "up",
      `async up(db) { await db.query("SELECT $1", [{}]); },\n${down}`,
      "revision.failed",
      /Parameter \$1 is object/,
    ],
    [
      "up",
      `async up(db) { await db.exec("SELEC 1"); },\n${down}`,
      "revision.failed",
      /2_code\.ts:6: up failed: .*SELEC/is,
    ],
    [
      "up",
      `async up(db) { db.exec("INSERT INTO items VALUES (2, 'two')"); },\n${down}`,
      "revision.failed",
      /It returned while a statement was still running/,
    ],
    [
      "verify",
      `${insert}\nverify: ["SELECT name FROM items WHERE id = 2"],`,
      "revision.verify-failed",
      /verify failed: It found 1 row where it must find none/,
    ],
    [
      "verify",
      `${insert}\nverify: { "two is not there": async (db) => (await db.query("SELECT 1 FROM items WHERE id = 2")).rowCount === 0 },`,
      "revision.verify-failed",
      /This does not hold: two is not there/,
    ],
  ])("a failing %s rolls back (%#)", async (_part, parts, code, message) => {
    const made = await project(engine, parts);
    await expect(upgrade({ ...made.options, yes: true })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    await expectUntouched(made);
    await made.write({ "migrations/2_code.ts": revision(insert) });
    await upgrade(made.options);
    expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("a failing down leaves the revision applied", async () => {
    const made = await project(
      engine,
      insert.replace("DELETE FROM items WHERE id > 1", "DELETE FROM items; DELETE FROM nothing"),
    );
    await upgrade(made.options);
    await expect(downgrade({ ...made.options, yes: true })).rejects.toMatchObject({ code: "revision.failed" });
    expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await made.applied()).toEqual(["b00000000001", "b00000000002"]);
  });

  test("a run that is stopped in the middle of the code rolls it back", async () => {
    const made = await project(
      engine,
      `async up(db) {
      await db.exec("INSERT INTO items VALUES (2, 'two')");
      db.log("half-way");
      await db.exec("INSERT INTO items VALUES (3, 'three')");
    },\n${down}`,
    );
    const stop = new AbortController();
    const on = (event: ProgressEvent): void => {
      if (event.event === "revision-log") stop.abort();
    };
    await expect(upgrade({ ...made.options, on, signal: stop.signal })).rejects.toMatchObject({
      code: "run.interrupted",
      message: expect.stringMatching(
        /^2_code\.ts:9: up failed: The run was stopped\.\nRevision b00000000002 was rolled back/,
      ),
    });
    await expectUntouched(made);
  });

  test("a statement's failure that the code catches either leaves a transaction that goes on, or is told", async () => {
    const made = await project(
      engine,
      `async up(db) {
        await db.query("INSERT INTO items VALUES (2, 'two')");
        await db.query("INSERT INTO items VALUES (3, 'two')").catch(() => undefined);
      },\n${down}`,
    );
    if (engine === "sqlite") {
      await upgrade(made.options);
      expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
      return;
    }
    await expect(upgrade(made.options)).rejects.toMatchObject({
      code: "revision.failed",
      message: expect.stringMatching(/duplicate key/),
    });
    await expectUntouched(made);
  });

  test.each([false, true])("what a check writes is rolled back (one transaction: %s)", async (singleTransaction) => {
    const made = await project(
      engine,
      `async needed(db) { await db.exec("DELETE FROM items"); return true; },
      preflight: { writes: async (db) => { await db.exec("DELETE FROM items"); return true; } },\n${insert}`,
    );
    await upgrade({ ...made.options, singleTransaction });
    expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("a question needs a yes", async () => {
    const made = await project(engine, `confirm: "Really?",\n${insert}`);
    await expect(upgrade(made.options)).rejects.toMatchObject({
      code: "confirm.required",
      message: expect.stringContaining("Really?"),
    });
    await expectUntouched(made);
    await expect(upgrade({ ...made.options, confirm: async () => false })).rejects.toMatchObject({
      code: "confirm.declined",
    });
    await expectUntouched(made);
    await upgrade({ ...made.options, yes: true });
    expect(await made.applied()).toHaveLength(2);
  });

  test("what was checked before the question is checked again after it", async () => {
    const made = await project(
      engine,
      `preflight: { "one is there": async (db) => (await db.query("SELECT 1 FROM items")).rowCount > 0 },\nconfirm: "Really?",\n${insert}`,
    );
    const confirm = async (): Promise<boolean> => {
      await made.execute("DELETE FROM items");
      return true;
    };
    await expect(upgrade({ ...made.options, confirm })).rejects.toMatchObject({ code: "revision.preflight-failed" });
    expect(await made.applied()).toEqual(["b00000000001"]);
  });

  test.each([
    ["syntax", "up(db) { await", /2_code\.ts:6: The revision can't be loaded/],
    [
      "a module that is not there",
      "up() {} }; import './nowhere.ts'; const rest = {",
      /2_code\.ts:6: The revision can't be loaded: Cannot find module '.\/nowhere.ts'/,
    ],
    [
      "code that fails at once",
      "up() {}, down: null.x",
      /2_code\.ts:6: The revision can't be loaded: Cannot read properties of null/,
    ],
    ["no up", "down() {}", /up must be a function/],
    ["an unknown part", "up() {}, down() {}, preflights: {}", /A revision has no part "preflights"/],
    ["a part of another kind", "up() {}, down() {}, preflight: [1]", /preflight must be checks by name/],
    ["no down", "up() {}", /The code has no down, and the header does not say so/],
  ])("is refused before anything runs: %s", async (_what, parts, message) => {
    const made = await migrateProject(engine, { "1_items.sql": base, "2_code.ts": revision(parts) });
    await expect(upgrade(made.options)).rejects.toMatchObject({
      code: "revision.syntax",
      message: expect.stringMatching(message),
    });
    expect(await made.applied()).toEqual([]);
  });

  test("says with its header that it can't be reverted", async () => {
    const made = await project(engine, insert, ["// reversible: no"]);
    await expect(upgrade(made.options)).rejects.toMatchObject({
      code: "revision.syntax",
      message: expect.stringContaining("has a down"),
    });
    await made.write({ "migrations/2_code.ts": revision("async up() {}", ["// reversible: no"]) });
    await upgrade(made.options);
    await expect(downgrade({ ...made.options, yes: true })).rejects.toMatchObject({ code: "revision.no-down" });
  });

  test("is part of a run in one transaction, which rolls all of it back", async () => {
    const made = await migrateProject(engine, {
      "1_items.sql": base,
      "2_code.ts": revision(`${insert}\nverify: ["SELECT 1"],`),
    });
    const options = { ...made.options, singleTransaction: true };
    await expect(upgrade(options)).rejects.toMatchObject({
      code: "revision.verify-failed",
      message: expect.stringMatching(
        /^2_code\.ts: verify failed: [^\n]*\nRevision b00000000002 was rolled back[^\n]*$/,
      ),
    });
    expect(await made.applied()).toEqual([]);
    await made.write({ "migrations/2_code.ts": revision(`${insert}\nverify: ["SELECT 1 FROM items WHERE id > 2"],`) });
    await upgrade(options);
    expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("outside of a transaction each statement stays, and a later run begins the code again", async () => {
    const parts = (rest: string) => `async up(db) {
      if ((await db.query("SELECT 1 FROM items WHERE id = 2")).rowCount === 0) await db.query("INSERT INTO items VALUES (2, 'two')");
      ${rest}
    },\n${down}`;
    const lines = ["// transaction: none"];
    const made = await project(engine, parts('throw new Error("half-way");'), lines);
    await expect(upgrade(made.options)).rejects.toMatchObject({
      code: "revision.partial",
      message: expect.stringContaining("half-way"),
    });
    expect(await made.rows("SELECT id FROM items ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect((await status(made.options)).pending).toMatchObject([{ id: "b00000000002", state: "partial" }]);
    await expect(upgrade({ ...made.options, singleTransaction: true })).rejects.toMatchObject({
      code: "revision.not-transactional",
    });
    const vacuum = engine === "sqlite" ? "VACUUM" : "VACUUM items";
    await made.write({ "migrations/2_code.ts": revision(parts(`await db.exec("${vacuum}");`), lines) });
    expect((await upgrade(made.options)).steps).toMatchObject([{ outcome: "resumed" }]);
    expect((await status(made.options)).pending).toEqual([]);
    await downgrade({ ...made.options, yes: true });
    await expectUntouched(made);
  });

  test("transaction-down takes the way down alone out of its transaction", async () => {
    const vacuum = engine === "sqlite" ? "VACUUM" : "VACUUM items";
    const undo = `async down(db) { await db.query("DELETE FROM items WHERE id = 2"); await db.exec("${vacuum}"); },`;
    const up = (rest: string) =>
      `async up(db) { await db.query("INSERT INTO items VALUES (2, 'two')"); ${rest} },\n${undo}`;
    const lines = ["// transaction-down: none"];
    const made = await project(engine, up('throw new Error("half-way");'), lines);
    await expect(upgrade(made.options)).rejects.toMatchObject({ code: "revision.failed" });
    await expectUntouched(made);
    await made.write({ "migrations/2_code.ts": revision(up(""), lines) });
    await upgrade(made.options);
    await downgrade({ ...made.options, yes: true });
    await expectUntouched(made);
  });

  test("a preview makes its checks and lists no statements; a script refuses it", async () => {
    const made = await project(engine, `confirm: "Really?",\n${insert}`);
    expect((await previewUpgrade(made.options)).steps).toMatchObject([
      { file: "2_code.ts", groups: [], code: { checked: true, needed: true, problem: null, question: "Really?" } },
    ]);
    await made.write({
      "migrations/2_code.ts": revision(`preflight: { "three is there": () => "it is not" },\n${insert}`),
    });
    expect((await previewUpgrade(made.options)).steps[0]?.code).toMatchObject({
      problem: expect.stringContaining("it is not"),
    });
    await expect(sql({ ...made.options, range: "base:head" })).rejects.toMatchObject({
      code: "usage.invalid",
      message: expect.stringContaining("2_code.ts"),
    });
    await expectUntouched(made);
  });
});
