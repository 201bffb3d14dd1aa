import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeFileAtomic, writeFileExclusive } from "../../src/platform/atomic-file.ts";
import { runInteractive, runProgram } from "../../src/platform/child-process.ts";
import { sha256Hex } from "../../src/platform/hash.ts";
import { hostFacts, processStartTime } from "../../src/platform/host.ts";
import { newRevisionId, newRunId } from "../../src/platform/ids.ts";
import { pause, poll } from "../../src/platform/poll.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "keelson-platform-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("writeFileAtomic", () => {
  it("makes and replaces a file, missing folders included, and leaves nothing else", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a/b/file.txt");
    await writeFileAtomic(path, "one");
    await writeFileAtomic(path, new TextEncoder().encode("two"), { mode: 0o600 });
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, "a/b"))).toEqual(["file.txt"]);
  });

  it("never shows a part of the content to readers", async () => {
    const path = join(temporaryFolder(), "file");
    const contents = ["a", "b"].map((letter) => letter.repeat(2_000_000));
    await writeFileAtomic(path, contents[0] ?? "");
    const writing = Promise.all(
      Array.from({ length: 10 }, (_, index) => writeFileAtomic(path, contents[index % 2] ?? "")),
    );
    let reads = 0;
    const finished = writing.then(() => true);
    while (!(await Promise.race([finished, pause(1).then(() => false)]))) {
      expect(contents).toContain(readFileSync(path, "utf8"));
      reads += 1;
    }
    expect(reads).toBeGreaterThan(0);
  });

  it("says why it could not", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(writeFileAtomic(join(folder, "file/below"), "x")).rejects.toMatchObject({ code: "file.unwritable" });
    await expect(writeFileAtomic("/proc/keelson", "x")).rejects.toMatchObject({ code: "file.unwritable" });
  });
});

describe("a full disk", () => {
  it.runIf(process.platform === "linux" && process.getuid?.() === 0)(
    "is told, and the file is left as it was",
    async ({ skip }) => {
      const folder = temporaryFolder();
      const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
      if (mounted.status !== 0) skip("no file system can be mounted here");
      try {
        const path = join(folder, "file");
        await writeFileAtomic(path, "old");
        await expect(writeFileAtomic(path, "x".repeat(200_000))).rejects.toMatchObject({ code: "disk.full" });
        await expect(writeFileExclusive(join(folder, "new"), "x".repeat(200_000))).rejects.toMatchObject({
          code: "disk.full",
        });
        expect(readdirSync(folder)).toEqual(["file"]);
        expect(readFileSync(path, "utf8")).toBe("old");
      } finally {
        spawnSync("umount", [folder]);
      }
    },
  );
});

describe("writeFileExclusive", () => {
  it("makes a file once, however many try", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "file");
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => writeFileExclusive(path, String(index))),
    );
    const won = tries.flatMap((result, index) => (result.status === "fulfilled" ? [index] : []));
    expect(won).toHaveLength(1);
    expect(readFileSync(path, "utf8")).toBe(String(won[0]));
    for (const result of tries)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "file.exists" });
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("runProgram", () => {
  const node = (code: string, more: object = {}) =>
    runProgram({ command: process.execPath, args: ["-e", code], ...more });

  it("captures output and exit code", async () => {
    const code = "process.stdin.pipe(process.stdout); console.error(process.env.A); process.exitCode = 3";
    expect(await node(code, { input: "grüße", env: { A: "1" } })).toEqual({
      outcome: "exited",
      exitCode: 3,
      stdout: "grüße",
      stderr: "1\n",
    });
  });

  it("tells every other end apart", async () => {
    expect(await runProgram({ command: "no-such-program-here" })).toMatchObject({ outcome: "missing" });
    expect(await node("process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9999)")).toMatchObject({
      outcome: "killed",
      signal: "SIGTERM",
    });
    expect(await node("setTimeout(() => {}, 9999)", { timeoutMs: 50 })).toMatchObject({ outcome: "timeout" });
    const controller = new AbortController();
    const running = node("setTimeout(() => {}, 9999)", { signal: controller.signal });
    controller.abort();
    expect(await running).toMatchObject({ outcome: "aborted" });
    expect(await node("", { signal: controller.signal })).toMatchObject({ outcome: "aborted" });
  });

  it("survives a program that does not read its input, and limits what it keeps", async () => {
    expect(await node("process.exit(0)", { input: "x".repeat(5_000_000) })).toMatchObject({
      outcome: "exited",
      exitCode: 0,
    });
    expect((await node("process.stdout.write('x'.repeat(100000))", { maxOutput: 10 })).stdout).toBe("x".repeat(10));
  });
});

