import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** A module hook that prints the address of every module before it is loaded. */
const hook = `import { writeSync } from "node:fs";
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  writeSync(1, resolved.url + "\\n");
  return resolved;
}`;

/** Packages and folders of ours that importing an entry point of the built package loads. */
async function loadedBy(
  entry: string,
): Promise<{ readonly packages: readonly string[]; readonly folders: readonly string[] }> {
  const program = `
    import { register } from "node:module";
    register("data:text/javascript," + ${JSON.stringify(encodeURIComponent(hook))});
    await import(${JSON.stringify(entry)});`;
  const { stdout } = await execute(process.execPath, ["--input-type=module", "--eval", program], { cwd: root });
  const urls = stdout.split("\n").filter((url) => url.startsWith("file:"));
  const pick = (pattern: RegExp) => [...new Set(urls.flatMap((url) => pattern.exec(url)?.[1] ?? []))].sort();
  return { packages: pick(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//), folders: pick(/\/dist\/([^/]+)\//) };
}

describe("an entry point loads only what it is about", () => {
  test("keelson: no engine's driver, no parser, nothing of the command line", async () => {
    const { packages, folders } = await loadedBy("keelson");
    expect(folders).toContain("app");
    expect(folders).not.toContain("cli");
    expect(folders).not.toContain("testing");
    const heavy = [
      "pg",
      "@electric-sql/pglite",
      "better-sqlite3",
      "libpg-query",
      "commander",
      "@clack/prompts",
      "jiti",
    ];
    expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
  });

  test("keelson/testing: nothing of what it is used to test", async () => {
    const { packages, folders } = await loadedBy("keelson/testing");
    expect(folders).toEqual(["config", "platform", "testing"]);
    expect(packages).toContain("pg");
    expect(packages).not.toContain("@electric-sql/pglite");
  });
});
