import { readFileSync, statSync } from "node:fs";

/** The bytes that SQLite locks in a database file, from its PENDING byte to the last of its SHARED range. */
const fileLocks = { first: 0x40000000, last: 0x40000000 + 511 };
/** The bytes that SQLite locks in a `-shm` file. */
const sharedMemoryLocks = { first: 120, last: 127 };

/**
 * The other processes that hold locks on a database now, each in words such as `process 4711 (node)`. SQLite does not
 * tell, so the kernel is asked where it has a list of locks (Linux); empty elsewhere and inside other containers.
 */
export function lockHolders(file: string): readonly string[] {
  const ranges = new Map([
    [inodeOf(file), fileLocks],
    [inodeOf(`${file}-shm`), sharedMemoryLocks],
  ]);
  ranges.delete(null);
  const pids = new Set<number>();
  for (const line of readText("/proc/locks").split("\n")) {
    const lock = /^\d+: POSIX\s+\S+\s+(READ|WRITE)\s+(\d+)\s+\S+:(\d+)\s+(\d+)\s/.exec(line);
    if (lock === null) continue;
    const range = ranges.get(lock[3] ?? "");
    const first = Number(lock[4]);
    if (range === undefined || first < range.first || first > range.last) continue;
    if (range === sharedMemoryLocks && lock[1] === "READ") continue;
    pids.add(Number(lock[2]));
  }
  pids.delete(process.pid);
  return [...pids].map((pid) => describeProcess(pid));
}

/** The holders of a database's locks as part of a sentence. */
export function nameHolders(file: string | null): string {
  const holders = file === null ? [] : lockHolders(file);
  return holders.length === 0 ? "another connection" : holders.join(" and ");
}

function inodeOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? null : String(found.ino);
}

/** Only the program's name: its arguments may hold passwords. */
function describeProcess(pid: number): string {
  const name = readText(`/proc/${pid}/comm`).trim();
  return name === "" ? `process ${pid}` : `process ${pid} (${name})`;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
