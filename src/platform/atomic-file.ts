import { randomBytes } from "node:crypto";
import { link, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { KeelsonError } from "../errors.ts";

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits; 0o666 less the umask unless told. */
  readonly mode?: number;
}

/**
 * Replaces a file, or makes it, so that whoever reads it sees the old content or the new one and never a part, also
 * after a crash. Missing folders are made.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  await withTemporary(path, content, options, async (temporary) => {
    await rename(temporary, path);
  });
}

/** Makes a file as `writeFileAtomic` does, but throws `file.exists` where there is one already. */
export async function writeFileExclusive(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  await withTemporary(path, content, options, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!hardLinksMissing(error)) throw error;
      await writeSynced(path, content, options);
      return;
    }
    await rm(temporary, { force: true });
  });
}

async function withTemporary(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await writeSynced(temporary, content, options);
    await publish(temporary);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(path, error);
  }
}

async function writeSynced(path: string, content: string | Uint8Array, options: WriteOptions): Promise<void> {
  const file = await open(path, "wx", options.mode ?? 0o666);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder, and some network file systems can't sync one; the file itself is synced by then.
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    return;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function hardLinksMissing(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(errorCode(error));
}

function writeError(path: string, error: unknown): KeelsonError {
  const code = errorCode(error);
  // A file where a folder should be is EEXIST too, but then from making the folder.
  if (code === "EEXIST" && !(error instanceof Error && "syscall" in error && error.syscall === "mkdir")) {
    return new KeelsonError("file.exists", `The file ${path} exists already; it was left as it is.`, {
      hint: "Remove it or choose another name.",
      details: { path },
      cause: error,
    });
  }
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new KeelsonError("disk.full", `There is no space left to write ${path}; the file was left as it was.`, {
      hint: "Free some space and run the command again.",
      details: { path },
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new KeelsonError(
    "file.unwritable",
    `The file ${path} can't be written (${code || reason}); it was left as it was.`,
    {
      hint: "Check that the folder exists and that this user may write to it.",
      details: { path },
      cause: error,
    },
  );
}
