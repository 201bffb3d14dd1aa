import { basename, dirname, join, resolve } from "node:path";
import { object } from "./checks.ts";
import { findConfigFile, loadConfigFile } from "./config-file.ts";
import { type CheckedConfig, configShape, environmentName, environmentNameRule } from "./config-shape.ts";
import { checkEnvFileAgrees, checkPort, chooseConnection, defaultConnection } from "./connection.ts";
import { dialectOf } from "./database-url.ts";
import { type ChosenEnvironment, decideSettings } from "./decide-settings.ts";
import { readEnvFile, readNamedEnvFile, type VariableLayer } from "./env-file.ts";
import { processVariables, type VariableRecord } from "./environment.ts";
import { Problems, suggestion } from "./problems.ts";
import type { ConnectionSettings, SettingOverrides, Settings } from "./settings.ts";
import { processOrigin, Variables } from "./variables.ts";

/**
 * Finds and reads everything that says how to work, and returns settings that need no further check; throws one
 * `config.invalid` with every problem, `config.not-found`, or `config.secret`. Contacts no database and writes nothing
 * into the project. `variables` are those of the process unless told.
 */
export async function loadSettings(
  overrides: SettingOverrides = {},
  variables: VariableRecord = processVariables(),
): Promise<Settings> {
  const cwd = resolve(overrides.cwd ?? process.cwd());
  const configFile = overrides.configFile === undefined ? findConfigFile(cwd) : resolve(cwd, overrides.configFile);
  const root = configFile === null ? cwd : dirname(configFile);
  const problems = new Problems();

  const files = await openEnvFiles(overrides, {
    cwd,
    root,
    processLayer: { origin: processOrigin, values: variables },
  });
  let layers = await files.layers(null);
  const wanted = wantedEnvironment(overrides, new Variables(layers, root), problems);
  if (wanted !== null) layers = await files.layers(wanted.name);
  const config = await readConfig(configFile, new Variables(layers, root), wanted, problems);
  const environment = wanted ?? defaultEnvironment(config, problems);
  if (wanted === null && environment !== null) layers = await files.layers(environment.name);
  if (environment !== null) await checkEnvironmentExists(environment.name, config, root, problems);
  // Whatever follows would only repeat what is wrong already, or choose a database by a misspelt name.
  problems.throwIfAny(originOf(configFile));

  const found = new Variables(layers, root);
  if (files.named !== null) checkEnvFileAgrees(files.processLayer, files.named, root, problems);
  checkPort(found, problems);
  const configName = configFile === null ? "configuration" : basename(configFile);
  const sources = { overrides, environment, config, configFile, configName, variables: found, cwd, root };
  const connection = chooseConnection(sources) ?? defaultConnection(root);
  checkConnection(connection, environment, config, problems);
  const settings = decideSettings({ ...sources, connection }, problems);
  problems.throwIfAny(originOf(configFile));
  return settings;
}

interface EnvFiles {
  readonly processLayer: VariableLayer;
  /** The file that `--env-file` names. */
  readonly named: VariableLayer | null;
  /** The places of variables for an environment, best first. */
  layers(environment: string | null): Promise<readonly VariableLayer[]>;
}

async function openEnvFiles(
  overrides: SettingOverrides,
  places: { readonly cwd: string; readonly root: string; readonly processLayer: VariableLayer },
): Promise<EnvFiles> {
  const { processLayer, root, cwd } = places;
  if (overrides.envFile !== undefined) {
    const named = await readNamedEnvFile(resolve(cwd, overrides.envFile), overrides.envFile);
    return { processLayer, named, layers: async () => [processLayer, named] };
  }
  const base = await readEnvFile(join(root, ".env"));
  return {
    processLayer,
    named: null,
    layers: async (environment) => {
      const own = environment === null ? null : await readEnvFile(join(root, `.env.${environment}`));
      return [processLayer, own, base].filter((layer) => layer !== null);
    },
  };
}

function wantedEnvironment(
  overrides: SettingOverrides,
  variables: Variables,
  problems: Problems,
): ChosenEnvironment | null {
  const variable = variables.plain("KEELSON_ENV");
  const name = overrides.environment ?? variable?.value;
  if (name === undefined) return null;
  const named = overrides.environment === undefined ? "by default" : "by hand";
  return checkName({ name, named }, named === "by hand" ? "--env" : (variable?.source ?? "KEELSON_ENV"), problems);
}

function defaultEnvironment(config: CheckedConfig, problems: Problems): ChosenEnvironment | null {
  if (config.defaultEnvironment === undefined) return null;
  return checkName({ name: config.defaultEnvironment, named: "by default" }, "defaultEnvironment", problems);
}

function checkName(chosen: ChosenEnvironment, path: string, problems: Problems): ChosenEnvironment | null {
  if (environmentName.test(chosen.name)) return chosen;
  problems.add(path, `is not a possible name of an environment: ${environmentNameRule}.`);
  return null;
}

async function readConfig(
  file: string | null,
  variables: Variables,
  wanted: ChosenEnvironment | null,
  problems: Problems,
): Promise<CheckedConfig> {
  if (file === null) return {};
  const content = await loadConfigFile(file, { env: variables.merged(), environment: wanted?.name ?? null });
  return object(configShape)(content, "", problems) ?? {};
}

async function checkEnvironmentExists(
  name: string,
  config: CheckedConfig,
  root: string,
  problems: Problems,
): Promise<void> {
  if (config.environments?.has(name)) return;
  if ((await readEnvFile(join(root, `.env.${name}`))) !== null) return;
  const known = [...(config.environments?.keys() ?? [])];
  const list = known.length === 0 ? "The configuration names none" : `There are: ${known.join(", ")}`;
  problems.add(
    `environment ${name}`,
    `is neither in the configuration nor is there a file .env.${name}. ${list}.${suggestion(name, known)}`,
  );
}

function checkConnection(
  connection: ConnectionSettings,
  environment: ChosenEnvironment | null,
  config: CheckedConfig,
  problems: Problems,
): void {
  const isDefault = connection.source === "default";
  // Someone who asks for an environment means a certain database, never the one in the project's folder.
  if (isDefault && environment !== null) {
    problems.add(
      `environment ${environment.name}`,
      "names no database: set url in the configuration, or DATABASE_URL.",
    );
    return;
  }
  const dialect = dialectOf(connection.url);
  if (config.engines === undefined || dialect === null || config.engines.includes(dialect)) return;
  const what = isDefault
    ? "no connection is configured, and the default, PGlite, speaks"
    : `the connection from ${connection.source} speaks`;
  problems.add("engines", `${what} ${dialect}, which is not among ${config.engines.join(", ")}.`);
}

function originOf(configFile: string | null): string {
  return configFile === null ? "The configuration" : `The configuration (${configFile})`;
}
