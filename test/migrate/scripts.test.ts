import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { downgrade } from "../../src/app/downgrade.ts";
import { sql } from "../../src/app/sql.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { ledgerTable, type MigrateProject, migrateProject } from "./databases.ts";
import { applyScript, programMissing } from "./other-programs.ts";
import { id, revisionText } from "./revision-text.ts";

const [a, b, c] = [id("a"), id("b"), id("c")];

const revisions = (engine: "postgres" | "sqlite") => ({
  "1_a.sql": revisionText({
    id: a,
    up: "create table people (id integer primary key, name text not null); -- it's the first; really\ninsert into people values (1, 'O''Hara; ü 🦀 \\n');",
    down: "drop table people;",
    verify: "select * from people where name = '';",
  }),
  "2_b.sql": revisionText({
    id: b,
    parents: [a],
    up: `alter table people add column age integer;\n${engine === "sqlite" ? "vacuum;" : "create index concurrently people_age on people (age);"}\ninsert into people values (2, 'Zoë', 39);\nupdate people set age = 40`,
    down: `${engine === "sqlite" ? "vacuum;" : "drop index concurrently people_age;"}\nalter table people drop column age;`,
  }),
  "3_c.sql": revisionText({
    id: c,
    parents: [b],
    up: "create table notes (n integer references people (id)) -- no semicolon",
    down: "drop table notes;",
  }),
});

async function everything(engine: "postgres" | "sqlite", project: MigrateProject) {
  return {
    catalog: await project.catalog(),
    ledger: await project.rows(
      `select id, file, message, parents, checksum, source from ${ledgerTable(engine, "ledger")} order by id`,
    ),
    attempts: (await project.rows(`select revision, action, outcome from ${ledgerTable(engine, "attempt")}`))
      .map((row) => Object.values(row).join(" "))
      .sort(),
    journal: await project.rows(`select * from ${ledgerTable(engine, "journal")}`),
    applied: await project.applied(),
  };
}

describe.each(["postgres", "sqlite"] as const)("a script for %s", (engine) => {
  const program = engine === "postgres" ? "psql" : "sqlite3";

  test.skipIf(programMissing(program))(
    `applied by ${program} gives the catalog and the ledger of the online run`,
    async () => {
      const online = await migrateProject(engine, revisions(engine));
      const offline = await migrateProject(engine, revisions(engine));
      await upgrade(online.options);
      const up = await sql(offline.options);
      expect(up).toMatchObject({ direction: "up", revisions: [a, b, c] });
      expect(applyScript(engine, offline.url, up.script)).toMatchObject({ code: 0 });
      expect(await everything(engine, offline)).toEqual(await everything(engine, online));
      expect((await upgrade(offline.options)).direction).toBe("none");
      expect((await check(offline.options)).problems).toEqual([]);

      await downgrade({ ...online.options, target: a, yes: true });
      const down = await sql({ ...offline.options, range: `head:${a}` });
      expect(down).toMatchObject({ direction: "down", revisions: [c, b] });
      expect(applyScript(engine, offline.url, down.script)).toMatchObject({ code: 0 });
      expect(await everything(engine, offline)).toEqual(await everything(engine, online));
      expect(await offline.rows("select name from people")).toEqual(await online.rows("select name from people"));
    },
  );

  test.skipIf(programMissing(program))("stops before its first statement on any other starting point", async () => {
    const project = await migrateProject(engine, revisions(engine));
    const from = await sql({ ...project.options, range: `${a}:${b}` });
    const tooEarly = applyScript(engine, project.url, from.script);
    expect(tooEarly.code).not.toBe(0);
    expect(tooEarly.output).toContain("starts from");
    expect(await project.applied()).toEqual([]);
    await upgrade(project.options);
    const before = await everything(engine, project);
    const tooLate = applyScript(engine, project.url, (await sql(project.options)).script);
    expect(tooLate.code).not.toBe(0);
    expect(tooLate.output).toContain("nothing was run");
    expect(await everything(engine, project)).toEqual(before);
  });

  test.skipIf(programMissing(program))("that stopped half-way is taken up by upgrade", async () => {
    const project = await migrateProject(engine, revisions(engine));
    const whole = (await sql(project.options)).script;
    const marker = engine === "postgres" ? "\ncreate index concurrently" : "\nvacuum;";
    const cut = whole.slice(0, whole.indexOf(marker));
    const boundaries = [cut, whole.slice(0, whole.indexOf(";", whole.indexOf(marker)) + 1)];
    for (const part of boundaries) {
      const again = await migrateProject(engine, revisions(engine));
      expect(applyScript(engine, again.url, part)).toMatchObject({ code: 0 });
      expect(await again.applied()).toEqual([a]);
      const report = await upgrade(again.options);
      expect(report.steps.map((step) => [step.id, step.outcome])).toEqual([
        [b, "resumed"],
        [c, "applied"],
      ]);
      expect(await again.rows("select age from people")).toEqual([{ age: 40 }, { age: 40 }]);
    }
  });

  test.skipIf(programMissing(program))("rolls back a revision whose verify section finds rows, and stops", async () => {
    const bad = revisionText({
      id: a,
      up: "create table people (n integer);\ninsert into people values (1);",
      verify: "select n from people where n = 1;",
    });
    const project = await migrateProject(engine, { "1_a.sql": bad });
    const result = applyScript(engine, project.url, (await sql(project.options)).script);
    expect(result.code).not.toBe(0);
    expect(result.output).toContain("verify section");
    expect((await project.objects()).some((name) => name.includes("people"))).toBe(false);
    expect(await project.applied()).toEqual([]);
  });
});
