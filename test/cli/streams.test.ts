import { spawn } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/postgres.ts";
import { keelsonProgram, startKeelson } from "../support/run-keelson.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { blogIds, blogProject, revisionText } from "./blog-project.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const secret = "c4nary-s3cret";

describe("a reader that goes away", () => {
  test("does not stop a run", async () => {
    const project = await blogProject();
    const command = `${process.execPath} ${keelsonProgram} upgrade | head -n 1`;
    const shell = spawn("bash", ["-c", `${command}; echo "\${PIPESTATUS[0]}"`], { cwd: project.root });
    let stdout = "";
    let stderr = "";
    shell.stdout.on("data", (chunk) => (stdout += chunk));
    shell.stderr.on("data", (chunk) => (stderr += chunk));
    await new Promise((resolve) => shell.once("close", resolve));
    expect(stdout.trimEnd().split("\n")).toEqual(["No backup is made: this release has no backups yet.", "0"]);
    expect(stderr).toBe("");
    expect((await project.run(["current"])).stdout).toContain(blogIds[2]);
  });
});

describe("logs", () => {
  test("DB_DEBUG=1 logs every statement with its time on standard error, and nothing more on standard output", async () => {
    const project = await blogProject();
    const plain = await project.run(["status"]);
    const debugged = await project.run(["status"], { env: { DB_DEBUG: "1" } });
    expect(debugged.stdout).toBe(plain.stdout);
    await project.run(["upgrade", "+1"]);
    const { stderr } = await project.run(["upgrade"], { env: { DB_DEBUG: "1" } });
    expect(stderr).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z DEBUG .*CREATE TABLE tags .* ms=[\d.]+$/m);
    expect(stderr).toMatch(/DEBUG .*SELECT .* ms=/);
  });

  test("--log-format json writes steps and errors as records", async () => {
    const project = await blogProject();
    const upgraded = await project.run(["upgrade", "+1", "--log-format", "json"]);
    const steps = upgraded.stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(steps).toMatchObject([
      { level: "info", event: "run-started" },
      { event: "revision-finished", id: blogIds[0] },
    ]);
    const refused = await project.run(["downgrade", "--log-format", "json"]);
    expect(JSON.parse(refused.stderr)).toMatchObject({ level: "error", code: "confirm.required", exitCode: 7 });
    const silent = await project.run(["upgrade", "+1", "--log-format", "json", "--log-level", "silent"]);
    expect(silent.stderr).toBe("");
  });
});

describe("on a server", () => {
  async function sleepingProject() {
    const project = await blogProject(await freshDatabase());
    await project.write({
      "migrations/2_posts.sql": revisionText({
        id: blogIds[1],
        parents: blogIds[0],
        message: "sleep",
        up: "CREATE TABLE posts (id int);\nSELECT pg_sleep(30);",
        down: "DROP TABLE posts;",
      }),
    });
    return project;
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s rolls back what is under way and keeps what is done",
    async (signal) => {
      const project = await sleepingProject();
      const run = startKeelson(["upgrade"], { cwd: project.root });
      await run.output(/1\/3 .*add users/);
      await new Promise((resolve) => setTimeout(resolve, 500));
      run.kill(signal);
      const { code, stderr, durationMs } = await run.done;
      expect(code).toBe(6);
      expect(durationMs).toBeLessThan(20_000);
      expect(stderr).toMatch(new RegExp(`^${signal}: stopping\\.`));
      expect(stderr).toContain("error[run.interrupted]");
      const { stdout } = await project.run(["status"]);
      expect(stdout).toContain(`Current database revision: ${blogIds[0]}`);
      expect(stdout).toContain("⏳ sleep (pending)");
    },
  );

  test("a second signal ends the process at once, as that signal does", async () => {
    const project = await sleepingProject();
    const proxy = await startTcpProxy({ port: Number(new URL(await databaseUrl(project)).port) });
    const url = new URL(await databaseUrl(project));
    url.port = String(proxy.port);
    const run = startKeelson(["upgrade", "--url", url.href], { cwd: project.root });
    await run.output(/1\/3 .*add users/);
    // A frozen connection can't be cancelled, so only the second signal ends the run.
    proxy.freeze();
    run.kill("SIGINT");
    await run.output(/stopping/);
    run.kill("SIGINT");
    expect(await run.done).toMatchObject({ code: null, signal: "SIGINT" });
    await proxy.stop();
  });

  test("the second of two runs says for whom it waits", async () => {
    const project = await sleepingProject();
    const first = startKeelson(["upgrade"], { cwd: project.root });
    await first.output(/1\/3 .*add users/);
    const second = startKeelson(["upgrade", "--run-lock-timeout", "2s"], { cwd: project.root });
    const { code, stderr } = await second.done;
    first.kill("SIGTERM");
    await first.done;
    expect(code).toBe(5);
    expect(stderr).toMatch(/INFO .*waiting for the run lock of .*, held by .*pid \d+/);
    expect(stderr).toMatch(/error\[lock\.timeout\]: .*\nhint: .*--run-lock-timeout/);
  });

  test("--wait says what it waits for and gives up in time", async () => {
    const project = await blogProject();
    const run = await project.run(["status", "--url", "postgres://ann@127.0.0.1:1/app", "--wait", "1"]);
    expect(run.code).toBe(5);
    expect(run.stderr).toMatch(/INFO .*waiting for the database/);
    expect(run.stderr).toContain("error[wait.timeout]");
  });

  test("psql gets the password in its environment, and no output has it", async () => {
    const project = await blogProject();
    const url = new URL(await freshDatabase());
    url.password = secret;
    const bin = project.path("bin");
    await project.write({ "bin/psql": '#!/bin/sh\nprintf "%s\\n" "$PGPASSWORD" > password\nprintf "%s\\n" "$@"\n' });
    await new Promise((resolve) => spawn("chmod", ["+x", project.path("bin/psql")]).once("close", resolve));
    const env = { PATH: `${bin}:${process.env["PATH"]}` };
    const { stdout } = await project.run(["db", "shell", "--url", url.href, "-d", "other db", "-c", "\\dt"], { env });
    expect(stdout).toContain("/other%20db\n-c\n\\dt\n");
    expect(stdout).not.toContain(secret);
    const { readFile } = await import("node:fs/promises");
    expect(await readFile(project.path("password"), "utf8")).toBe(`${secret}\n`);
    for (const args of [["doctor"], ["status"], ["upgrade"], ["db", "shell", "--builtin", "-c", "SELECT 1"]]) {
      for (const more of [[], ["--json"]]) {
        const run = await project.run([...args, ...more, "--url", url.href], { env: { DB_DEBUG: "1" } });
        expect(run.stdout + run.stderr).not.toContain(secret);
      }
    }
  });

  test("the built-in prompt runs several statements of -c as one transaction", async () => {
    const project = await blogProject(await freshDatabase());
    const shell = (sql: string) => project.run(["db", "shell", "--builtin", "-c", sql]);
    const failed = await shell("CREATE TABLE t (id int); INSERT INTO nowhere VALUES (1)");
    expect(failed).toMatchObject({ code: 6, stdout: "" });
    expect((await shell("\\dt")).stdout).toContain("(0 rows)");
    const done = await shell("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)");
    expect(done).toMatchObject({ code: 0, stdout: "CREATE TABLE\nINSERT 0 2\n", stderr: "" });
    expect((await shell("\\d t")).stdout).toContain('Table "public.t"');
  });
});

async function databaseUrl(project: { path(...parts: readonly string[]): string }): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(project.path("keelson.config.json"), "utf8")).url;
}
