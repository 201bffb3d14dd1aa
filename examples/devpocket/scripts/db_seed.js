import { askKeelson, checkConnection, runKeelson, Stop, stopFor } from "./keelson.js";
import { log } from "./log.js";
import { environmentOf, readOptions, runScript } from "./options.js";

const script = "scripts/db_seed.sh";

const help = `Usage: ${script} [OPTIONS]

What there is of seeding so far: a clean start, and statistics.

Options
  --reset          drops the database, creates it again and migrates it to the head; asks first
  --reset-force    the same without a question (so does -y or --yes with --reset)
  --disconnect     ends the sessions of others first; without it, a database in use is left as it is
  --stats          shows statistics afterwards
  --stats-only     shows statistics and does nothing else
  --env-file FILE  takes the connection and other settings from FILE, such as .env.test
  -h, --help       this text

With a later release of Keelson come made-up data ([TYPE] [COUNT], TYPE being all, users, ssh, commands, sessions or sync),
--clean, --clean-force and --upsert. Until then a call that asks for any of them writes nothing, and fails.
A database that is marked as production is never reset.
`;

const known = {
  "--clean": { key: "clean" },
  "--clean-force": { key: "cleanForce" },
  "--upsert": { key: "upsert" },
  "--reset": { key: "reset" },
  "--reset-force": { key: "resetForce" },
  "-y": { key: "resetForce" },
  "--yes": { key: "resetForce" },
  "--disconnect": { key: "disconnect" },
  "--stats": { key: "stats" },
  "--stats-only": { key: "statsOnly" },
  "--env-file": { key: "envFile", value: "the name of a file" },
  "-h": { key: "help" },
  "--help": { key: "help" },
};

async function main(args) {
  const options = readOptions(args, known, script);
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  refuseWhatComesLater(options);
  const environment = environmentOf(options.envFile);
  const resets = options.reset === true || options.resetForce === true;
  if (resets) {
    const exitCode = await reset(options, environment);
    if (exitCode !== 0) return exitCode;
  }
  if (!resets || options.stats) await showStatistics(environment);
  return 0;
}

function refuseWhatComesLater({ words, clean, cleanForce, upsert, reset, resetForce, stats, statsOnly }) {
  const later = [
    ...words,
    ...(clean ? ["--clean"] : []),
    ...(cleanForce ? ["--clean-force"] : []),
    ...(upsert ? ["--upsert"] : []),
  ];
  if (later.length > 0 || !(reset || resetForce || stats || statsOnly)) {
    const asked = later.length === 0 ? "Seeding" : `Seeding (${later.join(" ")})`;
    throw new Stop(`${asked} comes with a later release of Keelson. Nothing was written.`, {
      hint: `${script} --help lists what there is.`,
    });
  }
  if (statsOnly && (reset || resetForce)) throw new Stop("--stats-only changes nothing: leave out --reset.");
}

async function reset({ resetForce, disconnect }, environment) {
  log.info("Rebuilding the database: drop, create, migrate to the head");
  const started = performance.now();
  const flags = [...(resetForce ? ["--yes"] : []), ...(disconnect ? ["--disconnect"] : [])];
  const exitCode = await runKeelson(["reset", ...flags], environment);
  const facts = { seconds: ((performance.now() - started) / 1000).toFixed(1) };
  if (exitCode === 0) log.info("The database was rebuilt; it is empty", facts);
  else log.error("The database was not rebuilt", { ...facts, exitCode });
  return exitCode;
}

/** Every table but Keelson's own: how many rows it has, how many of them are dead, how big it is. */
async function showStatistics(environment) {
  await checkConnection(environment);
  const tables = await rowsOf(
    `SELECT c.relname AS name, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted,
       coalesce(s.n_dead_tup, 0)::text AS dead, pg_size_pretty(pg_total_relation_size(c.oid)) AS size,
       coalesce(to_char(greatest(s.last_analyze, s.last_autoanalyze), 'YYYY-MM-DD HH24:MI'), 'never') AS analyzed
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'keelson\\_%' ORDER BY c.relname`,
    environment,
  );
  if (tables.length === 0) {
    log.warn("There are no tables yet: scripts/db_migrate.sh makes them");
    return;
  }
  const counting = tables.map(({ quoted, name }) => `SELECT '${name}' AS name, count(*)::text AS rows FROM ${quoted}`);
  const counts = await rowsOf(counting.join(" UNION ALL "), environment);
  const rows = new Map(counts.map((count) => [count.name, count.rows]));
  const lines = tables.map(({ name, dead, size, analyzed }) => [name, rows.get(name) ?? "", dead, size, analyzed]);
  process.stdout.write(`${inColumns([["table", "rows", "dead rows", "size", "last analyzed"], ...lines])}\n`);
}

async function rowsOf(sql, environment) {
  const { records, result, exitCode } = await askKeelson(["db", "shell", "--builtin", "-c", sql], environment);
  if (result.event === "error") throw stopFor(result, exitCode);
  return records.filter(({ event }) => event === "row").map(({ row }) => row);
}

/** Columns as wide as their widest cell; all but the first and the last have numbers, on their right. */
function inColumns(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const cell = (text, column, of) =>
    column === 0 || column === of - 1 ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return lines
    .map((line) =>
      line
        .map((text, at) => cell(text, at, line.length))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

await runScript(main, process.argv.slice(2));
