import type { CheckedConfig } from "./config-shape.ts";
import { urlFromParts, withAbsolutePath } from "./database-url.ts";
import type { ChosenEnvironment } from "./decide-settings.ts";
import type { VariableLayer } from "./env-file.ts";
import type { Problems } from "./problems.ts";
import { Secret } from "./secret.ts";
import type { ConnectionSettings, SettingOverrides } from "./settings.ts";
import { type FileVariable, type Found, Variables } from "./variables.ts";

/** Everything that may say where the database is. */
export interface ConnectionSources {
  readonly overrides: Pick<SettingOverrides, "url" | "directUrl">;
  readonly environment: ChosenEnvironment | null;
  readonly config: CheckedConfig;
  readonly configName: string;
  readonly variables: Variables;
  /** Where relative paths of flags begin. */
  readonly cwd: string;
  /** Where every other relative path begins. */
  readonly root: string;
}

// The places that may name a connection, best first; the layers of the variables lie between 2 and 3.
const rank = { flag: 0, namedEnvironment: 1, variables: 2, environment: 3, config: 4, default: 5 } as const;

/** Decides which connection counts, or null where only the default is left. */
export function chooseConnection(sources: ConnectionSources): ConnectionSettings | null {
  const url = best(urlCandidates(sources));
  if (url === null) return null;
  const direct = best(directCandidates(sources));
  // A direct URL from a place that counts less may well be another database: it must not be migrated by mistake.
  const directUrl = direct !== null && direct.rank <= url.rank ? direct.value : null;
  return { url: url.value, directUrl, source: url.source };
}

/** The connection where nothing names one: PGlite in the project's folder. */
export function defaultConnection(root: string): ConnectionSettings {
  return { url: withAbsolutePath(new Secret("pglite:.keelson/dev"), root), directUrl: null, source: "default" };
}

type Candidate = Found<Secret> | null;

function best(candidates: readonly Candidate[]): Candidate {
  return candidates.find((candidate) => candidate !== null) ?? null;
}

function urlCandidates(sources: ConnectionSources): readonly Candidate[] {
  const { overrides, variables, root } = sources;
  const fromVariables = connectionVariable(variables);
  return [
    given(overrides.url, rank.flag, "--url", sources.cwd),
    configured(sources, "url", rank.namedEnvironment),
    fromVariables === null ? null : placed(fromVariables, root),
    configured(sources, "url", rank.environment),
    given(sources.config.url, rank.config, sources.configName, root),
  ];
}

function directCandidates(sources: ConnectionSources): readonly Candidate[] {
  const { overrides, variables, root } = sources;
  const fromVariables = variables.secret("MIGRATION_DATABASE_URL");
  return [
    given(overrides.directUrl, rank.flag, "--direct-url", sources.cwd),
    configured(sources, "directUrl", rank.namedEnvironment),
    fromVariables === null ? null : placed(fromVariables, root),
    configured(sources, "directUrl", rank.environment),
    given(sources.config.directUrl, rank.config, sources.configName, root),
  ];
}

function given(url: string | undefined, at: number, source: string, folder: string): Candidate {
  if (url === undefined) return null;
  return { value: withAbsolutePath(new Secret(url), folder), rank: at, source };
}

function configured(
  sources: ConnectionSources,
  key: "url" | "directUrl",
  at: typeof rank.namedEnvironment | typeof rank.environment,
): Candidate {
  const { environment, config, configName, root } = sources;
  if (environment === null) return null;
  if ((environment.named === "by hand") !== (at === rank.namedEnvironment)) return null;
  const url = config.environments?.get(environment.name)?.[key];
  return given(url, at, `${configName} (environment ${environment.name})`, root);
}

function placed(found: Found<Secret>, root: string): Found<Secret> {
  // Layers share rank 2 to 3, so that a URL and a direct URL of different files can be told apart.
  return { value: withAbsolutePath(found.value, root), rank: rank.variables + found.rank / 100, source: found.source };
}

/**
 * `DATABASE_URL`, or a URL made of `DATABASE_HOST` and its siblings: the one that is set in the nearer place, and the
 * whole URL where one place sets both.
 */
function connectionVariable(variables: Variables): Found<Secret> | null {
  const url = variables.rankOf(["DATABASE_URL"]);
  const parts = variables.rankOf(["DATABASE_HOST", "DATABASE_NAME"]);
  if (parts === null || (url !== null && url <= parts)) return variables.secret("DATABASE_URL");
  const part = (name: FileVariable): string | undefined => variables.secret(name)?.value.reveal();
  const value = urlFromParts({
    ...optional("host", part("DATABASE_HOST")),
    ...optional("port", part("DATABASE_PORT")),
    ...optional("user", part("DATABASE_USER")),
    ...optional("password", part("DATABASE_PASSWORD")),
    ...optional("name", part("DATABASE_NAME")),
  });
  const origin = (variables.secret("DATABASE_HOST") ?? variables.secret("DATABASE_NAME"))?.source ?? "DATABASE_HOST";
  return { value, rank: parts, source: origin };
}

function optional<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: string });
}

/** Reports a `DATABASE_PORT` that is not a port. */
export function checkPort(variables: Variables, problems: Problems): void {
  const port = variables.secret("DATABASE_PORT");
  if (port === null) return;
  const valid = port.value
    .reveal()
    .split(",")
    .every((item) => /^\s*\d{1,5}\s*$/.test(item) && Number(item) >= 1 && Number(item) <= 65_535);
  if (!valid) problems.add(port.source, "expected a port from 1 to 65535.");
}

/**
 * Reports a file that was named by hand and a process environment that each name a connection, but not the same one:
 * either choice could be the wrong database.
 */
export function checkEnvFileAgrees(
  processLayer: VariableLayer,
  named: VariableLayer,
  root: string,
  problems: Problems,
): void {
  const inFile = connectionVariable(new Variables([named], root));
  const inProcess = connectionVariable(new Variables([processLayer], root));
  if (inFile === null || inProcess === null || inFile.value.reveal() === inProcess.value.reveal()) return;
  problems.add(
    `--env-file ${named.origin}`,
    `names another connection (${inFile.source}) than the environment does (${inProcess.source}). Unset one of them, or say which by --url.`,
  );
}
