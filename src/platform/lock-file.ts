import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KeelsonError } from "../errors.ts";
import { hostFacts, processStartTime } from "./host.ts";

/** Who holds a lock file, as the file says. */
export interface LockFileOwner {
  readonly pid: number;
  readonly hostname: string;
  /** The operating system's user, by name. */
  readonly user: string;
  /** When it was taken, ISO 8601; null where the file can't be read. */
  readonly since: string | null;
}

/** A lock file that this process holds. */
export interface LockFile {
  readonly path: string;
  /** Removes the file if it is still this process's; never fails. */
  release(): Promise<void>;
}

/** What came of asking for a lock file. */
export type LockFileResult =
  | { readonly held: true; readonly lock: LockFile }
  | { readonly held: false; readonly owner: LockFileOwner };

interface Content extends LockFileOwner {
  /** Tells this process from a later one with the same pid; null where the system does not say. */
  readonly started: string | null;
  /** Names this very lock, so that a successor can say which one it replaces. */
  readonly token: string;
}

/**
 * Takes a lock file for this process, or tells who holds it. The file of a process that has ended is taken over, and
 * of several that find it so exactly one succeeds. A holder on another machine always counts as alive.
 *
 * The file appears with its content in one step (a hard link). A stale file with token T is replaced only by the
 * process that holds the lock file `<path>.<T>`, and only while the file still says T; so nobody can remove a lock that
 * was taken in between. That second file is taken by these same rules, so it can't stay behind either.
 */
export async function takeLockFile(path: string): Promise<LockFileResult> {
  const mine: Content = { ...ownFacts(), token: randomBytes(8).toString("hex") };
  const draft = `${path}.${mine.token}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify(mine), { mode: 0o644, flag: "wx" });
    return await takeWith(path, draft, mine);
  } catch (error) {
    throw cannotLock(path, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function takeWith(path: string, draft: string, mine: Content): Promise<LockFileResult> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await publish(path, draft)) return { held: true, lock: heldLock(path, mine) };
    const current = await readLock(path);
    if (current === "gone") continue;
    if (current === "unreadable") {
      // On file systems without hard links a file may be seen while it is being written.
      if (await isOld(path)) await rm(path, { force: true });
      else await sleep(50);
      continue;
    }
    if (isAlive(current)) return { held: false, owner: current };
    if (await replaceStale(path, draft, current.token)) return { held: true, lock: heldLock(path, mine) };
  }
  return { held: false, owner: { pid: 0, hostname: "", user: "", since: null } };
}

async function replaceStale(path: string, draft: string, token: string): Promise<boolean> {
  const successor = await takeLockFile(`${path}.${token}`);
  if (!successor.held) {
    await sleep(10);
    return false;
  }
  try {
    const current = await readLock(path);
    if (typeof current === "string" || current.token !== token) return false;
    await rename(draft, path);
    return true;
  } finally {
    await successor.lock.release();
  }
}

async function publish(path: string, draft: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(errorCode(error))) throw error;
  }
  try {
    await writeFile(path, await readFile(draft), { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function readLock(path: string): Promise<Content | "gone" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "gone";
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return isContent(value) ? value : "unreadable";
  } catch {
    return "unreadable";
  }
}

function isContent(value: unknown): value is Content {
  if (typeof value !== "object" || value === null) return false;
  const { pid, hostname, token } = value as Partial<Record<keyof Content, unknown>>;
  return (
    typeof pid === "number" && typeof hostname === "string" && typeof token === "string" && /^[0-9a-f]+$/.test(token)
  );
}

function isAlive(owner: Content): boolean {
  if (owner.hostname !== hostFacts().hostname) return true;
  const started = processStartTime(owner.pid);
  if (started !== null || owner.started !== null) return started === owner.started;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

async function isOld(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && Date.now() - facts.mtimeMs > 2000;
}

function heldLock(path: string, mine: Content): LockFile {
  return {
    path,
    async release() {
      try {
        const current = await readLock(path);
        if (typeof current !== "string" && current.token === mine.token) await rm(path, { force: true });
      } catch {
        // A lock file that can't be removed is stale as soon as this process ends.
      }
    },
  };
}

function ownFacts(): Omit<Content, "token"> {
  const { hostname, pid, user } = hostFacts();
  return { pid, hostname, user, started: processStartTime(pid), since: new Date().toISOString() };
}

function cannotLock(path: string, error: unknown): KeelsonError {
  if (error instanceof KeelsonError) return error;
  const code = errorCode(error);
  return new KeelsonError(
    code === "ENOSPC" || code === "EDQUOT" ? "disk.full" : "file.unwritable",
    `The lock file ${path} can't be written (${code || String(error)}); nothing was changed.`,
    {
      hint: "Check that the folder exists, has space, and that this user may write to it.",
      details: { path },
      cause: error,
    },
  );
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
