import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Extension, PGlite } from "@electric-sql/pglite";
import { KeelsonError } from "../../../errors.ts";
import { type LockFile, type LockFileOwner, takeLockFile } from "../../../platform/lock-file.ts";
import { forgetDataDirectory, freshDataDirectory } from "./data-directory-snapshot.ts";
import { loadPglite, type PgliteModule, pgliteMajor, type WireWriter } from "./load-pglite.ts";
import { unpackTar } from "./tar-archive.ts";

/** Where a PGlite database is. */
export interface PglitePlace {
  /** The data directory, absolute; null for a database in memory. */
  readonly folder: string | null;
  /** Where a fresh data directory is cached; null for nowhere. */
  readonly cacheDirectory: string | null;
  /** Extensions that CREATE EXTENSION shall find; none unless told. */
  readonly extensions?: readonly string[];
}

/** A PGlite that runs in this process, alone on its folder. */
export interface RunningPglite {
  readonly database: PGlite;
  readonly write: WireWriter;
  stop(): Promise<void>;
}

/** What a folder holds. */
export type FolderState = "missing" | "database" | "other";

/** Looks whether a folder is a PostgreSQL data directory; an empty folder counts as missing. */
export async function folderState(folder: string): Promise<FolderState> {
  const entries: readonly string[] = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  if (entries.length === 0) return "missing";
  return entries.includes("PG_VERSION") && entries.includes("global") ? "database" : "other";
}

/** The lock file of a data directory lies beside it, so that the folder itself holds nothing but PostgreSQL's files. */
function lockFileOf(folder: string): string {
  return `${folder}.lock`;
}

/**
 * Starts PGlite on its folder, which no other process then can; makes the folder where it is missing and `create`
 * allows it. A folder appears complete or not at all.
 */
export async function startPglite(place: PglitePlace, options: { readonly create: boolean }): Promise<RunningPglite> {
  const { folder, cacheDirectory } = place;
  if (folder === null) return await startInMemory(place);
  const state = await folderState(folder);
  if (state === "missing" && !options.create) throw missingFolder(folder);
  if (state === "other") throw foreignFolder(folder);
  const module = loadPglite();
  const lock = await lockFolder(folder);
  try {
    const created = (await folderState(folder)) === "missing";
    if (created) await createFolder(folder, module, cacheDirectory);
    else await checkVersion(folder);
    const { PGlite, write } = await module;
    const database = new PGlite({ dataDir: folder, extensions: await loadable(place) });
    await database.waitReady.catch(async (error: unknown) => {
      if (created) await forgetDataDirectory(cacheDirectory);
      throw doesNotStart(folder, error);
    });
    return { database, write, stop: () => stop(database, lock) };
  } catch (error) {
    await lock.release();
    await module.catch(() => undefined);
    throw error;
  }
}

/** Takes the lock of a data directory; `engine.in-use` names who has it. */
export async function lockFolder(folder: string): Promise<LockFile> {
  const result = await takeLockFile(lockFileOf(folder));
  if (result.held) return result.lock;
  throw inUse(folder, result.owner);
}

async function startInMemory(place: PglitePlace): Promise<RunningPglite> {
  const { cacheDirectory } = place;
  const module = loadPglite();
  const archive = await freshDataDirectory(module, cacheDirectory);
  const { PGlite, write } = await module;
  const database = new PGlite({
    dataDir: "memory://",
    loadDataDir: new Blob([new Uint8Array(archive)]),
    extensions: await loadable(place),
  });
  await database.waitReady.catch(async (error: unknown) => {
    await forgetDataDirectory(cacheDirectory);
    throw doesNotStart("(in memory)", error);
  });
  return { database, write, stop: () => stop(database, null) };
}

async function loadable({ extensions = [] }: PglitePlace): Promise<Readonly<Record<string, Extension>>> {
  if (extensions.length === 0) return {};
  const { extensionOptions } = await import("./contrib-extensions.ts");
  return extensionOptions(extensions);
}

async function stop(database: PGlite, lock: LockFile | null): Promise<void> {
  try {
    await database.close();
  } finally {
    await lock?.release();
  }
}

async function createFolder(
  folder: string,
  module: Promise<PgliteModule>,
  cacheDirectory: string | null,
): Promise<void> {
  const prefix = `${basename(folder)}.creating-`;
  const parent = dirname(folder);
  const draft = join(parent, prefix + randomBytes(4).toString("hex"));
  try {
    for (const entry of await readdir(parent)) {
      if (entry.startsWith(prefix)) await rm(join(parent, entry), { recursive: true, force: true });
    }
    const archive = await freshDataDirectory(module, cacheDirectory);
    try {
      unpackTar(archive, draft);
    } catch (error) {
      if (error instanceof Error && "code" in error) throw error;
      await forgetDataDirectory(cacheDirectory);
      await rm(draft, { recursive: true, force: true });
      unpackTar(await freshDataDirectory(module, cacheDirectory), draft);
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw cannotCreate(folder, error);
  }
}

/** PGlite's PostgreSQL can't read the files of another major release, and says so less clearly. */
async function checkVersion(folder: string): Promise<void> {
  const found = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  if (found === pgliteMajor) return;
  throw new KeelsonError(
    "engine.unsupported",
    `The folder ${folder} holds a database of PostgreSQL ${found}; this PGlite is ${pgliteMajor}.`,
    {
      hint: "Use the PGlite that wrote it, or export the data with it and start with a new folder.",
      details: { folder },
    },
  );
}

function missingFolder(folder: string): KeelsonError {
  return new KeelsonError("database.missing", `There is no PGlite database in ${folder}.`, {
    hint: "`keelson upgrade` or `keelson db create` makes it.",
    details: { folder },
  });
}

function foreignFolder(folder: string): KeelsonError {
  return new KeelsonError("connection.url", `The folder ${folder} holds other files, and no PGlite database.`, {
    hint: "Name an empty or a new folder.",
    details: { folder },
  });
}

function inUse(folder: string, owner: LockFileOwner): KeelsonError {
  const who =
    owner.pid === 0
      ? "another process"
      : `process ${owner.pid} of ${owner.user || "unknown"} on ${owner.hostname}${owner.since === null ? "" : ` since ${owner.since}`}`;
  return new KeelsonError(
    "engine.in-use",
    `The PGlite database in ${folder} is in use by ${who}. Only one process can use it at a time.`,
    {
      hint: `Stop that process, or use a PostgreSQL server. If it certainly runs no more, remove ${lockFileOf(folder)}.`,
      details: { folder, pid: owner.pid, hostname: owner.hostname, since: owner.since },
    },
  );
}

function cannotCreate(folder: string, error: unknown): KeelsonError {
  if (error instanceof KeelsonError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new KeelsonError(
    full ? "disk.full" : "file.unwritable",
    `The PGlite database in ${folder} can't be made (${code || String(error)}); nothing was left there.`,
    {
      hint: full
        ? "It needs 50 MB. Free some space and run the command again."
        : "Check that this user may write to the folder above it.",
      details: { folder },
      cause: error,
    },
  );
}

function doesNotStart(folder: string, error: unknown): KeelsonError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KeelsonError("connection.refused", `The PGlite database in ${folder} does not start: ${reason}.`, {
    hint: "Its files may be damaged, or written by another version of PGlite.",
    details: { folder },
    cause: error,
  });
}
