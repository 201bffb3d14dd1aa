/** Where everything of this project is, and which database the scripts and the API work on. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { loadSettings } from "keelson";

export const project = resolve(import.meta.dirname, "..");
/** The data of the local server, logs and process ids. */
export const localFolder = resolve(project, process.env.LOCAL_DIR ?? ".local");
export const passwordFile = join(project, "secrets", "postgres_password.txt");
const variablesFile = join(project, ".env");

/** Where the local server keeps its data. */
export const dataFolder = join(localFolder, "postgres", "data");

/** What can go wrong here and is no defect: the message and the hint are all that a person needs. */
export class ServiceError extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** Keelson's settings for this project. */
export async function projectSettings(overrides = {}) {
  const settings = await loadSettings({ cwd: project, ...overrides });
  if (settings.connection.source !== "default") return settings;
  throw new ServiceError("No database is configured yet.", "./run.sh start makes a local one; or set DATABASE_URL.");
}

/**
 * The same, but where nothing names a database, the local server is chosen and written down in .env, once and for all.
 * Call it alone.
 */
export async function settingsForStart() {
  await keepPassword();
  const settings = await loadSettings({ cwd: project });
  if (settings.connection.source !== "default") return settings;
  await writeVariables();
  await keepPassword();
  return await projectSettings();
}

/** A password that nobody has to know: made before the local server is, and readable by its owner only. */
async function keepPassword() {
  if (variable("LOCAL_POSTGRES_PORT") === undefined || existsSync(join(dataFolder, "PG_VERSION"))) return;
  await mkdir(dirname(passwordFile), { recursive: true, mode: 0o700 });
  try {
    await writeFile(passwordFile, `${randomBytes(24).toString("base64url")}-Aa1\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

/** The address of the database without its password. */
export function databaseAddress(settings) {
  const url = new URL(settings.connection.url.reveal());
  url.password = "";
  return url;
}

/** The port of the local server if the settings lead to it, else null: then the server is somebody else's. */
export function localPort(settings) {
  const url = databaseAddress(settings);
  const port = variable("LOCAL_POSTGRES_PORT");
  return port !== undefined && url.hostname === "127.0.0.1" && url.port === port ? Number(port) : null;
}

export function apiPort() {
  return Number(process.env.API_PORT ?? variable("API_PORT") ?? 8000);
}

export function healthAddress() {
  return process.env.API_HEALTH_URL ?? `http://127.0.0.1:${apiPort()}/health`;
}

async function writeVariables() {
  const port = await freePort(54320);
  const api = await freePort(8000);
  const text = `# Written by run.sh for the local PostgreSQL server. Name another server here, or in DATABASE_URL, to work on that one.
LOCAL_POSTGRES_PORT=${port}
DATABASE_HOST=127.0.0.1
DATABASE_PORT=${port}
DATABASE_USER=ai_workflow
DATABASE_NAME=ai_workflow_engine
DATABASE_PASSWORD_FILE=secrets/postgres_password.txt
API_PORT=${process.env.API_PORT ?? api}
`;
  const before = await readFile(variablesFile, "utf8").catch(() => "");
  await writeFile(variablesFile, before === "" ? text : `${before.trimEnd()}\n${text}`);
}

function variable(name) {
  try {
    const [, value] = new RegExp(`^${name}=(.*)$`, "m").exec(readFileSync(variablesFile, "utf8")) ?? [];
    return value;
  } catch {
    return undefined;
  }
}

/** The wanted port of 127.0.0.1, or any free one where somebody has it. */
function freePort(wanted) {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", () => (wanted === 0 ? failed(new Error("no free port")) : found(freePort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
