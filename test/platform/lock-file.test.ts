import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { processStartTime } from "../../src/platform/host.ts";
import { takeLockFile } from "../../src/platform/lock-file.ts";
import { temporaryFolder } from "../support/project.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder("lock");
  path = join(folder, "a", "db.lock");
});

async function stale(facts: Record<string, unknown> = {}): Promise<string> {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  return JSON.stringify({
    pid,
    hostname: hostname(),
    user: "u",
    started: "boot:1",
    since: "2024-01-01T00:00:00Z",
    token: "0a",
    ...facts,
  });
}

describe("a lock file", () => {
  test("is held by one at a time, who is named to the others", async () => {
    const first = await takeLockFile(path);
    if (!first.held) throw new Error("not held");
    const second = await takeLockFile(path);
    expect(second).toMatchObject({
      held: false,
      owner: { pid: process.pid, hostname: hostname(), since: expect.stringMatching(/^\d{4}-/) },
    });
    await first.lock.release();
    await first.lock.release();
    expect(await readdir(join(folder, "a"))).toEqual([]);
    const third = await takeLockFile(path);
    expect(third.held).toBe(true);
  });

  test.each([
    ["of a process that has ended", async () => await stale()],
    ["of an earlier process with a pid in use", async () => await stale({ pid: process.pid })],
    ["of a process that has ended while taking over", async () => await stale({ token: "ff" })],
  ])("%s is taken over by exactly one of many", async (_, content) => {
    const first = await takeLockFile(path);
    if (first.held) await first.lock.release();
    await writeFile(path, await content());
    await writeFile(`${path}.ff`, await stale());
    const taken = await Promise.all(Array.from({ length: 25 }, () => takeLockFile(path)));
    expect(taken.filter((result) => result.held)).toHaveLength(1);
    expect(taken.find((result) => !result.held)).toMatchObject({ owner: { pid: process.pid } });
    expect((await readdir(join(folder, "a"))).filter((name) => name !== "db.lock" && name !== "db.lock.ff")).toEqual(
      [],
    );
  });

  test("of another machine is never taken over", async () => {
    const first = await takeLockFile(path);
    if (first.held) await first.lock.release();
    await writeFile(path, await stale({ hostname: "elsewhere" }));
    expect(await takeLockFile(path)).toMatchObject({ held: false, owner: { hostname: "elsewhere" } });
  });

  test("that was cut off while it was written is replaced, once it is old", async () => {
    const first = await takeLockFile(path);
    if (first.held) await first.lock.release();
    await writeFile(path, '{"pid":');
    await utimes(path, 0, 0);
    expect((await takeLockFile(path)).held).toBe(true);
  });

  test("of a running process is respected, and free once it was killed", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000); console.log('up')"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(child.stdout, "data");
    const first = await takeLockFile(path);
    if (first.held) await first.lock.release();
    await writeFile(path, await stale({ pid: child.pid, started: processStartTime(child.pid ?? 0) }));
    expect(await takeLockFile(path)).toMatchObject({ held: false, owner: { pid: child.pid } });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect((await takeLockFile(path)).held).toBe(true);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
  });

  test("in a folder that can't be made is a clear error", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(takeLockFile(join(folder, "file", "db.lock"))).rejects.toMatchObject({ code: "file.unwritable" });
  });
});
