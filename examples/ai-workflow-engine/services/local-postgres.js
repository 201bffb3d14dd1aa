/** The local PostgreSQL server: its data lie in .local/postgres and stay there when it is stopped. */
import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase, isKeelsonError } from "keelson";
import { embeddedPostgres } from "keelson/testing";
import { dataFolder as data, databaseAddress, localFolder, passwordFile, ServiceError } from "./settings.js";

const folder = join(localFolder, "postgres");
export const postgresLog = join(folder, "log");

/** Starts the server if it does not run, with its account and database made the first time. */
export async function startPostgres(settings, port) {
  if (!(await postgresRuns())) {
    await makeFolder();
    await initialise(settings);
    await control("start", "-w", "-t", "60", "-l", postgresLog, "-o", `-p ${port}`);
  }
  await createDatabase({ settings }).catch((error) => {
    if (!isKeelsonError(error, "database.exists")) throw error;
  });
}

/** Stops the server after it has written everything; resolves to whether it ran. */
export async function stopPostgres() {
  if (!(await postgresRuns())) return false;
  await control("stop", "-w", "-m", "fast");
  return true;
}

export async function postgresRuns() {
  if (!(await isThere(join(data, "PG_VERSION")))) return false;
  const { code } = await run("pg_ctl", ["status", "-D", data]);
  return code === 0;
}

async function makeFolder() {
  await mkdir(folder, { recursive: true });
  const user = await serverUser();
  if (user === null) return;
  await chown(folder, user.uid, user.gid);
  await chmod(localFolder, 0o755);
  const { code } = await execute("test", ["-x", folder], "/");
  if (code === 0) return;
  throw new ServiceError(
    `PostgreSQL does not run as root, and the user that it runs as instead can't get to ${folder}. Nothing was started.`,
    "Run this as another user, or set LOCAL_DIR to a folder that everybody may enter, such as /var/tmp/ai-workflow-engine.",
  );
}

/** Makes the data folder beside its place and moves it there, so that an interrupted start leaves nothing half-made. */
async function initialise(settings) {
  if (await isThere(join(data, "PG_VERSION"))) return;
  const half = join(folder, "half");
  await rm(half, { recursive: true, force: true });
  const account = decodeURIComponent(databaseAddress(settings).username);
  const password = join(folder, "password");
  const flags = [
    "-D",
    half,
    "-U",
    account,
    "--pwfile",
    password,
    "--auth",
    "scram-sha-256",
    "-E",
    "UTF8",
    "--locale",
    "C",
  ];
  await lend(passwordFile, password);
  const made = await run("initdb", flags).finally(() => rm(password, { force: true }));
  if (made.code !== 0) throw new ServiceError(`The local PostgreSQL server could not be made:\n${made.output.trim()}`);
  const rules = "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n";
  await writeFile(join(half, "postgresql.conf"), (await readFile(join(half, "postgresql.conf"), "utf8")) + rules);
  await rename(half, data);
}

/** Copies a secret for the user that the server runs as, and for nobody else. */
async function lend(secret, copy) {
  await rm(copy, { force: true });
  await writeFile(copy, await readFile(secret), { mode: 0o600 });
  const user = await serverUser();
  if (user !== null) await chown(copy, user.uid, user.gid);
}

async function control(action, ...flags) {
  const { code } = await run("pg_ctl", [action, "-s", "-D", data, ...flags]);
  if (code === 0) return;
  const log = await readFile(postgresLog, "utf8").catch(() => "");
  throw new ServiceError(
    `The local PostgreSQL server did not ${action}:\n${log.trimEnd().split("\n").slice(-5).join("\n")}`,
    `Its whole log: ${postgresLog}. Its port is DATABASE_PORT and LOCAL_POSTGRES_PORT in .env.`,
  );
}

async function run(program, args) {
  return await execute(join(await embeddedPostgres(15), program), args, folder);
}

async function execute(program, args, cwd) {
  const user = await serverUser();
  return await new Promise((resolve) => {
    execFile(program, args, { cwd, env: { LC_ALL: "C", TZ: "UTC" }, ...user }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? 1), output: stdout + stderr }),
    );
  });
}

/** PostgreSQL refuses to run as root. */
async function serverUser() {
  if (process.getuid?.() !== 0) return null;
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const account = ["postgres", "nobody"].flatMap((name) => accounts.filter((fields) => fields[0] === name))[0];
  if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) };
  throw new ServiceError(
    "PostgreSQL does not run as root, and there is no user postgres or nobody.",
    "Run this as another user.",
  );
}

async function isThere(file) {
  return await readFile(file).then(
    () => true,
    () => false,
  );
}
