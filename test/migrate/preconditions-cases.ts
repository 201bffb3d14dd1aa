import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { create } from "../../src/app/create.ts";
import { previewUpgrade, upgrade } from "../../src/app/upgrade.ts";
import type { EngineName } from "../../src/engines/engine.ts";
import { type MigrateProject, migrateProject } from "./databases.ts";

/** How long a project with revisions that `create` writes may take. */
export const slow = 120_000;
const config = { config: 'export default { schema: "schema" };\n' };
const people = (mail: string): string => `CREATE TABLE people (id integer PRIMARY KEY, mail ${mail});\n`;

/** A project whose models say `before`, applied, and a second revision that leads to `after`. */
export async function planned(engine: EngineName, before: string, after: string): Promise<MigrateProject> {
  const project = await migrateProject(engine, {}, config);
  await project.write({ "schema/app.sql": before });
  await create({ ...project.options, message: "first" });
  await upgrade(project.options);
  await project.write({ "schema/app.sql": after });
  return project;
}

/** That rows which stand in the way of a revision are found before it is begun. */
export function rowsInTheWay(engine: EngineName): void {
  describe(`a revision that create wrote (${engine})`, () => {
    test(
      "says which rows stand in its way before it is begun, and runs once they are corrected",
      async () => {
        const project = await planned(engine, people("varchar(40)"), people("varchar(40) NOT NULL UNIQUE"));
        const written = await create({ ...project.options, message: "mail is needed" });
        const text = await readFile(written.outcome === "written" ? (written.files[0] ?? "") : "", "utf8");
        expect(text).toMatch(
          /-- keelson:require\n-- rows of .*people that have no value for mail, which becomes NOT NULL\nSELECT id/,
        );
        expect(text.indexOf("-- keelson:require")).toBeLessThan(text.indexOf("-- keelson:up"));
        await project.execute("INSERT INTO people VALUES (1, 'a'), (2, NULL), (3, NULL), (4, 'b'), (5, 'b')");
        const before = await project.catalog();

        const refused = await upgrade(project.options).catch((error: unknown) => error);
        expect(refused).toMatchObject({
          code: "revision.requirement-unmet",
          message: expect.stringContaining("Nothing was run."),
          details: {
            requirements: expect.arrayContaining([
              expect.objectContaining({ rows: 2, sample: [{ id: 2 }, { id: 3 }] }),
              expect.objectContaining({ rows: 2, sample: expect.arrayContaining([{ id: 4 }, { id: 5 }]) }),
            ]),
          },
        });
        expect(await project.catalog()).toBe(before);
        expect((await previewUpgrade(project.options)).obstacles).toHaveLength(2);

        await project.execute("UPDATE people SET mail = 'x' || id WHERE mail IS NULL OR mail = 'b'");
        expect((await previewUpgrade(project.options)).obstacles).toEqual([]);
        await upgrade(project.options);
        expect(await project.applied()).toHaveLength(2);
      },
      slow,
    );
  });
}
