import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import { writeFileAtomic } from "../platform/atomic-file.ts";
import { sha256Hex } from "../platform/hash.ts";
import { keepOutOfGit } from "../platform/keep-out-of-git.ts";

/** Catalogs by what they were made from, so that nothing that has not changed is elaborated twice. */
export interface CatalogCache {
  get(key: CatalogKey): Promise<Catalog | null>;
  set(key: CatalogKey, catalog: Catalog): Promise<void>;
}

/** What a catalog was made from. */
export interface CatalogKey {
  /** The identity of the scratch server. */
  readonly server: string;
  readonly made: "by replay" | "from sources";
  /** The ids and checksums of the revisions in order, or the text of the declared schema. */
  readonly content: string;
}

/** Changes when a file is written otherwise. */
const format = 2;

/** A catalog of a large schema takes a megabyte or two; this many are kept, the longest unused ones go. */
const kept = 24;

/**
 * Keeps catalogs as files of a folder. Only ever a shortcut: files that are missing, damaged or can't be written change
 * nothing but the time. `release` is Keelson's own version, since another one may read other things.
 */
export function catalogCache(options: { readonly folder: string; readonly release: string }): CatalogCache {
  const { folder, release } = options;
  const nameOf = (key: CatalogKey): string =>
    sha256Hex(JSON.stringify([format, release, key.server, key.made, key.content]));
  const fileOf = (name: string): string => join(folder, `catalog-${name.slice(0, 24)}.json`);
  return {
    async get(key) {
      const name = nameOf(key);
      const file = fileOf(name);
      try {
        const found: unknown = JSON.parse(await readFile(file, "utf8"));
        if (!isStored(found) || found.name !== name) return null;
        if (sha256Hex(JSON.stringify(found.catalog)) !== found.sha256) return null;
        const now = new Date();
        await utimes(file, now, now).catch(() => undefined);
        return found.catalog;
      } catch {
        return null;
      }
    },
    async set(key, catalog) {
      const name = nameOf(key);
      const stored: Stored = { name, sha256: sha256Hex(JSON.stringify(catalog)), catalog };
      try {
        await keepOutOfGit(folder);
        await writeFileAtomic(fileOf(name), JSON.stringify(stored));
        await prune(folder);
      } catch {
        // The next call elaborates again.
      }
    },
  };
}

interface Stored {
  /** The whole hash of the key, of which the file's name has a part. */
  readonly name: string;
  readonly sha256: string;
  readonly catalog: Catalog;
}

function isStored(value: unknown): value is Stored {
  return typeof value === "object" && value !== null && "name" in value && "sha256" in value && "catalog" in value;
}

async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^catalog-[0-9a-f]{24}\.json$/.test(name));
  if (names.length <= kept) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of aged.toSorted((a, b) => b.at - a.at).slice(kept))
    await rm(join(folder, name), { force: true });
}
