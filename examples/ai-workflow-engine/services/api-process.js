/** The process of the API: started in the background, found again by its process id. */
import { execFile, spawn } from "node:child_process";
import { mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { lives } from "./lock.js";
import { healthAddress, localFolder, project, ServiceError } from "./settings.js";

const pidFile = join(localFolder, "api.pid");
const program = join(project, "api", "server.js");
export const apiLog = join(localFolder, "api.log");

/**
 * Starts the API if it does not run, and waits until it answers, whatever it answers. One that ends at its start is an
 * error that shows its last lines; one that takes longer is left to itself.
 */
export async function startApi() {
  if ((await apiPid()) !== null) return;
  await mkdir(localFolder, { recursive: true });
  const log = await open(apiLog, "a");
  const from = (await stat(apiLog)).size;
  const child = spawn(process.execPath, [program], { cwd: project, detached: true, stdio: ["ignore", log.fd, log.fd] });
  await log.close();
  await writeFile(pidFile, `${child.pid}\n`);
  child.unref();
  const patience = Date.now() + 15_000;
  while (Date.now() < patience) {
    if (child.exitCode !== null || child.signalCode !== null) throw await endedAtOnce(from);
    if (await answers(child.pid)) return;
    await sleep(100);
  }
}

async function endedAtOnce(from) {
  await rm(pidFile, { force: true });
  const said = (await readFile(apiLog)).subarray(from).toString("utf8").trimEnd();
  return new ServiceError(`The service 'api' ended at its start:\n${said}`, "Its whole log: ./run.sh logs api");
}

/** Whether this very process answers: another program may have the port. */
async function answers(pid) {
  try {
    const response = await fetch(healthAddress(), { signal: AbortSignal.timeout(5000) });
    const body = await response.json();
    return body.pid === pid;
  } catch {
    return false;
  }
}

/** Stops the API; resolves to whether it ran. */
export async function stopApi() {
  const pid = await apiPid();
  if (pid === null) return false;
  process.kill(pid, "SIGTERM");
  const patience = Date.now() + 10_000;
  while ((await apiPid()) !== null) {
    if (Date.now() > patience) process.kill(pid, "SIGKILL");
    await sleep(50);
  }
  await rm(pidFile, { force: true });
  return true;
}

/** The process id of the API while it runs, else null. A number that another program has by now does not count. */
export async function apiPid() {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "stat=,args=", "-p", String(pid)]);
    return stdout.includes(program) && !stdout.startsWith("Z") ? pid : null;
  } catch (error) {
    // Where there is no program ps, the number has to do.
    return error.code === "ENOENT" && lives(pid) ? pid : null;
  }
}
