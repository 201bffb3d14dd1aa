import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type NodeRelease, nodeRelease } from "./node-releases.ts";
import { reporting } from "./reports.ts";

/**
 * Runs a part of the default suite, as the arguments of vitest say, on another Node release in a copy of the project; gives
 * whether it passed.
 */
export async function testOnRelease(version: string, part: readonly string[]): Promise<boolean> {
  const release = await nodeRelease(version);
  const copy = mkdtempSync(join(tmpdir(), "keelson-node-"));
  try {
    copyProject(copy);
    linkPackages(copy, release);
    const vitest = join(copy, "node_modules", "vitest", "vitest.mjs");
    const env = { ...release.environment, ...reporting(`node-${version}`) };
    return spawnSync(release.program, [vitest, "run", ...part], { cwd: copy, stdio: "inherit", env }).status === 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyProject(copy: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((path) => path !== "" && existsSync(path));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  cpSync("dist", join(copy, "dist"), { recursive: true });
}

/** Every package is the project's own but better-sqlite3, whose compiled half must match the Node release. */
function linkPackages(copy: string, release: NodeRelease): void {
  const packages = join(copy, "node_modules");
  mkdirSync(packages);
  for (const name of readdirSync("node_modules")) {
    if (name !== "better-sqlite3") symlinkSync(resolve("node_modules", name), join(packages, name));
  }
  if (release.betterSqlite3 !== null) symlinkSync(release.betterSqlite3, join(packages, "better-sqlite3"));
  else console.error(`\nSKIPPED: SQLite on Node ${release.version}, because better-sqlite3 does not load there\n`);
}
