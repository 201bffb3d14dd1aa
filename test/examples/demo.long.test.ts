import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startProgram } from "../support/run-keelson.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${repository}.keelson/demo`;

test("the demo tells its story to the end in less than a minute of work, whatever an earlier one has left behind", async () => {
  await mkdir(`${folder}/migrations`, { recursive: true });
  await writeFile(`${folder}/migrations/left-behind.sql`, "not SQL");
  const line = 'node_modules/.bin/jiti scripts/demo.ts; code=$?; times; exit "$code"';
  const demo = startProgram("bash", ["-c", line], {
    cwd: repository,
    env: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" },
    timeout: 170_000,
  });
  const { code, stdout, stderr } = await demo.done;
  expect(code, stdout + stderr).toBe(0);
  expect(processorSeconds(stdout)).toBeLessThan(60);
  const commands = [...stdout.matchAll(/^\$ (.+)$/gm)].map((match) => match[1]);
  expect(commands.filter((command) => command === "npx keelson upgrade")).toHaveLength(3);
  expect(stdout.match(/Proven up and down on PostgreSQL/g)).toHaveLength(2);
  expect(stderr).toContain("error[plan.ambiguous]");
  expect(stdout).toContain("cd .keelson/demo");
  expect(existsSync(`${folder}/keelson.config.ts`)).toBe(true);
  expect(existsSync(`${folder}/migrations/left-behind.sql`)).toBe(false);
}, 180_000);

/** What bash's `times` says of the processes it ran: unlike the clock, it does not depend on what else the machine does. */
function processorSeconds(output: string): number {
  const ofChildren = output.trimEnd().split("\n").at(-1) ?? "";
  const spans = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  expect(spans).toHaveLength(2);
  return spans.reduce((sum, span) => sum + span, 0);
}
