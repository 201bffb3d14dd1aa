import { describe, expect, test } from "vitest";
import { withProject } from "../../src/app/project.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, type MigrateProject, migrateProject } from "./databases.ts";

const base = `-- keelson
-- id: d00000000001

-- keelson:up
CREATE TABLE items (id integer PRIMARY KEY, "Mixed" text);
CREATE TABLE "Loud" (id integer);
CREATE VIEW seen AS SELECT id FROM items;
`;

/** A project whose second revision has this body of `up`. */
async function project(engine: (typeof engines)[number], up: string): Promise<MigrateProject> {
  const code = `// keelson\n// id: d00000000002\n// parents: d00000000001\n// reversible: no\n\nexport default {\nasync up(db) {\n${up}\n},\n};\n`;
  return await migrateProject(engine, { "1_items.sql": base, "2_code.ts": code });
}

/** What the code logs as JSON. */
function logged(made: MigrateProject): readonly unknown[] {
  return made.events.flatMap((event) => (event.event === "revision-log" ? [JSON.parse(event.message)] : []));
}

describe.each(engines)("the database of a TypeScript revision on %s", (engine) => {
  test("answers what a statement would find", async () => {
    const names = [
      "items",
      "ITEMS",
      "seen",
      '"Loud"',
      "Loud",
      "nothing",
      engine === "sqlite" ? "main.items" : "public.items",
    ];
    const made = await project(
      engine,
      `const found = {};
      for (const name of ${JSON.stringify(names)}) found[name] = await db.hasTable(name);
      db.log(JSON.stringify(found));
      db.log(JSON.stringify([
        await db.hasColumn("items", "id"), await db.hasColumn("items", "Mixed"), await db.hasColumn("items", "mixed"),
        await db.hasColumn("items", "none"), await db.hasColumn("nothing", "id"),
      ]));
      await db.exec("CREATE TABLE made (id integer); ALTER TABLE items ADD COLUMN later integer");
      db.log(JSON.stringify([await db.hasTable("made"), await db.hasColumn("items", "later"), db.dialect]));`,
    );
    await upgrade(made.options);
    const folds = engine === "sqlite";
    expect(logged(made)).toEqual([
      Object.fromEntries(names.map((name) => [name, name !== "nothing" && (name !== "Loud" || folds)])),
      [true, true, folds, false, false],
      [true, true, engine === "sqlite" ? "sqlite" : "postgres"],
    ]);
  });

  test("takes values of every kind, and runs what is asked at once in its order", async () => {
    const made = await project(
      engine,
      `await db.script(["CREATE TABLE kept (n integer, v text); INSERT INTO kept VALUES (0, 'first')", "INSERT INTO kept VALUES (1, NULL)"]);
      const values = [null, "ü'", 12n, new Date("2026-01-02T03:04:05Z")];
      await Promise.all(values.map((value, index) => db.query("INSERT INTO kept VALUES ($1, $2)", [index + 2, value])));
      const { rows, rowCount, columns } = await db.query("SELECT v FROM kept ORDER BY n;");
      db.log(JSON.stringify([rows.map(({ v }) => v), rowCount, columns]));
      await db.exec("SAVEPOINT one; INSERT INTO kept VALUES (9, 'gone'); ROLLBACK TO SAVEPOINT one; -- done");`,
    );
    await upgrade(made.options);
    const values = ["first", null, null, "ü'", "12", "2026-01-02T03:04:05.000Z"];
    expect(logged(made)).toEqual([[values, 6, ["v"]]]);
    expect(await made.rows("SELECT n FROM kept WHERE n = 9")).toEqual([]);
  });

  test("is of no use after its part, whose settings end with it", async () => {
    const made = await project(
      engine,
      `globalThis.keelsonKeptDatabase = db;
      ${engine === "sqlite" ? "" : 'await db.exec("CREATE SCHEMA app; SET search_path = app; CREATE TABLE inside (n integer)");'}`,
    );
    const after =
      "-- keelson\n-- id: d00000000003\n-- parents: d00000000002\n\n-- keelson:up\nCREATE TABLE outside (n integer);\n";
    await made.write({ "migrations/3_after.sql": after });
    await upgrade(made.options);
    const kept = (globalThis as { keelsonKeptDatabase?: { query(sql: string): Promise<unknown> } }).keelsonKeptDatabase;
    await expect(kept?.query("SELECT 1")).rejects.toMatchObject({
      code: "revision.failed",
      message: expect.stringContaining("after its part had ended"),
    });
    if (engine === "sqlite") return;
    expect((await made.objects()).filter((name) => /inside|outside/.test(name)).sort()).toEqual(
      expect.arrayContaining([expect.stringContaining("app.inside"), expect.stringContaining("public.outside")]),
    );
  });

  test("is changed once by several runs at the same time", async () => {
    const made = await project(engine, `await db.query("INSERT INTO items (id) SELECT count(*) + 1 FROM items");`);
    const reports = await Promise.all(
      Array.from({ length: 4 }, () => upgrade({ ...made.options, on: () => undefined })),
    );
    const outcomes = reports.flatMap((report) => report.steps.map((step) => `${step.id} ${step.outcome}`));
    expect(outcomes.filter((outcome) => outcome === "d00000000002 applied")).toHaveLength(1);
    expect(await made.rows("SELECT id FROM items")).toEqual([{ id: 1 }]);
  });

  test.skipIf(engine === "sqlite")("is tried again as a whole when a lock does not come in time", async () => {
    const made = await project(
      engine,
      `db.log(JSON.stringify("begins"));
      await db.exec("CREATE TABLE made (id integer)");
      await db.exec("ALTER TABLE items ADD COLUMN later integer");`,
    );
    await upgrade({ ...made.options, target: "d00000000001" });
    await withProject(made.options, async (other) => {
      const session = await other.engine.open("write");
      await session.script(["BEGIN", "LOCK TABLE items"]);
      await upgrade({
        ...made.options,
        lockTimeoutMs: 200,
        on: (event) => {
          made.options.on?.(event);
          if (event.event === "retry") void session.rollback();
        },
      });
      await session.close();
    });
    expect(logged(made)).toEqual(["begins", "begins"]);
    expect(await made.applied()).toHaveLength(2);
  });
});
