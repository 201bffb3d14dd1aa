import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { unpackTar } from "../../../src/engines/postgres/pglite/tar-archive.ts";
import { pgliteEngine } from "../../../src/engines/postgres/pglite-engine.ts";
import { pgliteCache } from "../../support/pglite-cache.ts";
import { temporaryFolder } from "../../support/project.ts";

const ledger = { schema: "keelson", prefix: "" };
const engineAt = (folder: string, cacheDirectory = pgliteCache()) =>
  pgliteEngine({ url: `pglite:${folder}`, ledger, cacheDirectory });
let root: string;
beforeAll(async () => {
  root = await temporaryFolder("pglite");
});

describe("a PGlite folder", () => {
  test("is made from the cache in well under the seconds of initdb", async () => {
    const warm = engineAt(join(root, "warm"));
    await (await warm.open("write")).close();
    await warm.close();
    const started = process.cpuUsage();
    const engine = engineAt(join(root, "new"));
    const session = await engine.open("write");
    const { user, system } = process.cpuUsage(started);
    // Time spent computing, since other work on the machine must not fail the test.
    expect((user + system) / 1000).toBeLessThan(1500);
    expect((await session.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await engine.close();
    expect((await readdir(root)).filter((name) => name.startsWith("new"))).toEqual(["new"]);
    expect((await stat(join(root, "new"))).mode & 0o077).toBe(0);
  });

  test("is in use by one process at a time", async () => {
    const folder = join(root, "shared");
    const engine = engineAt(folder);
    await engine.open("write");
    const second = engineAt(folder);
    await expect(second.open("write")).rejects.toMatchObject({
      code: "engine.in-use",
      message: expect.stringMatching(new RegExp(`process ${process.pid} of .* since 2`)),
      details: { pid: process.pid },
    });
    await expect(second.dropDatabase({ force: true })).rejects.toMatchObject({ code: "engine.in-use" });
    await engine.close();
    await (await second.open("read")).close();
    await second.close();
  });

  test("opens again after its process was killed while writing, with everything that was committed", async () => {
    const folder = join(root, "killed");
    const jiti = join(dirname(createRequire(import.meta.url).resolve("jiti/package.json")), "lib", "jiti-cli.mjs");
    const program = fileURLToPath(new URL("pglite-writer.ts", import.meta.url));
    const child = spawn(process.execPath, [jiti, program, folder, pgliteCache()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let told = 0;
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      told = Number(text.trim().split("\n").at(-1));
      if (told >= 40) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const engine = engineAt(folder);
    const session = await engine.open("write");
    const { rows } = await session.query<{ readonly rows: number; readonly last: number }>(
      "SELECT count(*) AS rows, max(n) AS last FROM written",
    );
    expect(rows[0]?.rows).toBe(rows[0]?.last);
    expect(rows[0]?.last).toBeGreaterThanOrEqual(told);
    await engine.close();
  });

  test("that holds other files, or another release, is left alone", async () => {
    const folder = join(root, "other");
    await mkdir(folder);
    await writeFile(join(folder, "letter.txt"), "dear");
    const engine = engineAt(folder);
    for (const work of [
      () => engine.open("write"),
      () => engine.open("read"),
      () => engine.dropDatabase({ force: true }),
    ]) {
      await expect(work()).rejects.toMatchObject({
        code: "connection.url",
        message: expect.stringContaining("other files"),
      });
    }
    expect(await readFile(join(folder, "letter.txt"), "utf8")).toBe("dear");
    const old = join(root, "old");
    await mkdir(join(old, "global"), { recursive: true });
    await writeFile(join(old, "PG_VERSION"), "16\n");
    await expect(engineAt(old).open("write")).rejects.toMatchObject({
      code: "engine.unsupported",
      message: expect.stringContaining("PostgreSQL 16"),
    });
  });

  test("is made although the cache is damaged, and the cache is mended", async () => {
    const cache = join(root, "cache");
    const [good] = await readdir(pgliteCache());
    await mkdir(cache);
    const file = join(cache, good ?? "");
    await writeFile(file, await readFile(join(pgliteCache(), good ?? "")));
    const { size } = await stat(file);
    await truncate(file, size - 1000);
    const engine = engineAt(join(root, "mended"), cache);
    const session = await engine.open("write");
    expect((await session.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await engine.close();
    expect((await stat(file)).size).toBeGreaterThan(size - 1_000_000);
  });

  test("is made without a cache too", async () => {
    const file = join(root, "no-folder");
    await writeFile(file, "");
    const engine = engineAt(join(root, "uncached"), file);
    await (await engine.open("write")).close();
    await engine.close();
  });
});

describe("sessions of one PGlite", () => {
  test("take turns: a transaction keeps the others waiting until it ends", async () => {
    const engine = pgliteEngine({ url: "pglite::memory:", ledger, cacheDirectory: pgliteCache() });
    const [first, second] = [await engine.open("write"), await engine.open("write")];
    await first.script(["CREATE TABLE t (x integer)", "BEGIN", "INSERT INTO t VALUES (1)"]);
    const order: string[] = [];
    const waiting = second.query("SELECT count(*) AS n FROM t").then((result) => {
      order.push("second");
      return result;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push("first");
    await first.query("COMMIT");
    expect((await waiting).rows).toEqual([{ n: 1 }]);
    expect(order).toEqual(["first", "second"]);
    await first.query("BEGIN");
    await first.close();
    expect((await second.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await engine.close();
    expect(second.closed).toBe(true);
    await expect(second.query("SELECT 1")).rejects.toMatchObject({ code: "connection.lost" });
  });

  test("run what the server refuses in a transaction", async () => {
    const engine = pgliteEngine({ url: "pglite::memory:", ledger, cacheDirectory: pgliteCache() });
    const session = await engine.open("write");
    await session.query("CREATE TABLE t (x integer)");
    await session.query("CREATE INDEX CONCURRENTLY t_x ON t (x)");
    await session.query("REINDEX INDEX CONCURRENTLY t_x");
    await session.query("VACUUM t");
    await expect(session.script(["SELECT 1", "VACUUM"])).rejects.toMatchObject({
      details: { statement: 1, sqlstate: "25001" },
    });
    await engine.close();
  });
});

test.each([
  ["cut off", (archive: Buffer) => archive.subarray(0, 514), /cut off/],
  ["without an end", (archive: Buffer) => archive.subarray(0, 1024), /no end/],
  ["that names a place outside", (archive: Buffer) => renamed(archive, "../evil"), /outside/],
])("an archive %s is refused", async (_, damage, message) => {
  const archive = Buffer.alloc(2048);
  archive.write("file", 0);
  archive.write("00000000005", 124);
  archive.write("0", 156);
  archive.write("hello", 512);
  expect(() => unpackTar(damage(archive), join(root, "unpacked", String(message)))).toThrow(message);
});

function renamed(archive: Buffer, name: string): Buffer {
  archive.write(name, 0);
  return archive;
}
