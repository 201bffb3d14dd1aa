import { askKeelson, checkConnection, runKeelson, Stop } from "./keelson.js";
import { log } from "./log.js";
import { environmentOf, readOptions, runScript } from "./options.js";

const script = "scripts/db_migrate.sh";

const help = `Usage: ${script} [OPTIONS] [TARGET]

Checks the connection and the target, then brings the database there, and says what was reached.

Targets
  head             the latest revision (unless told)
  +1, -1           a number of steps forward or back
  REVISION         the id of a revision, or the beginning of one

Options
  --dry-run        shows the statements, executes nothing; with --generate, writes nothing
  --force          asks nothing (-y, --yes do the same)
  --skip-backup    makes no backup (this release never makes one)
  --env-file FILE  takes the connection and other settings from FILE, such as .env.test
  --generate MSG   writes a new revision: what the models have and the revisions do not
  --history        lists the revisions, and which are applied
  --check-only     checks the connection and stops
  -h, --help       this text

The connection is DATABASE_URL, or DATABASE_HOST, DATABASE_PORT, DATABASE_USER, DATABASE_PASSWORD and DATABASE_NAME; without
any, the embedded PostgreSQL in .keelson/dev. DB_DEBUG=1 shows each statement. SKIP_BACKUP=true and BACKUP_DIR are
read; backups come with a later release.

Going back, and losing data, is asked about on a terminal and refused without one, unless --force is given.
Exit codes: 0 done, 1 wrong call or connection, 5 a lock or a connection timed out, 6 failed and rolled back,
7 a question was not answered with yes. The rest is in docs/reference/exit-codes.md of Keelson.
`;

const known = {
  "--dry-run": { key: "dryRun" },
  "--force": { key: "force" },
  "-y": { key: "force" },
  "--yes": { key: "force" },
  "--skip-backup": { key: "skipBackup" },
  "--env-file": { key: "envFile", value: "the name of a file" },
  "--generate": { key: "generate", value: "a message" },
  "--history": { key: "history" },
  "--check-only": { key: "checkOnly" },
  "-h": { key: "help" },
  "--help": { key: "help" },
};

async function main(args) {
  const options = readOptions(args, known, script);
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  refuseContradictions(options);
  const environment = environmentOf(options.envFile);
  if (options.generate !== undefined) return await generate(options, environment);
  if (options.history) return await showHistory(environment);
  await checkConnection(environment, { mayBeMissing: !options.checkOnly });
  if (options.checkOnly) {
    log.info("The connection works; nothing else was done");
    return 0;
  }
  return await migrate(options, environment);
}

function refuseContradictions({ generate, history, checkOnly, words }) {
  const chosen = [
    ...(generate === undefined ? [] : ["--generate"]),
    ...(history ? ["--history"] : []),
    ...(checkOnly ? ["--check-only"] : []),
  ];
  if (chosen.length > 1) throw new Stop(`${chosen.join(" and ")} can't be given together.`);
  if (chosen.length === 1 && words.length > 0) throw new Stop(`${chosen[0]} takes no target, found ${words[0]}.`);
  if (words.length > 1) throw new Stop(`One target is enough, found ${words.join(" and ")}.`);
}

async function generate(options, environment) {
  log.info(options.dryRun ? "Looking for what the models change" : `Generating a revision: ${options.generate}`);
  const args = options.dryRun ? ["plan", "models"] : ["create", options.generate];
  return finish(await runKeelson([...args, ...(options.force && !options.dryRun ? ["--yes"] : [])], environment));
}

/** The files tell the history; which of it is applied, only the database can. */
async function showHistory(environment) {
  const { result } = await askKeelson(["doctor"], environment);
  const offline = result.event === "error";
  if (offline) log.warn(`What is applied is not known: ${result.message}`);
  return finish(await runKeelson(["history", ...(offline ? ["--offline"] : [])], environment));
}

async function migrate(options, environment) {
  const target = options.words[0] ?? "head";
  log.info(options.dryRun ? "Looking at what a migration would run" : "Migrating", { target });
  const started = performance.now();
  const flags = [
    ...(options.dryRun ? ["--dry-run"] : []),
    ...(options.force ? ["--yes"] : []),
    ...(options.skipBackup ? ["--skip-backup"] : []),
  ];
  const exitCode = await runKeelson(["migrate", target, ...flags], environment);
  const facts = { target, seconds: ((performance.now() - started) / 1000).toFixed(1) };
  if (exitCode !== 0) log.error("The target was not reached", { ...facts, exitCode });
  else if (options.dryRun) log.info("Dry run: nothing was executed", facts);
  else log.info("Target reached", facts);
  return exitCode;
}

function finish(exitCode) {
  if (exitCode !== 0) log.error("Not done", { exitCode });
  return exitCode;
}

await runScript(main, process.argv.slice(2));
