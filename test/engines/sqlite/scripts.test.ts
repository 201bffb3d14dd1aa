import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { driverProblem, refuseUnsafePair } from "../../../src/engines/sqlite/load-driver.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";
import { failure } from "../conformance/given.ts";

const program = spawnSync("sqlite3", ["-version"]).error === undefined;

describe.skipIf(!program)("scripts for the sqlite3 program", () => {
  test("stop at an assertion that does not hold, and leave nothing of the transaction around it", async () => {
    const root = await temporaryFolder("sqlite");
    const { sql } = sqliteEngine({ url: "sqlite:app.db", root, ledger: { prefix: "keelson_" } });
    const file = join(root, "app.db");
    const script = (condition: string) =>
      [
        ...sql.scriptHead([]),
        "BEGIN IMMEDIATE;",
        "CREATE TABLE t (x);",
        `${sql.assert(condition, "keelson: it's not so")};`,
        `INSERT INTO t VALUES (${sql.now});`,
        "COMMIT;",
        ...sql.resetSession.map((line) => `${line};`),
        "SELECT count(*) FROM t;",
        "",
      ].join("\n");
    const failed = spawnSync("sqlite3", [file], { input: script("1 = 2"), encoding: "utf8" });
    expect(failed.status).not.toBe(0);
    expect(failed.stderr).toContain("keelson: it's not so");
    expect(failed.stdout).toBe("");
    expect(execFileSync("sqlite3", [file, ".tables"], { encoding: "utf8" })).toBe("");
    const passed = spawnSync("sqlite3", [file], { input: script("(SELECT count(*) FROM t) = 0"), encoding: "utf8" });
    expect(passed).toMatchObject({ status: 0, stderr: "", stdout: "1\n" });
  });
});

describe("SQLite's own parser", () => {
  const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });

  test.each([
    ["SELECT 1;\n\nCREATE TABLE t (\n  x integer,,\n y)", 4],
    ["CREATE TABLE t (x);\nINSERT INTO t VALUES (1", 2],
    ["CREATE TABLE t (x);\nSELECT #", 2],
    ["CREATE INDEX ON t (x)", 1],
    ["CREATE TRIGGER a AFTER INSERT ON t BEGIN\n  SELECT 1;\n  SELCT 2;\nEND", 3],
  ])("refuses %j in line %i", async (script, line) => {
    const refused = await failure(engine.parse(script), "revision.syntax");
    expect(refused.details["line"]).toBe(line);
  });

  test("leaves alone what only the schema can tell", async () => {
    const script =
      "SELECT missing FROM nowhere; ALTER TABLE nowhere RENAME TO here; PRAGMA foreign_keys = OFF; PRAGMA nothing = 1";
    expect(await engine.parse(script)).toHaveLength(4);
  });
});

describe("the driver", () => {
  test("is refused where it would end the process", () => {
    expect(() => refuseUnsafePair("12.11.1", "v24.21.0")).toThrowError(
      expect.objectContaining({ code: "engine.missing", hint: expect.stringContaining("better-sqlite3@13") }),
    );
    for (const [driver, node] of [
      ["12.11.1", "v20.19.0"],
      ["12.11.1", "v22.23.3"],
      ["13.2.0", "v24.21.0"],
    ] as const) {
      expect(() => refuseUnsafePair(driver, node)).not.toThrow();
    }
  });

  test("that is not installed is named with the command that installs it", { timeout: 60_000 }, async () => {
    // A copy of the sources outside the project finds none of the project's packages.
    const root = await temporaryFolder("no-driver");
    const project = fileURLToPath(new URL("../../..", import.meta.url));
    const work = join("test", "engines", "sqlite", "open-without-driver.ts");
    for (const part of [
      "package.json",
      join("src", "errors.ts"),
      join("src", "engines"),
      join("src", "platform"),
      join("src", "catalog"),
      join("src", "diff"),
      work,
    ]) {
      cpSync(join(project, part), join(root, part), { recursive: true });
    }
    const loader = new URL("./jiti-register.mjs", pathToFileURL(createRequire(import.meta.url).resolve("jiti"))).href;
    const ended = spawnSync(process.execPath, ["--import", loader, join(root, work)], { encoding: "utf8" });
    expect(JSON.parse(ended.stdout || JSON.stringify(ended.stderr))).toEqual({
      code: "engine.missing",
      hint: expect.stringMatching(/^Install it: npm install better-sqlite3@1[23]$/),
      statements: 1,
    });
  });

  test("that was built for another Node is named with the command that builds it", () => {
    const error = Object.assign(
      new Error("The module '/x/better_sqlite3.node'\nwas compiled against a different Node.js version"),
      { code: "ERR_DLOPEN_FAILED" },
    );
    expect(driverProblem(error)).toMatchObject({
      code: "engine.missing",
      hint: "Build it for this Node: npm rebuild better-sqlite3",
    });
    expect(driverProblem(new Error("Could not locate the bindings file. Tried:\n → a\n → b")).hint).toContain(
      "npm rebuild",
    );
  });
});
