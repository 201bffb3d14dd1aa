/**
 * The service `api`: brings the database up to date at its start, as a container does, then serves /health. Start it with
 * run.sh.
 */
import { createServer } from "node:http";
import { isKeelsonError } from "keelson";
import pg from "pg";
import { applyMigrations } from "../services/migrations.js";
import { apiPort, projectSettings, ServiceError } from "../services/settings.js";

const log = (level, text) => console.log(`${new Date().toISOString()}  ${level.padEnd(5)}  ${text}`);

/** Who answers: run.sh tells this process from another one that has its port. */
const identity = { service: "api", pid: process.pid };

async function start() {
  const settings = await projectSettings();
  await applyMigrations({ settings, log, wait: { timeoutMs: 30_000, everyMs: 1000 } });
  const { PGPASSWORD: password } = settings.pgVariables.reveal();
  const pool = new pg.Pool({
    connectionString: settings.connection.url.reveal(),
    password,
    max: 4,
    connectionTimeoutMillis: 5000,
  });
  pool.on("error", (error) => log("WARN", `A connection was lost: ${error.message}`));
  const server = createServer((request, response) => {
    void answer(request, pool)
      .catch((error) => {
        log("ERROR", `The database does not answer: ${error.message}`);
        return { code: 503, body: { ...identity, status: "unavailable" } };
      })
      .then(({ code, body }) => {
        response.writeHead(code, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
      });
  });
  server.on("error", (error) =>
    fail(`It can't listen on port ${apiPort()}: ${error.message}`, "Set API_PORT to another port."),
  );
  server.listen(apiPort(), "127.0.0.1", () => log("INFO", `Listening on http://127.0.0.1:${apiPort()}`));
  const stop = () => {
    log("INFO", "Stopping");
    server.close(() => void pool.end());
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

async function answer(request, pool) {
  if (request.url !== "/health") return { code: 404, body: { error: "There is /health." } };
  await pool.query("SELECT 1");
  return { code: 200, body: { ...identity, status: "healthy" } };
}

function fail(message, hint) {
  log("ERROR", message);
  if (hint !== undefined) log("ERROR", hint);
  process.exit(1);
}

try {
  await start();
} catch (error) {
  if (!isKeelsonError(error) && !(error instanceof ServiceError)) throw error;
  // Nobody is there to say yes at the start of a service.
  const unasked =
    "Look at it with ./scripts/run_migrations --dry-run, then apply it with ./scripts/run_migrations --yes.";
  fail(
    error.code === undefined ? error.message : `${error.code}: ${error.message}`,
    error.code === "confirm.required" ? unasked : error.hint,
  );
}
