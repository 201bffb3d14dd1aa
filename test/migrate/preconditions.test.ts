import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { sql } from "../../src/app/sql.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { runKeelson } from "../support/run-keelson.ts";
import { type MigrateProject, migrateProject } from "./databases.ts";
import { planned, rowsInTheWay, slow } from "./preconditions-cases.ts";

for (const engine of ["postgres", "sqlite"] as const) rowsInTheWay(engine);

describe("a require section", () => {
  const revision = (id: string, parent: string, body: string): string =>
    `-- keelson\n-- id: ${id}\n-- parents: ${parent}\n\n${body}`;
  const first = revision(
    "a1",
    "",
    "-- keelson:up\ncreate table t (id integer primary key, n integer);\ninsert into t values (1, 5), (2, null);\n",
  );

  test.each(["postgres", "sqlite"] as const)(
    "of a later revision is asked when its turn comes (%s)",
    async (engine) => {
      const fills = revision("b2", "a1", "-- keelson:up\nupdate t set n = 0 where n is null;\n");
      const needs = revision(
        "c3",
        "b2",
        "-- keelson:require\n-- rows without n\nselect id from t where n is null;\n\n-- keelson:up\ncreate index i on t (n);\n",
      );
      const project = await migrateProject(engine, { "1_a.sql": first, "2_b.sql": fills, "3_c.sql": needs });
      await upgrade({ ...project.options, target: "b2" });
      await project.execute("insert into t values (3, null)");
      await expect(upgrade(project.options)).rejects.toMatchObject({ code: "revision.requirement-unmet" });
      await project.execute("delete from t where n is null");
      await upgrade(project.options);

      const other = await migrateProject(engine, { "1_a.sql": first, "2_b.sql": fills, "3_c.sql": needs });
      await upgrade(other.options);
      expect(await other.applied()).toEqual(["a1", "b2", "c3"]);
    },
  );

  test("that is not met in the middle of a run leaves what came before it, and nothing with --single-transaction", async () => {
    const needs = revision(
      "b2",
      "a1",
      "-- keelson:require\n-- rows without n\nselect id from t where n is null;\n\n-- keelson:up\ndrop table t;\n",
    );
    const project = await migrateProject("postgres", { "1_a.sql": first, "2_b.sql": needs });
    const all = { ...project.options, yes: true };
    await expect(upgrade({ ...all, singleTransaction: true })).rejects.toThrow(/1 row found: rows without n: \(id 2\)/);
    expect(await project.applied()).toEqual([]);
    await expect(upgrade(all)).rejects.toThrow(/2_b\.sql.*rows without n.*rolled back.*1 is done/s);
    expect(await project.applied()).toEqual(["a1"]);
  });

  test("of the way down is asked before the way down", async () => {
    const needs = revision(
      "b2",
      "a1",
      "-- keelson:up\ncreate table u (id integer);\n-- keelson:require-down\n-- rows of u\nselect id from u;\n-- keelson:down\ndrop table u;\n",
    );
    const project = await migrateProject("sqlite", { "1_a.sql": first, "2_b.sql": needs });
    await upgrade(project.options);
    await project.execute("insert into u values (7)");
    const down = { ...project.options, target: "-1", yes: true };
    await expect(downgrade(down)).rejects.toMatchObject({ code: "revision.requirement-unmet" });
    await project.execute("delete from u");
    await downgrade(down);
    expect(await project.applied()).toEqual(["a1"]);
  });

  test("that is no query, or names what is not there, stops the run with its place", async () => {
    const broken = revision("b2", "a1", "-- keelson:require\nselect id from nothing;\n-- keelson:up\nselect 1;\n");
    const project = await migrateProject("postgres", { "1_a.sql": first, "2_b.sql": broken });
    await upgrade({ ...project.options, target: "a1" });
    await expect(upgrade(project.options)).rejects.toThrow(/2_b\.sql:6: .*nothing.*require section/);
  });

  test("is a check that raises in a script", async () => {
    const needs = revision(
      "b2",
      "a1",
      "-- keelson:require\n-- rows without n\nselect id from t where n is null;\n-- keelson:up\nselect 1;\n",
    );
    const project = await migrateProject("postgres", { "1_a.sql": first, "2_b.sql": needs });
    const { script } = await sql({ ...project.options, range: "a1:b2" });
    expect(script).toMatch(/rows without n; revision b2 was not begun/);
  });
});

test(
  "a value of an enum that goes is counted, mapped with --map, and the map is in the revision",
  async () => {
    const table = (labels: string): string =>
      `CREATE TYPE state AS ENUM (${labels});\nCREATE TABLE orders (id integer PRIMARY KEY, state state NOT NULL);\n`;
    const project = await planned("postgres", table("'new', 'paid', 'sent'"), table("'new', 'paid'"));
    await project.execute("INSERT INTO orders VALUES (1, 'new'), (2, 'sent'), (3, 'sent')");
    const env = { DATABASE_URL: project.url };
    const run = (...args: readonly string[]) => runKeelson(args, { cwd: project.root, env });

    expect((await run("create", "--check", "--map", "public.state:lost=paid", "x")).stderr).toContain(
      "public.state has no value lost",
    );
    const plain = await run("create", "no more sent");
    expect(plain).toMatchObject({ code: 0, stderr: "" });
    expect(plain.stdout).toContain("refused while there are rows of public.orders whose state is sent");
    const refused = await run("upgrade", "--yes");
    expect(refused.code).toBe(6);
    expect(refused.stderr).toMatch(/2 rows found: rows of public\.orders whose state is sent.*\(id 2\), \(id 3\)/);
    expect(await project.applied()).toHaveLength(1);

    await rm(revisionFile(plain.stdout, project));
    const mapped = await run("create", "sent is paid", "--map", "public.state:sent=paid", "--yes");
    expect(mapped).toMatchObject({ code: 0, stderr: "" });
    const text = await readFile(revisionFile(mapped.stdout, project), "utf8");
    expect(text).toContain("USING (CASE state::text WHEN 'sent' THEN 'paid' ELSE state::text END)::public.state");
    expect(text).toContain("Not brought back: the value sent of enum public.state");
    expect(await run("upgrade", "--yes")).toMatchObject({ code: 0 });
    expect(await project.rows("SELECT id, state FROM orders ORDER BY id")).toEqual([
      { id: 1, state: "new" },
      { id: 2, state: "paid" },
      { id: 3, state: "paid" },
    ]);
  },
  slow,
);

function revisionFile(stdout: string, project: MigrateProject): string {
  const name = /\d{14}_\w+\.sql/.exec(stdout)?.[0] ?? "";
  return join(project.root, "migrations", name);
}
