import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** Who runs this process, for the ledger and for lock files. */
export interface HostFacts {
  readonly hostname: string;
  readonly pid: number;
  /** The name of the operating system's user, or its number where it has no name. */
  readonly user: string;
}

/** The facts of this process; never fails. */
export function hostFacts(): HostFacts {
  return { hostname: hostname(), pid: process.pid, user: userName() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers often run with a uid that has no entry in /etc/passwd.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

/**
 * A text that tells a process from every other one that has or had its pid on this machine, or null when there is no
 * such process or the system does not tell. Compare it, don't read it.
 */
export function processStartTime(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  if (process.platform === "linux") return linuxStartTime(pid);
  if (process.platform === "win32") return null;
  return psStartTime(pid);
}

function linuxStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The command name, field 2, may hold spaces and parentheses; everything after its last one is plain.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[19]];
    // A zombie has ended: it only waits for its parent to collect its exit code.
    if (ticks === undefined || state === "Z" || state === "X") return null;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    return `${boot}:${ticks}`;
  } catch {
    return null;
  }
}

function psStartTime(pid: number): string | null {
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5000,
    });
    return text.trim() === "" ? null : text.trim();
  } catch {
    return null;
  }
}
