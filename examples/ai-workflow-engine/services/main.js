/** What run.sh does. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { doctor, isKeelsonError } from "keelson";
import { apiLog, apiPid, startApi, stopApi } from "./api-process.js";
import { postgresLog, postgresRuns, startPostgres, stopPostgres } from "./local-postgres.js";
import { alone } from "./lock.js";
import {
  databaseAddress,
  healthAddress,
  localPort,
  project,
  projectSettings,
  ServiceError,
  settingsForStart,
} from "./settings.js";

const order = ["postgres", "api"];

const usage = `Usage: ./run.sh COMMAND [SERVICE...]
       ./run.sh --soft-reset
       ./run.sh --reset [--yes]

Commands
  start         starts what does not run: the local PostgreSQL server, then the API, which applies pending revisions
  stop          stops both; all data stay
  restart       stops and starts
  status        what runs, and where
  logs          the last lines of the logs; -f goes on as they grow
  --soft-reset  restarts the services; pending revisions are applied, all data stay
  --reset       drops the database, creates it again and applies every revision; asks first, unless --yes answers

Services: postgres, api. Without a name, all of them.

The database is the local server unless DATABASE_URL (or DATABASE_HOST and its siblings), in the environment or in .env,
names another one; that one is never started or stopped. LOCAL_DIR is where the local server keeps its data: .local`;

const commands = { start, stop, restart, status, logs };

async function main(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      "soft-reset": { type: "boolean" },
      reset: { type: "boolean" },
      yes: { type: "boolean", short: "y" },
      follow: { type: "boolean", short: "f" },
    },
  });
  const [name, ...services] = positionals;
  if (values.help || name === "help") return void console.log(usage);
  if (values["soft-reset"] && !values.reset && positionals.length === 0) return await softReset();
  if (values.reset && !values["soft-reset"] && positionals.length === 0) return await reset(values.yes === true);
  const command =
    values["soft-reset"] || values.reset || !Object.hasOwn(commands, name ?? "") ? undefined : commands[name];
  if (command === undefined) throw new ServiceError("That is no command of run.sh.", "./run.sh --help lists them.");
  const unknown = services.filter((service) => !order.includes(service));
  if (unknown.length > 0) {
    throw new ServiceError(`There is no service ${unknown.join(", ")}.`, `There are: ${order.join(", ")}`);
  }
  await command(services.length === 0 ? order : order.filter((service) => services.includes(service)), values);
}

async function start(services) {
  await alone(() => startAll(services));
  await status(services);
}

async function startAll(services) {
  const settings = await settingsForStart();
  const port = localPort(settings);
  if (services.includes("postgres") && port !== null) await startPostgres(settings, port);
  if (services.includes("api")) await startApi();
}

async function stop(services) {
  await alone(() => stopAll(services));
}

async function stopAll(services) {
  for (const service of order.toReversed().filter((name) => services.includes(name))) {
    const ran = await (service === "api" ? stopApi() : stopPostgres());
    console.log(`${service.padEnd(9)} ${ran ? "stopped" : "did not run"}`);
  }
}

async function restart(services) {
  await alone(async () => {
    await stopAll(services);
    await startAll(services);
  });
  await status(services);
}

async function status(services) {
  const settings = await projectSettings();
  for (const service of services) {
    console.log(`${service.padEnd(9)} ${await (service === "api" ? apiState() : postgresState(settings))}`);
  }
}

async function apiState() {
  const pid = await apiPid();
  if (pid === null) return "stopped";
  const code = await fetch(healthAddress(), { signal: AbortSignal.timeout(5000) }).then(
    ({ status: code }) => code,
    () => null,
  );
  const health = code === 200 ? "healthy" : code === null ? "starting or not answering" : `unhealthy (HTTP ${code})`;
  return `running    ${healthAddress()}  ${health}  process ${pid}`;
}

async function postgresState(settings) {
  const address = databaseAddress(settings).href;
  if (localPort(settings) === null) return `elsewhere  ${address}`;
  return (await postgresRuns()) ? `running    ${address}` : "stopped";
}

async function logs(services, { follow }) {
  const files = services.map((service) => (service === "api" ? apiLog : postgresLog));
  if (follow) return await run("tail", ["-n", "20", "-F", ...files]);
  for (const [index, file] of files.entries()) {
    if (files.length > 1) console.log(`==> ${services[index]} <==`);
    const text = await readFile(file, "utf8").catch(() => "(no log yet)\n");
    console.log(text.trimEnd().split("\n").slice(-100).join("\n"));
  }
}

async function softReset() {
  await restart(order);
  await doctor({ settings: await projectSettings(), wait: { timeoutMs: 120_000, url: healthAddress() } });
  await run(keelson, ["status"]);
}

async function reset(yes) {
  await alone(() => startAll(["postgres"]));
  await run(keelson, ["reset", "--disconnect", ...(yes ? ["--yes"] : [])]);
  await restart(["api"]);
}

const keelson = join(project, "node_modules", ".bin", "keelson");

/** Runs a program in this terminal; when it fails, so does run.sh, with the same exit code. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: project, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0 || signal === "SIGINT") resolve();
      else reject(new Ended(code ?? 1));
    });
  });
}

/** A program that has said itself what went wrong. */
class Ended {
  constructor(code) {
    this.code = code;
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof Ended) process.exitCode = error.code;
  else if (error instanceof ServiceError || isKeelsonError(error) || error.code?.startsWith("ERR_PARSE_ARGS")) {
    console.error(`run.sh: ${error.message}`);
    if (error.hint !== undefined) console.error(error.hint);
    process.exitCode = 1;
  } else throw error;
}
