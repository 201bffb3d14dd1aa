import { readdir, readFile, rm } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { prove } from "../../src/app/prove.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { makeProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 60_000 });

const users = "CREATE TABLE users (id integer PRIMARY KEY);\n";
const config = 'export default { url: "sqlite:app.db", schema: "schema" };\n';

test("revisions in SQLx's layout have their proofs in a file beside them, about the text that they have", async () => {
  const project = await makeProject({
    config,
    files: {
      "schema/app.sql": users,
      "migrations/0001_users.up.sql": users,
      "migrations/0001_users.down.sql": "DROP TABLE users;\n",
    },
  });
  const cwd = project.root;
  const proofs = () => readFile(project.path("migrations/keelson.proofs"), "utf8");
  const judged = async () => (await check({ cwd, offline: true })).problems;
  expect(await judged()).toEqual([]);

  await project.write({ "schema/app.sql": users.replace("KEY", "KEY, mail text") });
  await create({ cwd, message: "add mail" });
  expect((await readdir(project.path("migrations"))).sort()).toEqual([
    "0001_users.down.sql",
    "0001_users.up.sql",
    "0002_add_mail.down.sql",
    "0002_add_mail.up.sql",
    "keelson.proofs",
  ]);
  expect((await proofs()).split("\n").slice(1)).toEqual([
    expect.stringMatching(/^0002: up and down, SQLite [\d.]+, sha256 [0-9a-f]{16}$/),
    "",
  ]);
  expect(await judged()).toEqual([]);

  // Applied, the way down may still be corrected; the proof is about another text then.
  await upgrade({ cwd });
  const down = await readFile(project.path("migrations/0002_add_mail.down.sql"), "utf8");
  await project.write({ "migrations/0002_add_mail.down.sql": `${down}SELECT 1;\n` });
  expect(await judged()).toMatchObject([{ code: "revision.unproven", details: { revisions: ["0002"] } }]);
  await project.write({ "migrations/0002_add_mail.down.sql": `\n${down}\n\n` });
  expect(await judged()).toEqual([]);

  // `prove` proves what is edited or was never proven, and writes it down.
  await project.write({ "migrations/0002_add_mail.down.sql": `${down}SELECT 1;\n` });
  const { proofs: made } = await prove({ cwd });
  expect(made).toMatchObject([
    { id: "0001", recorded: true },
    { id: "0002", recorded: true },
  ]);
  expect((await proofs()).split("\n").map((line) => line.split(":")[0])).toEqual([
    expect.any(String),
    "0001",
    "0002",
    "",
  ]);
  expect(await judged()).toEqual([]);
  expect(await prove({ cwd })).toEqual({ proofs: [], alreadyProven: 2 });

  // Without the file nothing is claimed, as of revisions that were there before.
  await rm(project.path("migrations/keelson.proofs"));
  expect(await judged()).toEqual([]);
});
