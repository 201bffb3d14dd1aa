import { execFile } from "node:child_process";
import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import layers from "../../.dependency-cruiser.mjs";
import { temporaryFolder } from "../support/project.ts";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** What stands there to be imported, and imports nothing wrongly itself. */
const sound: Readonly<Record<string, string>> = {
  "src/errors.ts": "export const error = 1;",
  "src/platform/hash.ts": 'import { createHash } from "node:crypto";\nexport const hash = createHash;',
  "src/catalog/catalog.ts": "export const catalog = 1;",
  "src/diff/compare.ts": 'import { catalog } from "../catalog/catalog.ts";\nexport const compare = catalog;',
  "src/lint/rule.ts": 'import type { Node } from "@pgsql/types";\nexport type Rule = (node: Node) => boolean;',
  "src/engines/engine.ts": "export interface Engine { readonly name: string }",
  "src/engines/postgres/connect.ts": 'import { Client } from "pg";\nexport const connect = Client;',
  "src/engines/sqlite/connect.ts": 'import Database from "better-sqlite3";\nexport const connect = Database;',
  "src/store/ledger.ts":
    'import type { Engine } from "../engines/engine.ts";\nexport const ledger = (engine: Engine) => engine;',
  "src/config/settings.ts": "export const settings = 1;",
  "src/config/cache-directory.ts": "export const cacheDirectory = 1;",
  "src/migrate/run.ts": 'import { ledger } from "../store/ledger.ts";\nexport const run = ledger;',
  "src/backup/archive.ts": "export const archive = 1;",
  "src/app/open.ts":
    'export { connect } from "../engines/postgres/connect.ts";\nexport { connect as file } from "../engines/sqlite/connect.ts";',
  "src/app/upgrade.ts":
    'import { settings } from "../config/settings.ts";\nimport { run } from "../migrate/run.ts";\nexport const upgrade = [settings, run];',
  "src/testing/server.ts":
    'import { Client } from "pg";\nimport { cacheDirectory } from "../config/cache-directory.ts";\nexport const server = [Client, cacheDirectory];',
  "src/cli/main.ts":
    'import { upgrade } from "../app/upgrade.ts";\nimport type { archive } from "../backup/archive.ts";\nexport const main = (kept: typeof archive) => [upgrade, kept];',
  "src/http/server.ts": "export const server = 1;",
  "test/a.ts": "export const a = 1;",
};

/** One file for each rule that breaks it. */
const plants: Readonly<Record<string, { readonly file: string; readonly text: string }>> = {
  "no-cycles": plant("src/diff/one.ts", "./two.ts"),
  "no-unresolved": plant("src/diff/lost.ts", "./nowhere.ts"),
  "every-folder-has-a-level": plant("src/attic/old.ts", "../catalog/catalog.ts"),
  "level-0-imports-down": plant("src/platform/up.ts", "../catalog/catalog.ts"),
  "level-1-imports-down": plant("src/catalog/up.ts", "../diff/compare.ts"),
  "level-2-imports-down": plant("src/history/up.ts", "../store/ledger.ts"),
  "level-3-imports-down": plant("src/engines/postgres/up.ts", "../../store/ledger.ts"),
  "level-4-imports-down": plant("src/store/up.ts", "../migrate/run.ts"),
  "level-5-imports-down": plant("src/migrate/up.ts", "../app/upgrade.ts"),
  "level-6-imports-down": plant("src/app/up.ts", "../cli/main.ts"),
  "pure-no-node": plant("src/plan/reads-files.ts", "node:fs"),
  "pure-no-platform": plant("src/plan/hashes.ts", "../platform/hash.ts"),
  "pure-no-npm": plant("src/lint/parses.ts", "libpg-query"),
  "syntax-tree-types-only": plant("src/engines/postgres/tree.ts", "@pgsql/types"),
  "engines-are-strangers": plant("src/engines/sqlite/borrows.ts", "../postgres/connect.ts"),
  "engines-chosen-in-one-place": plant("src/app/chooses.ts", "../engines/sqlite/connect.ts"),
  "features-are-strangers": plant("src/migrate/saves.ts", "../backup/archive.ts"),
  "settings-stay-above": plant("src/store/configured.ts", "../config/settings.ts"),
  "edges-call-app": plant("src/cli/short-cut.ts", "../migrate/run.ts"),
  "edges-are-strangers": plant("src/http/prints.ts", "../cli/main.ts"),
  "testing-stands-alone": plant("src/testing/leans.ts", "../store/ledger.ts"),
  "nothing-imports-testing": plant("src/app/tested.ts", "../testing/server.ts"),
  "source-needs-no-tests": plant("src/app/needs-tests.ts", "../../test/a.ts"),
  "no-undeclared-package": plant("src/platform/random.ts", "fast-check"),
  "home-of-pg": plant("src/store/pg.ts", "pg"),
  "home-of-@electric-sql/pglite": plant("src/store/pglite.ts", "@electric-sql/pglite"),
  "home-of-libpg-query": plant("src/migrate/parse.ts", "libpg-query"),
  "home-of-better-sqlite3": plant("src/migrate/file.ts", "better-sqlite3"),
  "home-of-commander": plant("src/app/command.ts", "commander"),
  "home-of-@clack/prompts": plant("src/app/prompt.ts", "@clack/prompts"),
  "home-of-picocolors": plant("src/app/colour.ts", "picocolors"),
  "home-of-pino": plant("src/migrate/log.ts", "pino"),
  "home-of-jiti": plant("src/app/load.ts", "jiti"),
  "home-of-dotenv": plant("src/app/environment.ts", "dotenv"),
  "home-of-drizzle-orm": plant("src/app/models.ts", "drizzle-orm"),
};

function plant(file: string, target: string): { readonly file: string; readonly text: string } {
  return { file, text: `import * as planted from "${target}";\nexport const used = planted;` };
}

async function violations(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await temporaryFolder("layers");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  for (const name of ["package.json", "tsconfig.json", ".dependency-cruiser.mjs"]) {
    await copyFile(join(root, name), join(folder, name));
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const program = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const flags = ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "src"];
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await execute(process.execPath, [program, ...flags], options).catch((failure) => {
    if (typeof failure.stdout === "string" && failure.stdout !== "") return failure;
    throw failure;
  });
  const found: readonly { readonly from: string; readonly rule: { readonly name: string } }[] =
    JSON.parse(stdout).summary.violations;
  return found.map((violation) => `${violation.rule.name}: ${violation.from}`);
}

let planted: readonly string[];
beforeAll(async () => {
  const bad = Object.fromEntries(Object.values(plants).map(({ file, text }) => [file, text]));
  const back = 'import { used } from "./one.ts";\nexport const two = used;';
  planted = await violations({ ...sound, ...bad, "src/diff/two.ts": back });
});

test("a sound tree breaks no rule", async () => {
  expect(await violations(sound)).toEqual([]);
});

test.each(Object.entries(plants))("%s fires", (rule, { file }) => {
  expect(planted).toContain(`${rule}: ${file}`);
});

test("every rule has a file that breaks it", () => {
  expect(Object.keys(plants).sort()).toEqual(layers.forbidden.map((rule) => rule.name).sort());
});
