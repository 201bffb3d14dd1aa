import { resolve } from "node:path";
import { logLevels } from "../platform/logger.ts";
import type { CheckedSchema, CheckedSource } from "./check-schema.ts";
import { type Check, oneOf } from "./checks.ts";
import { type CheckedConfig, type CheckedEnvironment, retentionDays } from "./config-shape.ts";
import { dialectOf, withAbsolutePath } from "./database-url.ts";
import { describeValue, type Problems } from "./problems.ts";
import { Secret } from "./secret.ts";
import type { ConnectionSettings, SchemaSourceSetting, SettingOverrides, Settings } from "./settings.ts";
import type { PlainVariable, Variables } from "./variables.ts";

/** The environment that settings are for. */
export interface ChosenEnvironment {
  readonly name: string;
  /** `by hand` where the command line names it, which puts what it says before the variables. */
  readonly named: "by hand" | "by default";
}

/** Everything that settings are decided from, once the connection is. */
export interface SettingSources {
  readonly overrides: SettingOverrides;
  readonly environment: ChosenEnvironment | null;
  readonly config: CheckedConfig;
  readonly configFile: string | null;
  readonly variables: Variables;
  readonly connection: ConnectionSettings;
  readonly cwd: string;
  readonly root: string;
}

/** Weighs flag, variable, environment and configuration for every setting; reports variables that are wrong. */
export function decideSettings(sources: SettingSources, problems: Problems): Settings {
  const { overrides, environment, config, variables, root } = sources;
  const choice = choiceOf(environment, config);
  const debug = booleanVariable(variables, "DB_DEBUG", problems) ?? false;
  return {
    root,
    configFile: sources.configFile,
    environment: environment?.name ?? null,
    production: isProduction(choice.environment, environment),
    connection: sources.connection,
    migrations: migrationsFolder(sources),
    schema: placedSchema(config.schema, root),
    external: { tables: config.external?.tables ?? [], schema: placedSchema(config.external?.schema, root) },
    privileges: config.privileges ?? null,
    roles: config.roles ?? [],
    ledger: decideLedger(choice, sources.connection),
    lockTimeoutMs: overrides.lockTimeoutMs ?? choice.pick((from) => from.lockTimeout) ?? 5000,
    runLockTimeoutMs: overrides.runLockTimeoutMs ?? choice.pick((from) => from.runLockTimeout) ?? 600_000,
    outOfOrder: choice.pick((from) => from.outOfOrder) ?? "refuse",
    engines: config.engines ?? [],
    postgres: config.postgres ?? [],
    pgVariables: variables.libpq(),
    log: decideLog(sources, choice, debug, problems),
    debug,
    scratch: choice.pick((from) => from.scratch) ?? [],
    backup: decideBackup(sources, choice, problems),
  };
}

type Overridable = Omit<CheckedEnvironment, "production">;

interface Choice {
  readonly environment: CheckedEnvironment | undefined;
  /** The value of the best place that has one: environment named by hand, variable, environment, configuration. */
  pick<Value>(read: (from: Overridable) => Value | undefined, variable?: Value): Value | undefined;
}

function choiceOf(environment: ChosenEnvironment | null, config: CheckedConfig): Choice {
  const chosen = environment === null ? undefined : config.environments?.get(environment.name);
  const byHand = environment?.named === "by hand";
  return {
    environment: chosen,
    pick: (read, variable) => {
      const inEnvironment = chosen === undefined ? undefined : read(chosen);
      const nearest = byHand ? (inEnvironment ?? variable) : (variable ?? inEnvironment);
      return nearest ?? read(config);
    },
  };
}

/** An environment called production is taken at its word unless the configuration says otherwise. */
function isProduction(checked: CheckedEnvironment | undefined, environment: ChosenEnvironment | null): boolean {
  return checked?.production ?? /^prod(uction)?$/i.test(environment?.name ?? "");
}

function migrationsFolder({ overrides, config, root, cwd }: SettingSources): string {
  if (overrides.migrations !== undefined) return resolve(cwd, overrides.migrations);
  return resolve(root, config.migrations ?? "migrations");
}

function placedSchema(schema: CheckedSchema | undefined, root: string): Settings["schema"] {
  const placed = (sources: readonly CheckedSource[] | null): readonly SchemaSourceSetting[] | null =>
    sources?.map((source) =>
      source.kind === "database" ? { kind: "database", url: withAbsolutePath(new Secret(source.url), root) } : source,
    ) ?? null;
  return { postgres: placed(schema?.postgres ?? null), sqlite: placed(schema?.sqlite ?? null) };
}

function decideLedger(choice: Choice, connection: ConnectionSettings): Settings["ledger"] {
  const schema = choice.pick((from) => from.ledger?.schema) ?? "keelson";
  // Only a schema with Keelson's name is sure to hold nothing else that is called `lock` or `meta`.
  const shared = dialectOf(connection.url) === "sqlite" || !schema.startsWith("keelson");
  const prefix = choice.pick((from) => from.ledger?.prefix) ?? (shared ? "keelson_" : "");
  return { schema, prefix, history: choice.pick((from) => from.ledger?.history) ?? "default" };
}

function decideLog(
  { overrides, variables }: SettingSources,
  choice: Choice,
  debug: boolean,
  problems: Problems,
): Settings["log"] {
  const level = checkedVariable(variables, "KEELSON_LOG_LEVEL", oneOf(logLevels), problems);
  const format = checkedVariable(variables, "KEELSON_LOG_FORMAT", oneOf(["text", "json"]), problems);
  return {
    level:
      overrides.logLevel ?? choice.pick((from) => from.log?.level, level ?? (debug ? "debug" : undefined)) ?? "info",
    format: overrides.logFormat ?? choice.pick((from) => from.log?.format, format) ?? "text",
  };
}

function decideBackup({ variables, root }: SettingSources, choice: Choice, problems: Problems): Settings["backup"] {
  const directory = choice.pick((from) => from.backup?.directory, variables.plain("BACKUP_DIR")?.value);
  const days = checkedVariable(variables, "BACKUP_RETENTION_DAYS", retentionDays, problems, Number);
  return {
    directory: resolve(root, directory ?? "backups"),
    retentionDays: choice.pick((from) => from.backup?.retentionDays, days) ?? 30,
    skip: booleanVariable(variables, "SKIP_BACKUP", problems) ?? false,
  };
}

function checkedVariable<Value>(
  variables: Variables,
  name: PlainVariable,
  check: Check<Value>,
  problems: Problems,
  read: (text: string) => unknown = (text) => text,
): Value | undefined {
  const found = variables.plain(name);
  return found === null ? undefined : check(read(found.value), found.source, problems);
}

const booleans: Readonly<Record<string, boolean>> = {
  "1": true,
  true: true,
  yes: true,
  on: true,
  "0": false,
  false: false,
  no: false,
  off: false,
};

function booleanVariable(variables: Variables, name: PlainVariable, problems: Problems): boolean | undefined {
  const found = variables.plain(name);
  if (found === null) return undefined;
  const word = found.value.trim().toLowerCase();
  if (Object.hasOwn(booleans, word)) return booleans[word];
  problems.add(found.source, `expected 1, true, yes, on, 0, false, no or off, found ${describeValue(found.value)}.`);
  return undefined;
}