describe("runInteractive", () => {
  it("tells how the program ended and leaves Ctrl-C to it meanwhile", async () => {
    const before = process.listenerCount("SIGINT");
    const running = runInteractive({
      command: process.execPath,
      args: ["-e", "setTimeout(() => process.exit(4), 100)"],
    });
    expect(process.listenerCount("SIGINT")).toBe(before + 1);
    expect(await running).toEqual({ outcome: "exited", exitCode: 4 });
    expect(await runInteractive({ command: "no-such-program-here" })).toMatchObject({ outcome: "missing" });
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

describe("the host", () => {
  it("is named", () => {
    const facts = hostFacts();
    expect(facts.pid).toBe(process.pid);
    expect(facts.hostname).not.toBe("");
    expect(facts.user).not.toBe("");
  });

  it.skipIf(process.platform === "win32")("tells processes apart by when they started", async () => {
    const own = processStartTime(process.pid);
    expect(own).not.toBeNull();
    await pause(30);
    expect(processStartTime(process.pid)).toBe(own);
    // A name with parentheses and spaces must not shift the fields.
    const link = join(temporaryFolder(), "a) b (c");
    writeFileSync(link, "#!/bin/sh\nsleep 60\n");
    chmodSync(link, 0o700);
    const child = spawn(link, { stdio: "ignore" });
    const started = processStartTime(child.pid ?? 0);
    expect(started).not.toBeNull();
    expect(started).not.toBe(own);
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await ended;
    expect(processStartTime(child.pid ?? 0)).toBeNull();
    expect([0, -1, 1.5, 2 ** 40].map(processStartTime)).toEqual([null, null, null, null]);
  });
});

describe("ids and hashes", () => {
  it("are 12 hex digits that no one takes for a number", () => {
    const ids = Array.from({ length: 2000 }, () => newRevisionId());
    for (const id of ids) expect(id).toMatch(/^(?=.*[a-f])[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(2000);
    const bytes = [Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(1, 2, 3, 4, 5, 0xab)];
    expect(newRevisionId(() => bytes.shift() ?? new Uint8Array())).toBe("0102030405ab");
    expect(newRunId()).toMatch(/^[0-9a-f]{16}$/);
  });

  it("hash as everybody does", () => {
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256Hex("é")).toBe(sha256Hex(Uint8Array.of(0xc3, 0xa9)));
  });
});

describe("poll", () => {
  it("tries once more at the limit and then tells what was seen", async () => {
    let attempts = 0;
    const result = await poll<never>({
      everyMs: 1000,
      limitMs: 60,
      attempt: async () => ({ done: false, seen: `try ${++attempts}` }),
    });
    expect(result).toMatchObject({ outcome: "timeout", seen: "try 2" });
    expect(result.waitedMs).toBeGreaterThanOrEqual(60);
    expect(result.waitedMs).toBeLessThan(900);
  });

  it("makes one attempt with no time at all", async () => {
    expect(await poll({ everyMs: 1, limitMs: 0, attempt: async () => ({ done: true, value: 7 }) })).toMatchObject({
      outcome: "done",
      value: 7,
    });
  });

  it("passes on what an attempt throws", async () => {
    const attempt = async (): Promise<never> => {
      throw new Error("not worth waiting");
    };
    await expect(poll({ everyMs: 1, limitMs: 10, attempt })).rejects.toThrow("not worth waiting");
  });

  it("ends a pause at once when interrupted, and leaves no listener", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const started = performance.now();
    await expect(pause(10_000, controller.signal)).rejects.toMatchObject({ code: "run.interrupted" });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
