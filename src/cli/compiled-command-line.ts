import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { privateCacheFolder } from "../config/private-cache-folder.ts";
import { sha256Hex } from "../platform/hash.ts";
import type * as commandLine from "./run-command-line.ts";
import { releaseWebAssembly } from "./web-assembly-tiers.ts";

/*
 * In the package the command line is one file, and what V8 made of it at an earlier run is kept in the cache: compiling
 * it takes longer than most commands run. The build puts this module in the place of `run-command-line.ts` and fills in
 * the hash of the bundle's text, because V8 itself compares no more than its length.
 */
declare const bundleHash: string;

const bundle = fileURLToPath(new URL("./run-command-line.cjs", import.meta.url));
/** Enough for every verb of the installations that one machine uses at the same time. */
const keptFiles = 64;
const hashLength = 64;

/** Does what `runCommandLine` of the bundle does. */
export async function runCommandLine(args: readonly string[]): ReturnType<typeof commandLine.runCommandLine> {
  const folder = privateCacheFolder("code");
  const kept =
    folder === null ? null : join(folder, `${process.version}-${process.arch}-${bundleHash}-${usedFor(args)}`);
  const cachedData = kept === null ? undefined : readKept(kept);
  const script = new Script(wrapped(readFileSync(bundle, "utf8")), {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module: { exports: Partial<typeof commandLine> } = { exports: {} };
  const importModule = (specifier: string): Promise<unknown> => import(specifier);
  script.runInThisContext()(module, createRequire(import.meta.url), import.meta.url, importModule);
  const { runCommandLine: run } = module.exports;
  if (run === undefined) throw new Error(`${bundle} is not complete.`);
  const exitCode = await run(args);
  // After the run, because functions are compiled when they are first called.
  if (kept !== null && exitCode === 0 && (cachedData === undefined || script.cachedDataRejected === true)) {
    releaseWebAssembly();
    await keep(kept, script);
  }
  return exitCode;
}

/** V8 keeps the functions that a run has called, and each verb calls its own. */
function usedFor(args: readonly string[]): string {
  return args.find((word) => /^[a-z]+$/.test(word)) ?? "nothing";
}

function wrapped(text: string): string {
  return `(function(module,require,importMetaUrl,importModule){const exports=module.exports;${text}\n})`;
}

/** What was kept, if it is whole: V8 would run into anything that only looks like its own. */
function readKept(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const data = content.subarray(hashLength);
    return sha256Hex(data) === content.toString("latin1", 0, hashLength) ? data : undefined;
  } catch {
    return undefined;
  }
}

async function keep(file: string, script: Script): Promise<void> {
  // The cache only saves time: a full disk or a read-only home must not stop a command that needs neither.
  try {
    const { writeFileAtomic } = await import("../platform/atomic-file.ts");
    const data = script.createCachedData();
    await writeFileAtomic(file, Buffer.concat([Buffer.from(sha256Hex(data)), data]), { mode: 0o600 });
    const folder = dirname(file);
    const files = readdirSync(folder).map((name) => join(folder, name));
    const newestFirst = files.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    for (const old of newestFirst.slice(keptFiles)) rmSync(old, { force: true });
  } catch {
    return;
  }
}
