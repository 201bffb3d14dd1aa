import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startProgram } from "../support/run-keelson.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

function demo(env: Readonly<Record<string, string>> = {}) {
  const program = `${repository}node_modules/.bin/jiti`;
  return startProgram(program, ["scripts/demo.ts"], { cwd: repository, env, timeout: 90_000 }).done;
}

test("the demo tells its story to the end, in under a minute, and again", async () => {
  const first = await demo({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
  expect(first.code, first.stdout + first.stderr).toBe(0);
  expect(first.durationMs).toBeLessThan(60_000);
  const commands = [...first.stdout.matchAll(/^\$ (.+)$/gm)].map((match) => match[1]);
  expect(commands.filter((command) => command === "npx keelson upgrade")).toHaveLength(4);
  expect(first.stdout).toMatch(/cd \.keelson\/demo/);
  expect(existsSync(`${repository}.keelson/demo/migrations`)).toBe(true);

  const second = await demo();
  expect(second.code, second.stdout + second.stderr).toBe(0);
}, 180_000);
