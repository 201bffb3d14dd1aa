import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { writeFileAtomic } from "../../../platform/atomic-file.ts";
import { type PgliteModule, pgliteVersion } from "./load-pglite.ts";

/**
 * A data directory as initdb leaves it, as a tar archive: from the cache, where it lies for each version of PGlite,
 * else made by running initdb in memory, which takes seconds. A damaged cache is replaced; one that can't be written is
 * done without.
 */
export async function freshDataDirectory(
  module: Promise<PgliteModule>,
  cacheDirectory: string | null,
): Promise<Buffer> {
  const file = cacheDirectory === null ? null : cacheFile(cacheDirectory);
  const cached = file === null ? null : await readCached(file);
  if (cached !== null) return cached;
  const archive = await runInitdb(await module);
  if (file !== null) await writeFileAtomic(file, Buffer.concat([archive, checksum(archive)])).catch(() => undefined);
  return archive;
}

/** Forgets the cached data directory, after it turned out not to start. */
export async function forgetDataDirectory(cacheDirectory: string | null): Promise<void> {
  if (cacheDirectory === null) return;
  await rm(cacheFile(cacheDirectory), { force: true });
}

function cacheFile(cacheDirectory: string): string {
  return join(cacheDirectory, `data-directory-${pgliteVersion()}.tar`);
}

/** Not compressed, since unpacking would take longer than reading; the last four bytes are a checksum of the others. */
async function readCached(file: string): Promise<Buffer | null> {
  try {
    const content = await readFile(file);
    const archive = content.subarray(0, content.length - 4);
    return content.length > 4 && checksum(archive).equals(content.subarray(content.length - 4)) ? archive : null;
  } catch {
    return null;
  }
}

function checksum(archive: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(archive));
  return bytes;
}

async function runInitdb({ PGlite }: PgliteModule): Promise<Buffer> {
  const database = new PGlite("memory://");
  try {
    await database.waitReady;
    return Buffer.from(await (await database.dumpDataDir("none")).arrayBuffer());
  } finally {
    await database.close();
  }
}
