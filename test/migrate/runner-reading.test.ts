import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { doctor } from "../../src/app/doctor.ts";
import { current, heads, history } from "../../src/app/history.ts";
import type { ProjectOptions } from "../../src/app/project.ts";
import { show } from "../../src/app/show.ts";
import { sql } from "../../src/app/sql.ts";
import { status } from "../../src/app/status.ts";
import { previewUpgrade, upgrade } from "../../src/app/upgrade.ts";
import { startPostgres } from "../support/postgres.ts";
import { engines, migrateProject } from "./databases.ts";
import { id, tableRevisions } from "./revision-text.ts";

const [a, b] = [id("a"), id("b")];
const two = tableRevisions({ a: {}, b: { parents: [a] } });

/** Every verb that only reads. */
async function readEverything(options: ProjectOptions): Promise<void> {
  await status(options);
  await current(options);
  await history({ ...options, graph: true });
  await heads(options);
  await show({ ...options, target: a });
  await check(options);
  await doctor(options);
  await previewUpgrade(options);
  await sql(options);
}

describe("verbs that only read, on PostgreSQL", () => {
  test("write nothing: no transaction id is used, and the whole catalog stays as it is", async () => {
    // Transaction ids count for the whole server, so nobody else may be using this one.
    const server = await startPostgres({ settings: { autovacuum: "off" } });
    const project = await migrateProject("postgres", two, { url: await server.createDatabase() });
    const client = new Client({ connectionString: project.url });
    await client.connect();
    const facts = async () => {
      const { rows } =
        await client.query(`select (select string_agg(c.oid || ' ' || n.nspname || '.' || c.relname || ' ' || c.xmin, ', ' order by c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_') as classes,
        (select string_agg(nspname || xmin, ',' order by nspname) from pg_namespace where nspname !~ '^pg_(toast_)?temp') as schemas,
        pg_snapshot_xmax(pg_current_snapshot())::text as next_transaction`);
      return rows[0];
    };
    try {
      const empty = await facts();
      await readEverything(project.options);
      expect(await facts()).toEqual(empty);
      await upgrade({ ...project.options, target: a });
      const before = await facts();
      expect(before.next_transaction).not.toBe(empty.next_transaction);
      await readEverything(project.options);
      expect((await upgrade({ ...project.options, target: a })).direction).toBe("none");
      expect(await facts()).toEqual(before);
    } finally {
      await client.end();
      await server.stop();
    }
  });

  test("work for a role that may only look, while upgrade names the missing privilege with its GRANT", async () => {
    const project = await migrateProject("postgres", two);
    await upgrade({ ...project.options, target: a });
    const role = `reader_${new URL(project.url).pathname.slice(1).replaceAll(/\W/g, "_")}`;
    const client = new Client({ connectionString: project.url });
    await client.connect();
    try {
      await client.query(`create role ${role} login password 'p'`);
      const url = new URL(project.url);
      [url.username, url.password] = [role, "p"];
      const options = { ...project.options, url: url.href };
      await expect(status(options)).rejects.toMatchObject({
        code: "privilege.missing",
        hint: expect.stringContaining("GRANT"),
      });
      await client.query(
        `grant usage on schema keelson to ${role}; grant select on all tables in schema keelson to ${role}`,
      );
      await readEverything(options);
      expect((await status(options)).pending.map((line) => line.id)).toEqual([b]);
      await expect(upgrade(options)).rejects.toMatchObject({
        code: "privilege.missing",
        message: expect.stringContaining("permission denied"),
        hint: expect.stringMatching(/GRANT .* TO /),
      });
      expect(await project.applied()).toEqual([a]);
      await client.query(`grant insert, update, delete on all tables in schema keelson to ${role}`);
      await expect(upgrade(options)).rejects.toMatchObject({
        code: "privilege.missing",
        hint: expect.stringMatching(/GRANT .*CREATE ON SCHEMA public TO/),
      });
      await client.query(`grant create on schema public to ${role}`);
      expect((await upgrade(options)).heads).toEqual([b]);
    } finally {
      await client.query(`drop owned by ${role} cascade; drop role ${role}`);
      await client.end();
    }
  });

  test("a first run by a role that may not create a schema names the privilege", async () => {
    const project = await migrateProject("postgres", two);
    const name = new URL(project.url).pathname.slice(1);
    const role = `first_${name.replaceAll(/\W/g, "_")}`;
    const client = new Client({ connectionString: project.url });
    await client.connect();
    try {
      await client.query(`create role ${role} login password 'p'`);
      const url = new URL(project.url);
      [url.username, url.password] = [role, "p"];
      const options = { ...project.options, url: url.href };
      await expect(upgrade(options)).rejects.toMatchObject({
        code: "privilege.missing",
        hint: expect.stringMatching(/GRANT .*CREATE ON DATABASE/),
      });
      await client.query(`create schema keelson authorization ${role}; grant create on schema public to ${role}`);
      expect((await upgrade(options)).heads).toEqual([b]);
    } finally {
      await client.query(`drop owned by ${role} cascade; drop role ${role}`);
      await client.end();
    }
  });
});

describe("verbs that only read, on SQLite", () => {
  test.each(["delete", "wal"])("touch no byte of a database in %s mode", async (mode) => {
    const project = await migrateProject("sqlite", two);
    await project.execute(`pragma journal_mode = ${mode}`);
    await upgrade({ ...project.options, target: a });
    const facts = async () => {
      const names = (await readdir(project.root)).filter((name) => name.startsWith("app.db"));
      return await Promise.all(
        names.map(async (name) => [name, (await stat(join(project.root, name), { bigint: true })).mtimeNs]),
      );
    };
    const before = await facts();
    await readEverything(project.options);
    expect(await facts()).toEqual(before);
  });

  test("create no file", async () => {
    const project = await migrateProject("sqlite", two);
    await status(project.options);
    await check(project.options);
    await previewUpgrade(project.options);
    await history(project.options);
    expect(await readdir(project.root)).not.toContain("app.db");
    await expect(doctor(project.options)).rejects.toMatchObject({ code: "database.missing" });
    expect(await readdir(project.root)).not.toContain("app.db");
  });
});

describe.each(engines)("nothing to do on %s", (engine) => {
  test("costs one read and no lock", async () => {
    const project = await migrateProject(engine, two);
    await upgrade(project.options);
    const statements: string[] = [];
    const report = await upgrade({ ...project.options, onStatement: (text) => statements.push(text) });
    expect(report.direction).toBe("none");
    const written = statements.filter((text) => !/^\s*(select|pragma)\b/i.test(text));
    expect(written).toEqual([]);
    expect(statements.join("\n")).not.toMatch(/advisory/i);
    const reads = statements.filter((text) => !/^\s*pragma\b/i.test(text));
    expect(reads.length).toBe(engine === "sqlite" ? 3 : 1);
  });
});
