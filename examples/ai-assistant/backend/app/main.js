/**
 * The API of AI Assistant: log in, list projects, create one. It works with the database as it is: bringing it up to
 * date is Keelson's job, and somebody's decision.
 *
 *   node app/main.js
 */
import { createServer } from "node:http";
import { isKeelsonError } from "keelson";
import pg from "pg";
import { answerRequest } from "./answer-request.js";
import { databaseUrl, SettingsError, variable } from "./settings.js";

function readSecret() {
  const secret = variable("SECRET_KEY") ?? "";
  if (secret.length >= 32) return secret;
  throw new SettingsError(
    "SECRET_KEY must have 32 characters or more: set it in the environment or in backend/.env (see .env.example).",
  );
}

function readPort() {
  const port = Number(variable("PORT") ?? 8000);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new SettingsError("PORT must be a number from 0 to 65535.");
}

function serve({ host, port, secret, url }) {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
  pool.on("error", (error) => console.error(`A connection was lost: ${error.message}`));
  const server = createServer((request, response) => void answerRequest({ pool, secret }, request, response));
  server.requestTimeout = 30_000;
  server.on("error", (error) => {
    console.error(`The server can't listen on ${host}:${port}: ${error.message}`);
    process.exitCode = 1;
    void pool.end();
  });
  server.listen(port, host, () => console.log(`Listening on http://${host}:${server.address().port}`));
  const stop = () => {
    server.close(() => void pool.end());
    server.closeIdleConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

try {
  serve({
    host: variable("HOST") ?? "127.0.0.1",
    port: readPort(),
    secret: readSecret(),
    url: await databaseUrl(),
  });
} catch (error) {
  if (!(isKeelsonError(error) || error instanceof SettingsError)) throw error;
  console.error([error.message, error.hint].filter((text) => text !== undefined).join("\n"));
  process.exitCode = 1;
}
