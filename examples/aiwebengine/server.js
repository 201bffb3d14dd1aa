/**
 * A small server that keeps its database up to date the way config.toml says: with auto_migrate it applies pending
 * revisions before it listens, without it refuses to start while any are pending.
 *
 *   node server.js [config.toml]
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { isKeelsonError, status, upgrade } from "keelson";
import pg from "pg";
import { parse } from "smol-toml";

const project = import.meta.dirname;

class ConfigurationError extends Error {}

/** Reads the configuration; `${NAME}` in a text stands for the variable of that name. */
async function readConfiguration(file) {
  const { server = {}, repository = {} } = parse(await readFile(file, "utf8"));
  if (repository.database_type !== "postgresql") {
    throw new ConfigurationError(`${file}: database_type must be "postgresql"`);
  }
  if (typeof repository.auto_migrate !== "boolean") {
    throw new ConfigurationError(`${file}: auto_migrate must be true or false`);
  }
  return {
    host: server.host ?? "127.0.0.1",
    port: Number(process.env.PORT ?? server.port ?? 3000),
    databaseUrl: fillIn(String(repository.database_url ?? ""), file),
    autoMigrate: repository.auto_migrate,
  };
}

function fillIn(text, file) {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name) => {
    const value = process.env[name];
    if (value === undefined || value === "") throw new ConfigurationError(`${file}: the variable ${name} is not set`);
    return value;
  });
}

/** Every replica does this at its start: one of them applies what is pending, the others wait for it or find nothing to do. */
async function migrate(databaseUrl) {
  const { steps } = await upgrade({ cwd: project, url: databaseUrl });
  console.log(steps.length === 0 ? "The database is up to date." : `Applied ${steps.length} revisions.`);
}

async function refuseWhenPending(databaseUrl) {
  const { pending } = await status({ cwd: project, url: databaseUrl });
  if (pending.length === 0) return;
  const files = pending.map((revision) => `  ${revision.file}`).join("\n");
  throw new ConfigurationError(
    `auto_migrate is off and ${pending.length} revisions are pending:\n${files}\nApply them first: npx keelson upgrade`,
  );
}

function serve({ host, port, databaseUrl }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  pool.on("error", (error) => console.error(`A connection was lost: ${error.message}`));
  const routes = {
    "/health": async () => {
      await pool.query("SELECT 1");
      return { status: "ok" };
    },
    "/tables": async () => {
      const { rows } = await pool.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name",
      );
      return { tables: rows.map((row) => row.table_name) };
    },
  };
  const server = createServer((request, response) => {
    answer(routes[request.url], response).catch((error) => {
      console.error(error.message);
      send(response, 503, { status: "unavailable" });
    });
  });
  server.listen(port, host, () => console.log(`Listening on http://${host}:${server.address().port}`));
  const stop = () => {
    server.close(() => void pool.end());
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

async function answer(route, response) {
  if (route === undefined) send(response, 404, { error: "There are /health and /tables." });
  else send(response, 200, await route());
}

function send(response, code, body) {
  response.writeHead(code, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
}

try {
  const configuration = await readConfiguration(process.argv[2] ?? `${project}/config.toml`);
  await (configuration.autoMigrate ? migrate : refuseWhenPending)(configuration.databaseUrl);
  serve(configuration);
} catch (error) {
  if (!(isKeelsonError(error) || error instanceof ConfigurationError)) throw error;
  console.error([error.message, error.hint].filter((text) => text !== undefined).join("\n"));
  process.exitCode = 1;
}
