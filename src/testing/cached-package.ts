import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { KeelsonError } from "../errors.ts";
import { exists, moveIntoPlace } from "../platform/move-into-place.ts";

const execute = promisify(execFile);

/** A package of the npm registry that is kept outside the project. */
export interface CachedPackage {
  readonly name: string;
  readonly version: string;
  /** Where it shall lie, once it is complete. */
  readonly home: string;
  /** Completes the unpacked package, whose own install script has not run. */
  readonly finish?: (folder: string) => Promise<void>;
}

/**
 * Makes sure that the package lies in its home. Each installer works in a folder of its own and moves it into place, so
 * that several at the same moment can't harm each other, and an interrupted one leaves nothing half-made.
 */
export async function ensurePackage(wanted: CachedPackage): Promise<void> {
  if (await exists(wanted.home)) return;
  await mkdir(dirname(wanted.home), { recursive: true });
  const staging = await mkdtemp(`${wanted.home}.`);
  try {
    await chmod(staging, 0o755);
    await install(`${wanted.name}@${wanted.version}`, staging);
    const folder = join(staging, "node_modules", wanted.name);
    await wanted.finish?.(folder);
    await moveIntoPlace(folder, wanted.home);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function install(specification: string, prefix: string): Promise<void> {
  const flags = ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
  try {
    await execute("npm", ["install", specification, "--prefix", prefix, ...flags], { cwd: prefix });
  } catch (cause) {
    throw new KeelsonError("engine.missing", `${specification} could not be fetched with npm.`, {
      hint: "Check that this machine reaches the npm registry and that its platform is one of those the package is made for.",
      cause,
    });
  }
}
