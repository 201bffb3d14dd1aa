import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The folder for things that can be made again: `KEELSON_CACHE`, else the user's cache folder. For root it is one that
 * other users may enter, because a PostgreSQL server never runs as root and so could not read root's home.
 */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const { KEELSON_CACHE: chosen, XDG_CACHE_HOME: caches } = environment;
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  if (process.getuid?.() === 0) return "/var/cache/keelson";
  return join(caches !== undefined && caches !== "" ? caches : join(homedir(), ".cache"), "keelson");
}
