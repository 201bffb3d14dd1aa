import { expect, test } from "vitest";
import { dropLeftovers, scratchName } from "../../src/scratch/server-scratch.ts";
import { sharedServer } from "../support/postgres.ts";
import { engineAt, sharedScratch } from "./scratch-servers.ts";

async function databases(): Promise<readonly string[]> {
  const engine = await engineAt(sharedServer().url());
  const session = await engine.open("read");
  try {
    return await engine.listDatabases(session);
  } finally {
    await session.close();
  }
}

test("a scratch database is empty, also of what template1 holds, and gone after it was dropped", async () => {
  const server = await sharedScratch();
  const database = await server.create();
  const { rows } = await database.session.query<{ readonly name: string }>("SELECT current_database() AS name");
  const name = rows[0]?.name ?? "";
  expect(name).toMatch(/^keelson_scratch_[0-9a-z]+_[0-9a-f]{10}$/);
  const catalog = await database.engine.introspect(database.session);
  expect(catalog.objects.filter((object) => object.kind === "table")).toEqual([]);
  expect(await databases()).toContain(name);
  await database.drop();
  await database.drop();
  expect(await databases()).not.toContain(name);
});

test("closing the server drops what was not dropped, even while a session uses it", async () => {
  const server = await sharedScratch();
  const database = await server.create();
  const { rows } = await database.session.query<{ readonly name: string }>("SELECT current_database() AS name");
  await database.session.query("BEGIN");
  const other = await database.engine.open("write");
  await server.close();
  await expect(other.query("SELECT 1")).rejects.toMatchObject({ code: "connection.lost" });
  expect(await databases()).not.toContain(rows[0]?.name);
});

test("leftovers of a day ago are dropped; younger ones, used ones and databases of other names are not", async () => {
  // Other scratch work of this run has another owner, so it is neither swept here nor does it sweep these.
  const owner = await roleOfItsOwn("CREATEDB");
  const engine = await engineAt(owner.url("postgres"));
  const session = await engine.open("write");
  const now = Date.now();
  const day = 24 * 60 * 60 * 1000;
  const old = scratchName(now - day - 2000);
  const used = scratchName(now - day - 2000);
  const young = scratchName(now - day + 60_000);
  const alike = `keelson_scratch_pad_${Math.random().toString(36).slice(2, 8)}`;
  for (const name of [old, used, young, alike]) await session.query(`CREATE DATABASE ${name}`);
  const inUse = await (await engineAt(owner.url(used))).open("read");
  try {
    await dropLeftovers(engine, session, now);
    const left = await engine.listDatabases(session);
    expect(left).toEqual(expect.arrayContaining([used, young, alike]));
    expect(left).not.toContain(old);
  } finally {
    await inUse.close();
    for (const name of [used, young, alike]) await session.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await session.close();
    await owner.drop();
  }
});

test("a user who may not create databases is told so, with the way out", async () => {
  const role = await roleOfItsOwn("NOCREATEDB");
  try {
    const server = await sharedScratch({ url: role.url("postgres") });
    await expect(server.create()).rejects.toMatchObject({
      code: "scratch.unavailable",
      message: expect.stringContaining("permission denied to create database"),
      hint: expect.stringMatching(/CREATEDB[\s\S]*`scratch`/),
    });
  } finally {
    await role.drop();
  }
});

/** A role for one test, with the URL that it connects by. */
async function roleOfItsOwn(
  may: "CREATEDB" | "NOCREATEDB",
): Promise<{ readonly url: (database: string) => string; readonly drop: () => Promise<void> }> {
  const name = `keelson_role_${Math.random().toString(36).slice(2, 10)}`;
  const admin = await (await engineAt(sharedServer().url())).open("write");
  await admin.query(`CREATE ROLE ${name} LOGIN ${may}`);
  return {
    url: (database) => {
      const url = new URL(sharedServer().url(database));
      url.username = name;
      return url.href;
    },
    drop: async () => {
      await admin.query(`DROP ROLE ${name}`);
      await admin.close();
    },
  };
}
