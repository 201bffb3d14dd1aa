import { expect, test } from "vitest";
import { status, upgrade } from "../../src/index.ts";
import { sqliteEngine } from "../../src/sqlite.ts";
import { makeProject } from "../support/project.ts";

test("an engine that the application made is used by every verb and left open", async () => {
  const project = await makeProject({ files: { "migrations/1_one.sql": "create table one (id integer);\n" } });
  const engine = sqliteEngine({ url: "sqlite::memory:", root: project.root, ledger: { prefix: "keelson_" } });
  await upgrade({ cwd: project.root, engine });
  // An in-memory database would be gone if the first verb had closed the engine.
  const report = await status({ cwd: project.root, engine });
  expect(report.current.map((line) => line.id)).toEqual(["1"]);
  await engine.close();
});
