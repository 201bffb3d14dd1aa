import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "../src/config/cache-directory.ts";
import { coveragePage } from "./coverage/coverage-page.ts";
import { type CoveragePart, type PartResult, parts, runPart } from "./coverage/coverage-parts.ts";

/**
 * Writes docs/reference/coverage.md: `npm run coverage` runs every suite everywhere, `npm run coverage -- pairs real:15` those
 * parts, with the figures of the last run for the others.
 */
const here = fileURLToPath(import.meta.url);
const page = fileURLToPath(new URL("../docs/reference/coverage.md", import.meta.url));
const results = join(cacheDirectory(), "coverage");
const atOnce = 2;

const [first, ...wanted] = process.argv.slice(2);
if (first === "--part") {
  const part = parts.find(({ name }) => name === wanted[0]);
  if (part === undefined)
    throw new Error(`No part is called ${wanted[0]}: ${parts.map(({ name }) => name).join(", ")}`);
  writeFileSync(fileOf(part), JSON.stringify(await runPart(part)));
  process.exit(0);
}

mkdirSync(results, { recursive: true });
const names = first === undefined ? [] : [first, ...wanted];
const queue = parts.filter(
  ({ name }) => names.length === 0 || names.some((one) => name === one || name.startsWith(`${one}:`)),
);
const failed: string[] = [];
await Promise.all(Array.from({ length: atOnce }, work));
writeFileSync(page, coveragePage(parts.flatMap((part) => read(part) ?? [])));
if (failed.length > 0) {
  console.error(`FAILED: ${failed.join(", ")}`);
  process.exit(1);
}

async function work(): Promise<void> {
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const started = performance.now();
    const code = await inProcess(part);
    if (code !== 0) failed.push(part.name);
    const done = read(part)?.ways ?? 0;
    console.log(
      `${part.name}: ${code === 0 ? `${done} ways` : "failed"}, ${Math.round((performance.now() - started) / 1000)} s`,
    );
  }
}

/** Each part has a process of its own, so that the embedded databases of two parts run side by side. */
async function inProcess(part: CoveragePart): Promise<number | null> {
  const child = spawn(process.execPath, ["--import", "jiti/register", here, "--part", part.name], { stdio: "inherit" });
  return await new Promise((resolve) => child.once("close", resolve));
}

function fileOf(part: CoveragePart): string {
  return join(results, `${part.name.replace(":", "-")}.json`);
}

function read(part: CoveragePart): PartResult | null {
  try {
    return JSON.parse(readFileSync(fileOf(part), "utf8")) as PartResult;
  } catch {
    return null;
  }
}
