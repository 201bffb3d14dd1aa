import { join } from "node:path";
import { cacheDirectory } from "../../src/config/cache-directory.ts";

/** Where tests keep the data directory that PGlite starts from, so that only the first of them waits for initdb. */
export function pgliteCache(): string {
  return join(cacheDirectory(), "pglite");
}
