import { mkdir, readFile, symlink } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { makeProject } from "../support/project.ts";
import { runKeelson } from "../support/run-keelson.ts";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");

const drizzle = fileURLToPath(new URL("../../node_modules/drizzle-orm", import.meta.url));

/** The lines of the shell blocks of one section, without their comments. */
function commandsOf(section: string): readonly string[] {
  const text = readme.split(/^## /m).find((part) => part.startsWith(section)) ?? "";
  const blocks = [...text.matchAll(/```bash\n(.*?)```/gs)].map((match) => match[1] ?? "");
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter(Boolean);
}

/** Splits a line as a shell would, as far as the README needs it. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
}

test("the two commands that set everything up stand first", () => {
  const first = readme.slice(readme.indexOf("```bash"));
  expect(
    first
      .split("\n")
      .slice(1, 3)
      .map((line) => line.replace(/\s+#.*$/, "")),
  ).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
});

test("the five minutes work on the embedded database, with nothing configured", { timeout: 120_000 }, async () => {
  const project = await makeProject();
  await mkdir(project.path("node_modules"));
  await symlink(drizzle, project.path("node_modules", "drizzle-orm"));
  const lines = commandsOf("Five minutes").filter((line) => line.startsWith("npx keelson"));
  expect(lines.length).toBeGreaterThanOrEqual(5);
  for (const line of lines) {
    const [, , ...args] = words(line);
    const result = await runKeelson(args, { cwd: project.root, timeout: 60_000 });
    expect([line, result.code, result.stderr]).toEqual([line, 0, ""]);
  }
});

test("every command that the README shows is one that exists", () => {
  const shown = [...readme.matchAll(/npx keelson ([^\n#`]*)/g)].map((match) => words((match[1] ?? "").trim()));
  expect(shown.length).toBeGreaterThan(5);
  for (const args of shown) expect(() => parseArguments(args)).not.toThrow();
});
