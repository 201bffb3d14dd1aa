import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { type CatalogKey, catalogCache } from "../../src/scratch/catalog-cache.ts";
import { temporaryFolder } from "../support/project.ts";

const catalog: Catalog = { format: 3, dialect: "postgres", serverVersion: "18.1", objects: [], unmanaged: ["cast"] };
const key: CatalogKey = { server: "pglite 1", made: "by replay", content: "a1 123" };

async function cacheFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".json"));
}

test("a catalog is found again by everything that it was made from, and by nothing else", async () => {
  const folder = await temporaryFolder();
  await catalogCache({ folder, release: "1.0" }).set(key, catalog);
  const cache = catalogCache({ folder, release: "1.0" });
  expect(await cache.get(key)).toEqual(catalog);
  expect(await cache.get({ ...key, server: "pglite 2" })).toBeNull();
  expect(await cache.get({ ...key, made: "from sources" })).toBeNull();
  expect(await cache.get({ ...key, content: "a1 124" })).toBeNull();
  expect(await catalogCache({ folder, release: "1.1" }).get(key)).toBeNull();
  expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe("*\n");
});

test("a damaged file is as good as none, and is replaced", async () => {
  const folder = await temporaryFolder();
  const cache = catalogCache({ folder, release: "1.0" });
  await cache.set(key, catalog);
  const [name = ""] = await cacheFiles(folder);
  const text = await readFile(join(folder, name), "utf8");
  for (const damaged of [
    "",
    "null",
    text.slice(0, -9),
    text.replace('"cast"', '"cost"'),
    text.replace('"name":"', '"name":"0'),
  ]) {
    await writeFile(join(folder, name), damaged);
    expect(await cache.get(key)).toBeNull();
  }
  await cache.set(key, catalog);
  expect(await cache.get(key)).toEqual(catalog);
});

test("a folder that can't be made or written changes nothing", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "");
  const cache = catalogCache({ folder: join(folder, "file", "below"), release: "1.0" });
  await cache.set(key, catalog);
  expect(await cache.get(key)).toBeNull();
});

test("the longest unused catalogs make room for new ones", async () => {
  const folder = await temporaryFolder();
  const cache = catalogCache({ folder, release: "1.0" });
  for (let index = 0; index < 24; index++) await cache.set({ ...key, content: String(index) }, catalog);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await cache.get({ ...key, content: "0" });
  await cache.set({ ...key, content: "new" }, catalog);
  expect(await cacheFiles(folder)).toHaveLength(24);
  expect(await cache.get({ ...key, content: "0" })).not.toBeNull();
  expect(await cache.get({ ...key, content: "new" })).not.toBeNull();
});
