import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

afterAll(async () => {
  if (process.env["KEELSON_TEST_KEEP"] === "1") return;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new empty folder, removed when the test file ends. */
export async function temporaryFolder(name = "test"): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `keelson-${name}-`)));
  folders.push(folder);
  return folder;
}

/** A project in a folder of its own. */
export interface TestProject {
  readonly root: string;
  /** The absolute path of a file or folder in it. */
  path(...parts: readonly string[]): string;
  /** Writes files, by path from the root, making their folders. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

/** Makes a project with these files; `config` becomes the text of `keelson.config.ts`. */
export async function makeProject(
  contents: { readonly files?: Readonly<Record<string, string>>; readonly config?: string } = {},
): Promise<TestProject> {
  const root = await temporaryFolder("project");
  const path = (...parts: readonly string[]) => join(root, ...parts);
  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
    }
  };
  await write(contents.files ?? {});
  if (contents.config !== undefined) await write({ "keelson.config.ts": contents.config });
  return { root, path, write };
}
