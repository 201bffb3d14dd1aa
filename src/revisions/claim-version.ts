import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { KeelsonError } from "../errors.ts";
import { parseFileName, versionNumber } from "./file-name.ts";
import type { Layout } from "./layout.ts";
import { listNames } from "./read-folder.ts";
import { nextVersion } from "./version.ts";

/** A version that no other writer takes until it is released. */
export interface VersionClaim {
  readonly version: string;
  release(): Promise<void>;
}

/** Writing takes milliseconds, so an older claim is one of a writer that was killed. */
const abandonedMs = 30_000;

/**
 * Claims the first version, counted from `first`, that no file has and no other writer claims. Names alone don't tell:
 * two writers may choose the same version and different words. So the claim is a file that only one can create.
 */
export async function claimVersion(request: {
  readonly directory: string;
  readonly first: string;
  readonly numbering: Layout["numbering"];
}): Promise<VersionClaim> {
  const { directory, first, numbering } = request;
  await makeFolder(directory);
  for (let version = first; ; version = nextVersion(version, numbering)) {
    const path = join(directory, `.${versionNumber(version)}.claim`);
    if (!(await createClaim(path))) continue;
    const number = versionNumber(version);
    const release = (): Promise<void> => rm(path, { force: true });
    // Looked at under the claim: who had it before may have written a file.
    if (!listNames(directory).some((name) => parseFileName(name)?.number === number)) return { version, release };
    await release();
  }
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw unwritable(directory, error);
  }
}

async function createClaim(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw unwritable(path, error);
  }
  const found = await stat(path).catch(() => null);
  if (found === null || Date.now() - found.mtimeMs < abandonedMs) return false;
  await rm(path, { force: true });
  return await createClaim(path);
}

function unwritable(path: string, error: unknown): KeelsonError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KeelsonError("file.unwritable", `${path} can't be written: ${reason}. Nothing was written.`, {
    hint: "Check that the folder exists and that this user may write in it.",
    details: { path },
    cause: error,
  });
}
