import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { project, Stop } from "./keelson.js";
import { log } from "./log.js";

/**
 * Reads a command line whose options may stand anywhere. `known` says of each option whether a value follows it, and
 * under which key it is kept. Words such as -1 and +1 are no options.
 */
export function readOptions(args, known, script) {
  const found = { words: [] };
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift();
    if (!word.startsWith("-") || /^-\d+$/.test(word)) {
      found.words.push(word);
      continue;
    }
    const [, name, attached] = /^([^=]+)(?:=(.*))?$/s.exec(word) ?? [null, word];
    const option = known[name];
    if (option === undefined) throw new Stop(`There is no option ${name}.`, { hint: `${script} --help lists them.` });
    found[option.key] =
      option.value === undefined ? flagOf(name, attached) : followingValue(name, option, attached, rest);
  }
  return found;
}

function flagOf(name, attached) {
  if (attached !== undefined) throw new Stop(`${name} takes no value.`);
  return true;
}

function followingValue(name, option, attached, rest) {
  const value = attached ?? rest.shift() ?? "";
  if (value === "" || (attached === undefined && value.startsWith("-"))) {
    throw new Stop(`${name} needs ${option.value} after it.`);
  }
  return value;
}

/** Where the connection comes from: a file of variables in the working directory, else in the project, or none. */
export function environmentOf(envFile) {
  if (envFile === undefined) return { envFile: null };
  const places = [resolve(envFile), resolve(project, envFile)];
  const file = places.find((place) => existsSync(place));
  if (file !== undefined) return { envFile: file };
  const example = existsSync(`${places[1]}.example`) ? ` Copy ${envFile}.example to it and fill in its values.` : "";
  throw new Stop(`There is no file ${envFile}, neither here nor in ${project}.`, {
    hint: `Correct the name after --env-file.${example}`,
  });
}

/** Runs a script to its end, tells in words what stopped it, and sets the exit code. */
export async function runScript(main, args) {
  log.debugging = ["1", "true", "yes", "on"].includes((process.env.DB_DEBUG ?? "").toLowerCase());
  try {
    process.exitCode = await main(args);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    log.error(error.message);
    if (error.hint) log.info(`What to do: ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}
