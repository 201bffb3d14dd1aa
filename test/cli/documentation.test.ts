import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { cliReference } from "../../scripts/cli-reference.ts";
import { exitCodeOf, exitMeanings } from "../../src/cli/exit-codes.ts";
import { errorCodes } from "../../src/errors.ts";

async function page(name: string): Promise<string> {
  return await readFile(new URL(`../../docs/reference/${name}`, import.meta.url), "utf8");
}

function tableRows(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => /^\| [`\d]/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("docs/reference/cli.md is what the table of verbs says; npx jiti scripts/generate-cli-reference.ts writes it", async () => {
  expect(await page("cli.md")).toBe(`${cliReference().trimEnd()}\n`);
});

test("docs/reference/errors.md has every code once, in the order of the union, with its exit code", async () => {
  const rows = tableRows(await page("errors.md"));
  expect(rows.map(([code]) => code)).toEqual(errorCodes.map((code) => `\`${code}\``));
  expect(rows.map(([, exitCode]) => Number(exitCode))).toEqual(errorCodes.map(exitCodeOf));
  for (const [code, , meaning, action] of rows) {
    expect(meaning, `what ${code} means`).toMatch(/\.$/);
    expect(action, `what to do about ${code}`).toMatch(/\.$/);
  }
});

test("docs/reference/exit-codes.md says what the code says", async () => {
  const rows = tableRows(await page("exit-codes.md"));
  expect(rows.map(([code, meaning]) => [code, meaning])).toEqual(Object.entries(exitMeanings));
});
