import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "./cache-directory.ts";

/**
 * A folder in the cache for code that will be run again: made where it is missing, and null where it can't be made or
 * somebody else could write to it.
 */
export function privateCacheFolder(name: string): string | null {
  const folder = join(cacheDirectory(), name);
  try {
    // Apart, because only this folder is private: others in the cache must stay open to the users of servers.
    mkdirSync(cacheDirectory(), { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const facts = lstatSync(folder);
    const owned = process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o022) === 0);
    return facts.isDirectory() && owned ? folder : null;
  } catch {
    return null;
  }
}
