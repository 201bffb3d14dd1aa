import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { KeelsonError } from "../../src/errors.ts";

/** A temporary folder with these files, removed when the test ends. */
export function projectFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-config-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeProjectFile(folder, name, content);
  return folder;
}

/** Writes one file of a project and returns its path; readable by its owner only. */
export function writeProjectFile(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o600);
  return path;
}

/** The KeelsonError that some work throws; fails when it throws none. */
export async function thrownBy(work: () => unknown): Promise<KeelsonError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof KeelsonError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
