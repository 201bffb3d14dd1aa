import { expect, test } from "vitest";
import { extensionsOfFolder } from "../../src/app/pglite-extensions.ts";
import { withProject, withReadSession } from "../../src/app/project.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { makeProject } from "../support/project.ts";

test("PGlite has the extensions that the revisions ask for, and again the next time", async () => {
  const project = await makeProject({
    files: {
      "migrations/20260101000000_search.sql":
        "-- keelson\n-- id: 3f2a9c1b0d4e\n-- parents:\n-- message: search\n\n-- keelson:up\nCREATE EXTENSION pg_trgm;\n" +
        "CREATE TABLE words (word text);\nCREATE INDEX words_word ON words USING gin (word gin_trgm_ops);\n\n-- keelson:down\n",
    },
  });
  const options = { cwd: project.root, url: "pglite:dev", yes: true };
  await upgrade(options);
  const similar = await withProject(options, async ({ engine }) =>
    withReadSession(
      engine,
      async (session) => (await session.query("SELECT similarity('abc', 'abd') > 0 AS near")).rows,
    ),
  );
  expect(similar).toEqual([{ near: true }]);
}, 60_000);

test("only extensions that are named count, and all of them where there are too many files to read", async () => {
  const project = await makeProject({
    files: {
      "few/1_a.sql": 'CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION earthdistance CASCADE;',
      "few/notes.txt": "create extension hstore",
      "none/1_a.sql": "SELECT 'ltree, without the word';",
    },
  });
  const available = ["cube", "earthdistance", "hstore", "ltree", "uuid-ossp"];
  const named = (folder: string) => [...extensionsOfFolder(project.path(folder), available)].sort();
  expect(named("few")).toEqual(["cube", "earthdistance", "uuid-ossp"]);
  expect(named("none")).toEqual([]);
  expect(named("missing")).toEqual([]);
  await project.write(
    Object.fromEntries(Array.from({ length: 401 }, (_, index) => [`many/${index}_a.sql`, "SELECT 1"])),
  );
  expect(named("many")).toEqual(available);
});
