/** What the suites share: databases of their own, the scripts as a shell runs them, and copies of the project to write in. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { upgrade } from "keelson";
import { createDatabase, databaseUrl, dropDatabase } from "keelson/testing";
import pg from "pg";

const project = resolve(import.meta.dirname, "..");
const server = process.env.DEVPOCKET_TEST_SERVER;
if (server === undefined) throw new Error("The suites need a server: run them with npm test");

/** The ids of all revisions, the oldest first. */
export const revisions = (await readdir(join(project, "migrations"))).sort();

/** The head of the committed history. */
export const head = "b2b7d0438f52";

/** An empty database that is gone after the test, and a connection to it. */
export async function freshDatabase(t, template = "template0") {
  const name = `devpocket_suite_${randomBytes(5).toString("hex")}`;
  const base = server.replace(/\?.*$/, "");
  await createDatabase(base, { name, template });
  const url = databaseUrl(base, name);
  t.after(() => dropDatabase(base, name));
  return { name, url, rows: (sql, parameters) => rowsOf(url, sql, parameters) };
}

/** A copy of the database that the runner has brought to the head, or one at another target. */
export async function migratedDatabase(t, target = "head") {
  if (target === "head") return await freshDatabase(t, process.env.DEVPOCKET_TEST_TEMPLATE);
  const database = await freshDatabase(t);
  await upgrade({ cwd: project, url: database.url, target });
  return database;
}

/** The rows that one statement gives, over a connection of its own. */
export async function rowsOf(url, sql, parameters = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** Does something on the server whatever became of a test's database. */
export function onServer(sql) {
  return rowsOf(server, sql);
}

/** Tables in public, without Keelson's own. */
export async function tablesOf(database) {
  const rows = await database.rows(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'keelson\\_%' ORDER BY 1",
  );
  return rows.map((row) => row.tablename);
}

/** The ids of what is recorded as applied. */
export async function appliedIn(database) {
  const rows = await database.rows("SELECT id FROM keelson_ledger ORDER BY applied_at, id");
  return rows.map((row) => row.id);
}

export function migrate(database, ...args) {
  return runScript("db_migrate.sh", args, { url: database.url });
}

export function seed(database, ...args) {
  return runScript("db_seed.sh", args, { url: database.url });
}

/** Runs a script with nothing in its environment that names another database. */
export function runScript(name, args, { url, env = {}, cwd = project, folder = project } = {}) {
  const clean = Object.entries(process.env).filter(
    ([key]) => !/^(DATABASE_|MIGRATION_|PG[A-Z]|BACKUP_|SKIP_BACKUP|DB_DEBUG|KEELSON_ENV|NODE_TEST)/.test(key),
  );
  const child = spawn(join(folder, "scripts", name), args, {
    cwd,
    env: { ...Object.fromEntries(clean), NO_COLOR: "1", ...(url === undefined ? {} : { DATABASE_URL: url }), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const run = { stdout: "", stderr: "", output: "" };
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      run[stream] += text;
      run.output += text;
    });
  }
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done({ ...run, code }));
  });
}

/** A copy of the project, for tests that write revisions; without the files that name somebody's databases. */
export async function copyOfProject(t) {
  const folder = await mkdtemp(join(tmpdir(), "devpocket-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(project, folder, {
    recursive: true,
    filter: (source) => !/\/(node_modules|\.keelson|\.env|\.env\.(staging|production))$/.test(source),
  });
  await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The parts of a connection, as the .env files have them. */
export function partsOf(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    DATABASE_HOST: hostname,
    DATABASE_PORT: port || "5432",
    DATABASE_USER: decodeURIComponent(username),
    DATABASE_PASSWORD: decodeURIComponent(password),
    DATABASE_NAME: decodeURIComponent(pathname.slice(1)),
  };
}
