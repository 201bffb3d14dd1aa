import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { log } from "./log.js";

/** The folder of the example. */
export const project = resolve(import.meta.dirname, "..");

/** What ends a script: words for people, and the exit code. */
export class Stop extends Error {
  constructor(message, { hint, exitCode = 1 } = {}) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/**
 * Connects and says what answered; stops the script where nothing does. A database that is only to be made yet is no reason
 * to stop for `mayBeMissing`: whether it can be made is for the next step to say.
 */
export async function checkConnection(environment, { mayBeMissing = false } = {}) {
  log.info("Checking the connection", environment.envFile === null ? {} : { envFile: environment.envFile });
  const { result, exitCode } = await askKeelson(["doctor"], environment);
  if (result.event === "error") {
    if (!mayBeMissing || result.code !== "database.missing") throw stopFor(result, exitCode);
    log.info(result.message);
    return;
  }
  const { facts, connectMs, settings, warnings } = result;
  log.info(`Connected to ${facts.product} ${facts.version}`, {
    database: facts.database,
    user: facts.user,
    milliseconds: Math.round(connectMs),
  });
  log.debug("Settings", settings);
  for (const warning of warnings) log.warn(warning);
}

/** What Keelson says of its error, as the end of this script. */
export function stopFor({ message, hint }, exitCode) {
  return new Stop(message, { hint, exitCode });
}

/** Runs Keelson in the project with this terminal, and gives its exit code. */
export function runKeelson(args, environment) {
  return start(args, environment, "inherit").ended;
}

/** Runs Keelson and reads what it prints: its records, the last of which is its result or its error. */
export async function askKeelson(args, environment) {
  const { child, ended } = start([...args, "--json"], environment, ["ignore", "pipe", "inherit"]);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const exitCode = await ended;
  const records = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const result = records.at(-1);
  if (result === undefined) throw new Stop(`Keelson ended with code ${exitCode} and said nothing.`, { exitCode });
  return { records, result, exitCode };
}

function start(args, environment, stdio) {
  const program = join(project, "node_modules", ".bin", "keelson");
  if (!existsSync(program)) throw new Stop("Keelson is not installed here.", { hint: `Run npm install in ${project}` });
  const all = [...args, "--cwd", project, ...(environment.envFile === null ? [] : ["--env-file", environment.envFile])];
  log.debug("Running", { command: ["keelson", ...all].join(" ") });
  // The two dashes keep --env-file from being read by Node.js itself.
  const child = spawn(process.execPath, ["--", program, ...all], { stdio });
  // Ctrl-C reaches Keelson as well, which rolls back and says so; this process waits for that.
  const waitForIt = () => undefined;
  const pass = () => child.kill("SIGTERM");
  process.on("SIGINT", waitForIt).on("SIGTERM", pass);
  const ended = new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 137)));
  }).finally(() => process.off("SIGINT", waitForIt).off("SIGTERM", pass));
  return { child, ended };
}
