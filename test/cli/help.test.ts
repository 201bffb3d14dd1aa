import { cp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { usageLine } from "../../src/cli/help.ts";
import { verbs } from "../../src/cli/table/verbs.ts";
import { temporaryFolder } from "../support/project.ts";
import { keelsonProgram, runKeelson, startProgram } from "../support/run-keelson.ts";

const packageFile = fileURLToPath(new URL("../../package.json", import.meta.url));

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(await readFile(packageFile, "utf8"));
  for (const flag of ["--version", "-V"]) {
    expect(await runKeelson([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  }
});

test("keelson alone prints the verbs and how to go on", async () => {
  const { code, stdout, stderr } = await runKeelson([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const verb of Object.values(verbs)) expect(stdout).toContain(`${verb.name} `);
  expect(stdout).toContain("keelson <verb> --help");
  expect(stdout).not.toContain("--log-format");
});

test("--help adds the options of every verb, targets and where to begin", async () => {
  const { code, stdout } = await runKeelson(["--help"]);
  expect(code).toBe(0);
  for (const part of ["--log-format FORMAT", "--wait-for URL", "label", "keelson init", "base"]) {
    expect(stdout).toContain(part);
  }
});

describe("every verb explains itself, with examples, before anything else is looked at", () => {
  test.each(Object.values(verbs).map((verb) => [verb.name, verb] as const))("%s", async (name, verb) => {
    const { code, stdout, stderr } = await runKeelson([...name.split(" "), "--nonsense", "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: ${usageLine(verb)}`);
    for (const example of verb.examples) expect(stdout).toContain(example.command);
    for (const option of Object.values(verb.options)) expect(stdout).toContain(option.flags);
    expect(stdout).toContain("--env-file FILE");
  });
});

test("help and the verb may come in either order", async () => {
  const [after, before] = await Promise.all([runKeelson(["help", "upgrade"]), runKeelson(["upgrade", "-h"])]);
  expect(after.stdout).toBe(before.stdout);
});

test("no line of help is wider than a terminal of 100 columns", async () => {
  const { stdout } = await runKeelson(["--help"]);
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("version and help load no package, so that they start as fast as Node.js does", async () => {
  const folder = await temporaryFolder("alone");
  await cp(dirname(dirname(keelsonProgram)), join(folder, "dist"), { recursive: true });
  await cp(packageFile, join(folder, "package.json"));
  for (const args of [["--version"], ["--help"], [], ["upgrade", "--help"]]) {
    const run = startProgram(process.execPath, [join(folder, "dist/cli/main.js"), ...args], { cwd: folder });
    expect(await run.done).toMatchObject({ code: 0, stderr: "" });
  }
  const parsed = startProgram(process.execPath, [join(folder, "dist/cli/main.js"), "status"], { cwd: folder });
  expect((await parsed.done).stderr).toContain("commander");
});

test("an unknown verb or option exits with 1 and a suggestion, and writes nothing to standard output", async () => {
  const verb = await runKeelson(["upgrad"]);
  expect(verb).toMatchObject({ code: 1, stdout: "" });
  expect(verb.stderr).toMatch(/^error\[usage\.invalid\]: There is no verb upgrad\. .*\nhint: Did you mean upgrade\?/);
  const option = await runKeelson(["upgrade", "--dryrun"]);
  expect(option).toMatchObject({ code: 1, stdout: "" });
  expect(option.stderr).toContain("Did you mean --dry-run?");
});
