import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../../src/config/cache-directory.ts";
import { exists, moveIntoPlace } from "../../src/platform/move-into-place.ts";
import { type Command, runOrThrow } from "../harness/command.ts";

/** The releases that Keelson is compared with. */
const npmPeers = {
  "@pgkit/migra": "0.6.1",
  dbmate: "2.36.0",
  "drizzle-kit": "0.31.11",
  "drizzle-orm": "0.45.4",
  knex: "3.3.0",
  "node-pg-migrate": "9.0.0",
  pg: "8.23.1",
} as const;

const driver = "psycopg2-binary==2.9.13";

/** The folder with `node_modules` of every peer from npm, fetched the first time; throws where npm can't be reached. */
export async function npmPeersFolder(): Promise<string> {
  const packages = Object.entries(npmPeers).map(([name, version]) => `${name}@${version}`);
  const flags = ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
  return await fetchOnce(`npm-${packages.join("-")}`, (staging) => ({
    program: "npm",
    args: ["install", ...packages, "--prefix", staging, ...flags],
  }));
}

/** The release of a peer from npm. */
export function npmPeerVersion(name: keyof typeof npmPeers): string {
  return npmPeers[name];
}

/** A folder for `PYTHONPATH` with a PostgreSQL driver, for systems whose Python has none. */
export async function pythonDriverFolder(): Promise<string> {
  return await fetchOnce(`python-${driver}`, (staging) => ({
    program: "python3",
    args: ["-m", "pip", "install", "--quiet", "--target", staging, "--only-binary", ":all:", driver],
  }));
}

/** Works in a folder of its own and moves it into place, so that an interrupted fetch leaves nothing half-made. */
async function fetchOnce(
  name: string,
  install: (staging: string) => Pick<Command, "program" | "args">,
): Promise<string> {
  const home = join(cacheDirectory(), "bench", name.replaceAll(/[^\w.-]+/g, "_"));
  if (await exists(home)) return home;
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}.`);
  try {
    await runOrThrow({ ...install(staging), cwd: staging, env: inherited() });
    await moveIntoPlace(staging, home);
    return home;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** npm and pip need the settings of this machine: proxies, registries. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Tries to make a peer ready; gives the failure in words. */
export async function failureOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
