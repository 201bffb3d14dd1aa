import { readdir, readFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { create } from "../../src/app/create.ts";
import { embeddedPostgres, postgresMajors } from "../../src/testing/embedded-postgres.ts";
import { makeProject } from "../support/project.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const schema = `
CREATE TYPE state AS ENUM ('open', 'done');
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL UNIQUE CHECK (mail LIKE '%@%'));
CREATE TABLE jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner bigint NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  state state NOT NULL DEFAULT 'open',
  made timestamptz NOT NULL DEFAULT now(),
  title varchar(80) NOT NULL,
  length integer GENERATED ALWAYS AS (length(title)) STORED
);
CREATE INDEX jobs_open ON jobs (owner, made DESC) WHERE state = 'open';
CREATE VIEW open_jobs AS SELECT j.*, p.mail FROM jobs j JOIN people p ON p.id = j.owner WHERE j.state IN ('open');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.made := now(); RETURN NEW; END $$;
CREATE TRIGGER jobs_touch BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION touch();
`;

beforeAll(async () => {
  for (const major of postgresMajors) await embeddedPostgres(major);
});

test("a revision is proven on every supported major, each on a server of its own", async () => {
  const config = `export default { schema: "schema", postgres: ${JSON.stringify(postgresMajors)} };\n`;
  const project = await makeProject({ config, files: { "schema/app.sql": schema } });
  const report = await create({ cwd: project.root, message: "begin" });
  expect(report).toMatchObject({
    outcome: "written",
    bodies: [
      { proof: { outcome: "proven", notOn: [], servers: postgresMajors.map((major) => ({ version: String(major) })) } },
    ],
  });
  const [name = ""] = await readdir(project.path("migrations"));
  const text = await readFile(project.path("migrations", name), "utf8");
  for (const major of postgresMajors) expect(text).toContain(`\n-- proof: up and down, PostgreSQL ${major}, sha256 `);
});
