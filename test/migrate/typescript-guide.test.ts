import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { typescriptTemplate } from "../../src/revisions/typescript-template.ts";
import { temporaryFolder } from "../support/project.ts";
import { engines, migrateProject } from "./databases.ts";

const root = join(import.meta.dirname, "../..");

async function blocks(page: string, language: string): Promise<readonly string[]> {
  const text = await readFile(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm)].flatMap(([, found, body = ""]) =>
    found === language ? [`${body}\n`] : [],
  );
}

describe("docs/guides/typescript-revisions.md", () => {
  test.each(engines)("its example does on %s what the page says", async (engine) => {
    const [tables = ""] = await blocks("docs/guides/typescript-revisions.md", "sql");
    const [code = ""] = await blocks("docs/guides/typescript-revisions.md", "ts");
    const project = await migrateProject(engine, { "1_tables.sql": tables, "2_user_id.ts": code });
    await upgrade({ ...project.options, target: "+1" });
    await project.execute("INSERT INTO projects VALUES (1, 'One'), (2, 'Two')");
    await expect(upgrade({ ...project.options, yes: true })).rejects.toMatchObject({
      code: "revision.preflight-failed",
      message: expect.stringContaining("No superuser found."),
    });
    await project.execute("INSERT INTO users VALUES (7, 'admin', true)");
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "confirm.required",
      message: expect.stringContaining("Give 2 projects to the first admin?"),
    });
    await upgrade({ ...project.options, yes: true });
    expect(await project.rows("SELECT id, user_id FROM projects ORDER BY id")).toEqual([
      { id: 1, user_id: 7 },
      { id: 2, user_id: 7 },
    ]);
    const shown = project.events.findLast((event) => event.event === "revision-table");
    expect(shown?.columns.map((column) => column.name)).toEqual(["id", "name", "user_id"]);
    await downgrade({ ...project.options, yes: true });
    expect(await project.rows("SELECT * FROM projects WHERE id = 1")).toEqual([{ id: 1, name: "One" }]);
  });

  test("its example, that of the format's page and the template of create --ts pass the strictest type check", async () => {
    const [guide = ""] = await blocks("docs/guides/typescript-revisions.md", "ts");
    const [format = ""] = await blocks("docs/formats/revision-file.md", "ts");
    const folder = await temporaryFolder();
    const texts = new Map([
      [join(folder, "guide.ts"), guide],
      [join(folder, "format.ts"), format],
      [join(folder, "template.ts"), typescriptTemplate],
      [join(folder, "wrong.ts"), typescriptTemplate.replace("return true;", "return 1;")],
    ]);
    const options: ts.CompilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      paths: { keelson: [join(root, "src/revisions/define-revision.ts")] },
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, getSourceFile } = host;
    host.fileExists = (file) => texts.has(file) || fileExists(file);
    host.getSourceFile = (file, target) => {
      const text = texts.get(file);
      return text === undefined ? getSourceFile(file, target) : ts.createSourceFile(file, text, target);
    };
    const program = ts.createProgram([...texts.keys()], options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => [file?.fileName, ts.flattenDiagnosticMessageText(messageText, " ")]);
    // The file that is wrong on purpose shows that the check sees the types.
    expect(problems).toEqual([[join(folder, "wrong.ts"), expect.stringContaining("is not assignable")]]);
  });
});
