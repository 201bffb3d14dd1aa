/**
 * Runs the five suites with the test runner of Node.js, on databases that they make and drop on one PostgreSQL server:
 * the one that --env-file or DATABASE_URL names, else one that is started for the purpose.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { upgrade } from "keelson";
import { createDatabase, dropDatabase, startPostgres } from "keelson/testing";
import pg from "pg";

const folder = import.meta.dirname;
const project = resolve(folder, "..");

const help = `Usage: npm test -- [OPTIONS] [SUITE]...

Suites: ${suitesIn(folder).join(", ")}; all of them unless told. A folder stands for all in it.

Options
  -v, --verbose    every test on a line
  -n N             so many suites at once; -n auto takes one for each processor
  --cov=FOLDER     measures how much of the code in FOLDER the suites run
  --env-file FILE  takes the server from FILE, such as .env.test; its role must be allowed to create databases
  -h, --help       this text

Without --env-file the server is the one of DATABASE_URL; without that, one is started and stopped again.
`;

class Refusal extends Error {}

function suitesIn(place) {
  return readdirSync(place)
    .filter((name) => /^test_.*\.js$/.test(name))
    .sort();
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        verbose: { type: "boolean", short: "v", default: false },
        processes: { type: "string", short: "n", default: "1" },
        cov: { type: "string" },
        "env-file": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Refusal(`${error.message}\nnpm test -- --help lists the options.`);
  }
}

/** The files that the words stand for: a suite by its name, with or without its ending and folder, or a folder. */
function suitesOf(words) {
  const all = suitesIn(folder);
  if (words.length === 0) return all;
  return words.flatMap((word) => {
    if (resolve(word) === folder || resolve(word) === project) return all;
    const name = `${basename(word).replace(/\.js$/, "")}.js`;
    if (!all.includes(name)) throw new Refusal(`There is no suite ${word}. There are ${all.join(", ")}.`);
    return [name];
  });
}

function processesOf(text) {
  const count = text === "auto" ? availableParallelism() : Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Refusal(`-n takes a number or auto, found ${text}.`);
}

/** Where the suites make their databases, and how that ends. */
async function openServer(envFile) {
  const named = envFile === undefined ? process.env : variablesIn(envFile);
  const url = urlOf(named);
  if (url === null && envFile !== undefined) throw new Refusal(`${envFile} names no database.`);
  if (url !== null) {
    if (envFile !== undefined && urlOf(process.env) !== null) console.log(`The server is that of ${envFile}.`);
    await requireServer(url);
    return { url, stop: async () => undefined };
  }
  const server = await startPostgres({ auth: "scram-sha-256" });
  return { url: server.url("postgres"), stop: () => server.stop() };
}

function variablesIn(file) {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Refusal(`${file} can't be read: ${error.message}`);
  }
}

function urlOf(variables) {
  if (variables.DATABASE_URL) return variables.DATABASE_URL;
  const { DATABASE_HOST: host, DATABASE_NAME: database } = variables;
  if (!host && !database) return null;
  const url = new URL(`postgres://${host || "localhost"}:${variables.DATABASE_PORT || 5432}/`);
  url.pathname = `/${encodeURIComponent(database || "postgres")}`;
  url.username = encodeURIComponent(variables.DATABASE_USER ?? "");
  url.password = encodeURIComponent(variables.DATABASE_PASSWORD ?? "");
  return url.href;
}

/** Better told once here than by every test. */
async function requireServer(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const { host, pathname } = new URL(url);
  try {
    await client.connect();
    const { rows } = await client.query(
      "SELECT rolname, rolsuper OR rolcreatedb AS may FROM pg_roles WHERE rolname = current_user",
    );
    if (!rows[0].may)
      throw new Refusal(`The suites make databases of their own: ALTER ROLE ${rows[0].rolname} CREATEDB;`);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`The server at ${host}${pathname} does not answer: ${error.message || error.code}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function main() {
  const { values, positionals } = readOptions();
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const suites = suitesOf(positionals).map((name) => join(folder, name));
  const concurrency = processesOf(values.processes);
  const server = await openServer(values["env-file"]);
  const template = `devpocket_suite_template_${process.pid}`;
  try {
    const url = await createDatabase(server.url, { name: template });
    await upgrade({ cwd: project, url });
    const args = [
      "--test",
      `--test-concurrency=${concurrency}`,
      `--test-reporter=${values.verbose ? "spec" : join(folder, "reporter.js")}`,
      "--test-reporter-destination=stdout",
      ...(values.cov === undefined ? [] : ["--experimental-test-coverage"]),
    ];
    const covered =
      values.cov === undefined ? {} : { DEVPOCKET_COVERED: relative(project, resolve(project, values.cov)) };
    const env = { ...process.env, ...covered, DEVPOCKET_TEST_SERVER: server.url, DEVPOCKET_TEST_TEMPLATE: template };
    return await ended(spawn(process.execPath, [...args, ...suites], { cwd: project, env, stdio: "inherit" }));
  } finally {
    await dropDatabase(server.url, template).catch(() => undefined);
    await server.stop();
  }
}

function ended(child) {
  const wait = () => undefined;
  process.on("SIGINT", wait).on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
