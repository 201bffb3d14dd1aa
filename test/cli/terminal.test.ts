import { describe, expect, test, vi } from "vitest";
import { blogProject } from "./blog-project.ts";
import { startOnTerminal, terminalMissing } from "./terminal.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(terminalMissing())("on a terminal", () => {
  test("a yes goes on: what will happen is told before the question", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const run = startOnTerminal(["downgrade", "-2"], { cwd: project.root });
    await run.shows(/Revert\?/);
    run.type("y");
    const { code, screen } = await run.done;
    expect(code).toBe(0);
    expect(screen).toMatch(
      /This would revert 2 revisions in sqlite:app\.db:\n {2}aaaaaaaaaaa3 {2}add tags\n {2}aaaaaaaaaaa2 {2}add posts/,
    );
    expect(screen).toContain("2_posts.sql:12 drops table posts");
    expect(screen).toContain("Revisions       2 reverted");
    expect((await project.run(["current"])).stdout).toContain("aaaaaaaaaaa1");
  });

  test.each([
    ["no", "n"],
    ["Enter, since no is the default", "\r"],
    ["Ctrl-C", "\u0003"],
    ["Escape", "\u001b"],
  ])("%s declines, and changes nothing", async (_name, key) => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const run = startOnTerminal(["downgrade"], { cwd: project.root });
    await run.shows(/Revert\?/);
    run.type(key);
    const { code, screen } = await run.done;
    expect(code).toBe(7);
    expect(screen).toContain("error[confirm.declined]");
    expect((await project.run(["current"])).stdout).toContain("aaaaaaaaaaa3");
  });

  test.each([["db", "drop"], ["reset"], ["stamp", "base"]])("%s %s asks as well", async (...args) => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const run = startOnTerminal(
      args.filter((arg) => arg !== undefined),
      { cwd: project.root },
    );
    await run.shows(/\? *\n/);
    run.type("n");
    expect((await run.done).code).toBe(7);
    expect((await project.run(["current"])).stdout).toContain("aaaaaaaaaaa3");
  });

  test("nobody is asked in a pipeline, nor with --json", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const inPipeline = await startOnTerminal(["downgrade"], { cwd: project.root, env: { CI: "true" } }).done;
    const asJson = await startOnTerminal(["downgrade", "--json"], { cwd: project.root }).done;
    expect([inPipeline.code, asJson.code]).toEqual([7, 7]);
    expect(inPipeline.screen).toContain("confirm.required");
  });

  test("colours are there, and not with NO_COLOR; a pipe has them only with FORCE_COLOR", async () => {
    const project = await blogProject();
    const coloured = await startOnTerminal(["status"], { cwd: project.root }).done;
    const plain = await startOnTerminal(["status"], { cwd: project.root, env: { NO_COLOR: "1" } }).done;
    const forced = await project.run(["status"], { env: { NO_COLOR: "", FORCE_COLOR: "1" } });
    const piped = await project.run(["status"], { env: { NO_COLOR: "" } });
    expect(coloured.raw).toContain("\u001b[");
    expect(plain.raw).not.toContain("\u001b[");
    expect(forced.stdout).toContain("\u001b[");
    expect(piped.stdout).not.toContain("\u001b[");
    expect(coloured.screen).toBe(plain.screen);
  });

  test("the built-in prompt takes statements over several lines, shows tables, and goes on after an error", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const run = startOnTerminal(["db", "shell", "--builtin"], { cwd: project.root });
    await run.shows(/keelson=> /);
    run.type("insert into users\r");
    await run.shows(/keelson-> /);
    run.type("values (1, 'ann');\r");
    await run.shows(/INSERT 0 1/);
    run.type("selec;\r");
    await run.shows(/error\[statement\.failed\]/);
    run.type("select id, name from users;\r");
    await run.shows(/ {2}1 \| ann\n\(1 row\)/);
    run.type("\\d posts\r");
    await run.shows(/Table "posts"/);
    run.type("\\q\r");
    expect((await run.done).code).toBe(0);
  });
});
