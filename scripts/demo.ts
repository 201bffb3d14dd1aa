import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Shows Keelson at work on AIWebEngine's history and the embedded database. Every command is run as it is printed; one
 * that ends otherwise than the story says ends the demo with a failure.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".keelson", "demo");
const shown = relative(root, folder);

/** The demo is about the embedded default, whatever database the surroundings name. */
const environment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(MIGRATION_)?DATABASE_|^KEELSON_(?!CACHE$)|^APP_REPOSITORY_/.test(name),
  ),
);

function say(...lines: readonly string[]): void {
  console.log(`\n${lines.join("\n")}`);
}

function run(command: string, expected = 0): void {
  console.log(`\n$ ${command}`);
  const { status } = spawnSync(command, {
    cwd: folder,
    env: { ...environment, npm_config_loglevel: "error" },
    shell: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status === expected) return;
  console.error(`\nThe demo expected exit code ${expected} and got ${status}.`);
  process.exit(1);
}

function revisionFile(slug: string): string {
  const name = readdirSync(join(folder, "migrations")).find((file) => file.endsWith(`_${slug}.sql`));
  if (name !== undefined) return join("migrations", name);
  console.error(`\nThe demo found no revision ${slug}.`);
  process.exit(1);
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

const started = performance.now();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const part of ["migrations", "keelson.config.ts"]) {
  cpSync(join(root, "examples", "aiwebengine", part), join(folder, part), { recursive: true });
}

say(
  `AIWebEngine keeps its schema in SQL files, as SQLx lays them out. They are in ${shown} now.`,
  "No database is configured, so Keelson uses the PostgreSQL that it carries with it.",
);
run("ls migrations");
run("npx keelson status");

say("Five revisions are pending. Apply them:");
run("npx keelson upgrade");
run(String.raw`npx keelson db shell -c "\dt"`);

say("A new revision. It gets the layout of the folder: a file for the way up, and beside it one for the way down.");
run('npx keelson create --empty "add script tags"');
const file = revisionFile("add_script_tags");
const addColumn = "ALTER TABLE scripts ADD COLUMN tags TEXT[] NOT NULL DEFAULT '{}';";
write(file, `${addColumn}\nCREATE INDEX idx_scripts_tags ON script USING gin (tags);\n`);
write(file.replace(/\.sql$/, ".down.sql"), "ALTER TABLE scripts DROP COLUMN tags;\n");

say("Its second statement names a table that does not exist:");
run(`cat ${file}`);
run("npx keelson upgrade", 6);

say("Both statements were one transaction, so nothing is left of them. Correct the file and run again:");
write(file, `${addColumn}\nCREATE INDEX idx_scripts_tags ON scripts USING gin (tags);\n`);
run(`cat ${file}`);
run("npx keelson upgrade");

say("Back by one revision, and forward again:");
run("npx keelson downgrade --yes");
run("npx keelson upgrade");

say("The gate for a pipeline: nothing pending, no applied file edited, no change from outside.");
run("npx keelson check");

say(
  `That was all, in ${Math.round((performance.now() - started) / 1000)} s. To go on by yourself:`,
  "",
  `  cd ${shown}`,
  "  npx keelson status",
  '  npx keelson create --empty "your own change"',
  "  npx keelson upgrade",
  "  npx keelson db shell",
  "  npx keelson --help",
  "",
  "With DATABASE_URL=postgres://... the same commands work on your server. docs/guides/getting-started.md goes on from here.",
);
