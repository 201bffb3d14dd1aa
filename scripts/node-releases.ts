import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { cacheDirectory } from "../src/config/cache-directory.ts";
import { exists, moveIntoPlace } from "../src/platform/move-into-place.ts";
import { ensurePackage } from "../src/testing/cached-package.ts";

/** The Node releases that the suite runs on besides the one at hand, as versions of npm's `node-<platform>` packages. */
export const nodeReleases = ["22.23.3", "24.21.0"] as const;

/** A Node release in the cache. */
export interface NodeRelease {
  readonly version: string;
  readonly program: string;
  /** The environment in which `node` is this release. */
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of better-sqlite3 compiled for this release; null where it could not be compiled. */
  readonly betterSqlite3: string | null;
}

/** Fetches a Node release and compiles better-sqlite3 for it, both once. */
export async function nodeRelease(version: string): Promise<NodeRelease> {
  const home = join(cacheDirectory(), "node", version);
  const program = join(home, "bin", "node");
  const system = process.platform === "win32" ? "win" : process.platform;
  const finish = (folder: string) => chmod(join(folder, "bin", "node"), 0o755);
  await ensurePackage({ name: `node-${system}-${process.arch}`, version, home, finish });
  const environment = {
    ...process.env,
    PATH: `${dirname(program)}${delimiter}${process.env["PATH"] ?? ""}`,
    npm_config_nodedir: home,
  };
  return { version, program, environment, betterSqlite3: await compileSqlite(version, environment) };
}

/** The first major that works on Node 24; it does not run on Node 20. */
const sqliteForNode24 = "13.2.0";

/** A compiled addon fits one Node major only, so each gets a copy of its own outside the project. */
async function compileSqlite(nodeVersion: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const version = nodeVersion.startsWith("24.") ? sqliteForNode24 : await installedSqlite();
  const home = join(cacheDirectory(), "better-sqlite3", `${version}-node-${nodeVersion}`);
  const folder = join(home, "node_modules", "better-sqlite3");
  if (await exists(folder)) return folder;
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}.`);
  try {
    const flags = [
      "--prefix",
      staging,
      "--no-save",
      "--no-package-lock",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    execFileSync("npm", ["install", `better-sqlite3@${version}`, ...flags], {
      cwd: staging,
      env: environment,
      stdio: "inherit",
    });
    await moveIntoPlace(staging, home);
    return folder;
  } catch (error) {
    console.error(`better-sqlite3 ${version} could not be compiled for Node ${nodeVersion}: ${String(error)}`);
    return null;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function installedSqlite(): Promise<string> {
  const installed = createRequire(import.meta.url).resolve("better-sqlite3/package.json");
  const { version } = JSON.parse(await readFile(installed, "utf8")) as { readonly version: string };
  return version;
}
