/**
 * Refuses a password that is weak, one in a file that others can read, and one that would go over a network in the clear.
 * The password comes in DATABASE_PASSWORD, the name of its file as the argument.
 */
import { stat } from "node:fs/promises";
import { isKeelsonError } from "keelson";
import { passwordProblems } from "./password-strength.js";
import { databaseAddress, projectSettings, ServiceError } from "./settings.js";

const password = process.env.DATABASE_PASSWORD ?? "";
const [file] = process.argv.slice(2);

try {
  const settings = await projectSettings();
  const address = databaseAddress(settings);
  const names = [decodeURIComponent(address.username), decodeURIComponent(address.pathname.slice(1))];
  const problems = password === "" ? ["It is empty."] : passwordProblems(password, names);
  if (file !== undefined && ((await stat(file)).mode & 0o077) !== 0) {
    problems.push(`Others can read its file: chmod 600 ${file}`);
  }
  problems.push(...connectionProblems(settings, address));
  if (problems.length > 0) refuse("The password was refused; nothing was run.", problems);
} catch (error) {
  if (!isKeelsonError(error) && !(error instanceof ServiceError)) throw error;
  refuse(error.message, [error.hint ?? "Nothing was run."]);
}

function connectionProblems(settings, address) {
  const given = new URL(settings.connection.url.reveal()).password;
  const local = ["", "localhost", "127.0.0.1", "[::1]"].includes(address.hostname);
  const mode = address.searchParams.get("sslmode") ?? settings.pgVariables.reveal().PGSSLMODE ?? "prefer";
  return [
    given !== "" &&
      decodeURIComponent(given) !== password &&
      `${settings.connection.source} has a password already: take it out of there.`,
    !local &&
      !["require", "verify-ca", "verify-full"].includes(mode) &&
      `It would go to ${address.hostname} without encryption being demanded: add sslmode=verify-full to the connection.`,
  ].filter((problem) => problem !== false);
}

function refuse(message, problems) {
  console.error(`ERROR: ${message}`);
  for (const problem of problems) console.error(`  ${problem}`);
  process.exitCode = 1;
}
