import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";

/*
 * What docs/reference/schema-coverage.md says that PGlite can't do. A release that can is good news, and the page is to
 * be changed then.
 */

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create("memory://");
});
afterAll(() => database.close());

test.each([
  ["CREATE TABLE t (a text COMPRESSION lz4)", /lz4 not supported/],
  ["CREATE TABLE u (a text); SECURITY LABEL ON TABLE u IS 'x'", /no security label providers/],
  ["CREATE TABLESPACE side LOCATION '/tmp/side'", /does not exist/],
  ["CREATE EXTENSION pg_trgm", /not available|could not open extension control file/],
  ["CREATE EXTENSION postgres_fdw", /not available|could not open extension control file/],
])("%s fails", async (sql, message) => {
  await expect(database.exec(sql)).rejects.toThrow(message);
});

test("after a library that failed to load, none is loaded", async () => {
  const broken = await PGlite.create("memory://");
  try {
    const block = "DO $$ BEGIN END $$";
    await expect(
      broken.exec("CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false)"),
    ).rejects.toThrow(/libpqwalreceiver/);
    await expect(broken.exec(block)).rejects.toThrow(/could not load/);
    await database.exec(block);
  } finally {
    await broken.close();
  }
});
