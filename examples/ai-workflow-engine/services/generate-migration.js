/** What scripts/_generate_migration.sh does. Standard output has its INFO and SUCCESS lines, standard error the rest. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { current, heads, isKeelsonError } from "keelson";
import { apiPid, startApi } from "./api-process.js";
import { startPostgres } from "./local-postgres.js";
import { alone } from "./lock.js";
import { healthAddress, localPort, project, ServiceError, settingsForStart } from "./settings.js";

const usage = `Usage: ./scripts/_generate_migration.sh "Migration message" [OPTIONS]

Makes sure that the services run and that the API is healthy, writes the revision that the models in app/database need,
proven up and down on a scratch database, and checks that its file is there. Changes no data.

Options go to keelson create as they are, for example --rename users.mail:users.email, --drop users.legacy, --yes.

Variables
  API_HEALTH_TIMEOUT  how many seconds the API may take to become healthy (120); it is asked every 5 seconds
  API_HEALTH_URL      its health address, if it is not the one that run.sh starts`;

/** What went wrong, by the name that the troubleshooting list has for it, and what to do. */
class Failure extends Error {
  constructor(problem, message, exitCode = 1) {
    super(`${problem}: ${message}`);
    this.advice = advice[problem];
    this.exitCode = exitCode;
  }
}

const advice = {
  "Service unhealthy": ["Check the API's log: ./run.sh logs api", "Restart it: ./run.sh restart api"],
  "Database connection failed": [
    "Verify the credentials: secrets/postgres_password.txt, or what DATABASE_URL says",
    "See whether the database runs: ./run.sh status postgres",
  ],
  "No changes detected": [
    "Ensure that every table is exported by a file in app/database/models, and that the files are saved.",
    "What is read, and what it would change: npx keelson plan models",
  ],
  "Migration failed": ["Check keelson.config.ts and the schema in app/database, then run this again."],
};

const [message, ...options] = process.argv.slice(2);

try {
  if (message === "--help" || message === "-h") console.log(usage);
  else await generate();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`ERROR: ${error.message}`);
  for (const line of error.advice ?? []) console.error(`  ${line}`);
  process.exitCode = error.exitCode;
}

async function generate() {
  if (message === undefined || message.trim() === "" || message.startsWith("-")) {
    console.error(`ERROR: The message is missing: what does the revision do?\n\n${usage}`);
    process.exitCode = 1;
    return;
  }
  const settings = await ensureServices();
  console.log(`INFO: Generating Alembic migration: "${message}"`);
  const before = new Set(await headFiles(settings));
  const exitCode = await create();
  if (exitCode !== 0) throw new Failure("Migration failed", "no file was written; the reason stands above.", exitCode);
  const file = (await headFiles(settings)).find((head) => !before.has(head));
  if (file === undefined)
    throw new Failure("No changes detected", "the models declare nothing new; no file was written.");
  console.log("SUCCESS: ✅ Successfully created new migration file.");
}

async function ensureServices() {
  console.log("INFO: Ensuring api and database services are running...");
  const settings = await alone(settingsForStart).catch((error) => {
    throw named(error);
  });
  const port = localPort(settings);
  if (port !== null) {
    await alone(() => startPostgres(settings, port)).catch((error) => {
      throw new Failure("Database connection failed", error.message);
    });
  }
  await checkDatabase(settings);
  console.log("INFO: Waiting for the 'api' service to be healthy...");
  await waitUntilHealthy(settings);
  console.log("SUCCESS: ✅ Service 'api' is healthy.");
  return settings;
}

/** Reads the ledger: an API without a database is unhealthy as well, and the cause is the better answer. */
async function checkDatabase(settings) {
  await current({ settings }).catch((error) => {
    throw named(error);
  });
}

async function waitUntilHealthy(settings) {
  const seconds = Number(process.env.API_HEALTH_TIMEOUT ?? 120);
  const ours = process.env.API_HEALTH_URL === undefined;
  try {
    if (ours) await alone(startApi);
    await current({
      settings,
      wait: { timeoutMs: seconds * 1000, everyMs: 5000, url: healthAddress() },
      on: showWaiting,
    });
  } catch (error) {
    await checkDatabase(settings);
    throw named(error);
  }
  if (ours && (await apiPid()) === null) {
    throw new Failure("Service unhealthy", `another program answers at ${healthAddress()}; the API has ended.`);
  }
}

function showWaiting(event) {
  if (event.event !== "waiting") return;
  console.error(`  ${Math.round(event.waitedMs / 1000)} of ${Math.round(event.limitMs / 1000)} s`);
}

/** An error under the name that the troubleshooting list has for it. */
function named(error) {
  if (error instanceof ServiceError) return new Failure("Service unhealthy", error.message);
  if (!isKeelsonError(error)) throw error;
  const { code, details } = error;
  if (code === "wait.timeout" && details.address !== undefined)
    return new Failure("Service unhealthy", error.message, 5);
  if (/^(connection|database|privilege|wait)\./.test(code) || code === "config.secret") {
    return new Failure("Database connection failed", error.message);
  }
  return new Failure("Migration failed", [error.message, error.hint].filter(Boolean).join("\n  "));
}

async function headFiles(settings) {
  const found = await heads({ settings }).catch((error) => {
    throw named(error);
  });
  return found.map(({ file }) => file);
}

/** Asks on a terminal, as keelson create does: it gets this one, with its output on standard error. */
function create() {
  const program = join(project, "node_modules", ".bin", "keelson");
  return new Promise((resolve, reject) => {
    const child = spawn(program, ["create", message, ...options], { cwd: project, stdio: ["inherit", 2, 2] });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 130));
  });
}
