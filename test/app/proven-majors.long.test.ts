import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { check } from "../../src/app/check.ts";
import { create } from "../../src/app/create.ts";
import { prove } from "../../src/app/prove.ts";
import { sharedServer } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 90_000 });

const users = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL);\n";
/** Only PostgreSQL 18 knows generated columns that are not stored. */
const onlyOn18 = "CREATE TABLE sums (a integer, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL);\n";

/** Runs on 15, on the server of the tests, and on 18, in this process. */
let project: TestProject;

beforeAll(async () => {
  const scratch = `["pglite", ${JSON.stringify(sharedServer().url())}]`;
  const config = `export default { schema: "schema", postgres: [15, 18], scratch: ${scratch} };\n`;
  project = await makeProject({ config, files: { "schema/app.sql": users } });
});

async function texts(): Promise<readonly string[]> {
  const names = await readdir(project.path("migrations"));
  return await Promise.all(names.sort().map((name) => readFile(project.path("migrations", name), "utf8")));
}

async function writeByHand(name: string, up: string, down: string): Promise<void> {
  const { root: cwd } = project;
  const report = await create({ cwd, message: name, empty: true });
  const [file = ""] = report.files;
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    `${text.slice(0, text.indexOf("-- keelson:up"))}-- keelson:up\n${up}\n\n-- keelson:down\n${down}\n`,
  );
}

function proofLines(text = ""): readonly string[] {
  return [...text.matchAll(/^-- proof: (.*), sha256 [0-9a-f]{16}$/gm)].map(([, line = ""]) => line);
}

test("a new revision is proven on both, and both stand in its header", async () => {
  const report = await create({ cwd: project.root, message: "add users" });
  expect(report).toMatchObject({
    outcome: "written",
    bodies: [
      {
        proof: {
          outcome: "proven",
          notOn: [],
          servers: [
            { on: "PostgreSQL 18 (PGlite)", version: "18", outcome: "proven" },
            { on: expect.stringMatching(/^PostgreSQL 15 at /), version: "15", outcome: "proven" },
          ],
        },
      },
    ],
  });
  expect(proofLines((await texts())[0])).toEqual(["up and down, PostgreSQL 18", "up and down, PostgreSQL 15"]);
});

test("one that a server refuses is not written, and it is told which and why", async () => {
  await project.write({ "schema/sums.sql": onlyOn18 });
  const refused = await create({ cwd: project.root, message: "sums" }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "proof.failed",
    message: expect.stringMatching(
      /^On PostgreSQL 15 at .*, nothing of it could be run: schema\/sums\.sql:1: [\s\S]*\nIt is proven on PostgreSQL 18 \(PGlite\)\.\nNothing was written\.$/,
    ),
  });
  expect(await texts()).toHaveLength(1);
  await rm(project.path("schema", "sums.sql"));
});

test("what lacks the proof of one major is told, and proven on that one alone", async () => {
  const { root: cwd } = project;
  await writeByHand("notes", "COMMENT ON TABLE users IS 'people';", "COMMENT ON TABLE users IS NULL;");
  const on18 = await prove({ cwd, revisions: ["head"], majors: [18] });
  expect(on18.proofs).toMatchObject([{ recorded: true, proof: { outcome: "proven", notOn: [15] } }]);
  expect((await check({ cwd, offline: true })).problems).toMatchObject([
    {
      code: "revision.unproven",
      message: expect.stringMatching(/^1 revision is not proven on PostgreSQL 15: /),
      details: { majors: [15] },
    },
    { code: "models.ahead" },
  ]);
  expect(await prove({ cwd })).toMatchObject({
    alreadyProven: 1,
    proofs: [{ recorded: true, proof: { notOn: [], servers: [{ version: "15", outcome: "proven" }] } }],
  });
  expect(proofLines((await texts())[1])).toEqual(["up and down, PostgreSQL 18", "up and down, PostgreSQL 15"]);
  await expect(prove({ cwd, majors: [14] })).rejects.toMatchObject({ code: "scratch.unavailable" });
});

test("a file stays as it is where one major fails it", async () => {
  await writeByHand("sums", onlyOn18, "DROP TABLE sums;");
  const before = await texts();
  expect(await prove({ cwd: project.root })).toMatchObject({
    alreadyProven: 2,
    proofs: [
      {
        recorded: false,
        proof: {
          outcome: "failed",
          servers: [{ outcome: "proven" }, { outcome: "failed", failedAt: "up", version: "15" }],
        },
      },
    ],
  });
  expect(await texts()).toEqual(before);
});

test("majors are nothing to a project on SQLite", async () => {
  const made = await makeProject({ config: 'export default { url: "sqlite:app.db", postgres: [15] };\n' });
  await expect(prove({ cwd: made.root, majors: [15] })).rejects.toMatchObject({ code: "usage.invalid" });
});
