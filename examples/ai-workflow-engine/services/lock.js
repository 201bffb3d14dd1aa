/** One start or stop at a time, however many terminals there are. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { localFolder, ServiceError } from "./settings.js";

const lockFile = join(localFolder, "lock");
const patienceMs = 120_000;

/** Does some work while no other process does; a lock whose process is gone does not count. */
export async function alone(work) {
  await mkdir(localFolder, { recursive: true });
  const deadline = Date.now() + patienceMs;
  while (!(await take())) {
    if (Date.now() > deadline) {
      throw new ServiceError(
        "Another start or stop takes too long. Nothing was done.",
        `If there is none: rm ${lockFile}`,
      );
    }
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function take() {
  try {
    await writeFile(lockFile, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(lockFile, "utf8").catch(() => ""));
  if (holder > 0 && !lives(holder)) await rm(lockFile, { force: true });
  return false;
}

/** Whether a process with this id runs. */
export function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
