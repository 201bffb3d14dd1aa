import { describe, expect, test, vi } from "vitest";
import { blogIds, blogProject, records } from "./blog-project.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

describe("with --json, standard output is one object a line and the last one is the result", () => {
  test("a run tells its events, in order", async () => {
    const project = await blogProject();
    const { code, stdout, stderr } = await project.run(["upgrade", "+2", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const found = records(stdout);
    expect(found.map((record) => record["event"])).toEqual([
      "notice",
      "run-started",
      "revision-started",
      "revision-finished",
      "revision-started",
      "revision-finished",
      "result",
    ]);
    expect(found[0]).toMatchObject({ code: "no-backup" });
    expect(found.at(-1)).toMatchObject({ verb: "upgrade", target: "+2", direction: "up", heads: [blogIds[1]] });
  });

  test.each([
    [["status"], { verb: "status", pending: [{ id: blogIds[1] }, { id: blogIds[2] }] }],
    [["current"], { verb: "current", revisions: [{ id: blogIds[0] }] }],
    [["heads"], { verb: "heads", revisions: [{ id: blogIds[2] }] }],
    [["history", "--graph", "-n", "1"], { verb: "history", lines: [{ id: blogIds[2] }], graph: [{ id: blogIds[2] }] }],
    [["show", "head"], { verb: "show", revisions: [{ revision: { id: blogIds[2] } }] }],
    [["check", "--offline"], { verb: "check", problems: [], exitCode: 0 }],
    [["doctor"], { verb: "doctor", ledger: { exists: true, applied: 1 } }],
    [["sql"], { verb: "sql", dialect: "sqlite", direction: "up" }],
    [["upgrade", "--dry-run"], { verb: "upgrade", dryRun: true, direction: "up" }],
    [["stamp", "head"], { verb: "stamp", added: [blogIds[1], blogIds[2]] }],
    [["merge"], null],
  ])("%j", async (args, result) => {
    const project = await blogProject();
    await project.run(["upgrade", "+1"]);
    const { stdout, stderr, code } = await project.run([...args, "--json"]);
    expect(stderr).toBe("");
    const found = records(stdout);
    expect(found).toHaveLength(1);
    if (result === null) expect(found[0]).toMatchObject({ event: "error", exitCode: code });
    else expect(found[0]).toMatchObject({ event: "result", ...result });
  });

  test("an error is a record with its code, hint and exit code, also of a wrong command line", async () => {
    const project = await blogProject();
    await project.run(["upgrade"]);
    const refused = await project.run(["downgrade", "--json"]);
    expect(refused).toMatchObject({ code: 7, stderr: "" });
    expect(records(refused.stdout).at(-1)).toMatchObject({
      event: "error",
      code: "confirm.required",
      hint: expect.stringContaining("--yes"),
      details: { direction: "down", revisions: [blogIds[2]] },
      exitCode: 7,
    });
    const wrong = await project.run(["sttus", "--json"]);
    expect(wrong).toMatchObject({ code: 1, stderr: "" });
    expect(records(wrong.stdout)).toMatchObject([{ event: "error", code: "usage.invalid", exitCode: 1 }]);
  });

  test("rows of the shell are records", async () => {
    const project = await blogProject();
    const { stdout } = await project.run([
      "db",
      "shell",
      "--json",
      "-c",
      "SELECT 1 AS a, NULL AS b; CREATE TABLE t (a)",
    ]);
    expect(records(stdout)).toEqual([
      { event: "row", row: { a: 1, b: null } },
      { event: "statement", command: "CREATE TABLE", rowCount: 0 },
      { event: "result", verb: "db shell" },
    ]);
  });
});
