/** A span of time: a text such as `"5s"`, `"2m"`, `"1h30m"`, or milliseconds as a number. */
export type Duration = string | number;

/** What an environment of the configuration may say differently. */
export interface EnvironmentConfig {
  /** The database of this environment. */
  readonly url?: string | undefined;
  /** The same database past a connection pooler. */
  readonly directUrl?: string | undefined;
  /** Marks the environment as production, where what is risky asks or is refused. */
  readonly production?: boolean | undefined;
  readonly ledger?: LedgerConfig | undefined;
  readonly lockTimeout?: Duration | undefined;
  readonly runLockTimeout?: Duration | undefined;
  readonly outOfOrder?: "refuse" | "apply" | undefined;
  readonly log?: LogConfig | undefined;
  readonly backup?: BackupConfig | undefined;
  /**
   * Where scratch databases for PostgreSQL are made: `"pglite"` for this process, a `postgres://` URL for a server, or
   * `"server"` for the server of the connection, which is refused in production. Of several places the first is for
   * comparisons, and revisions are proven on each.
   */
  readonly scratch?: string | readonly string[] | undefined;
}

/** Where Keelson keeps its own tables. */
export interface LedgerConfig {
  /** The PostgreSQL schema of Keelson's tables; `keelson` unless told. */
  readonly schema?: string | undefined;
  /** Put before the names of Keelson's tables. */
  readonly prefix?: string | undefined;
  /** The name of this history, so that several may share a database; `default` unless told. */
  readonly history?: string | undefined;
}

/** What is logged, and how. */
export interface LogConfig {
  readonly level?: "debug" | "info" | "warn" | "error" | "silent" | undefined;
  readonly format?: "text" | "json" | undefined;
}

/** Where backups are kept, and for how long. */
export interface BackupConfig {
  readonly directory?: string | undefined;
  readonly retentionDays?: number | undefined;
}

/** How the columns that Drizzle models leave unnamed are named after their keys. */
export type CasingConfig = "snake_case" | "camelCase";

/** One place where the schema is declared; a text is the path of `files`. */
export type SchemaSourceConfig =
  | string
  /** A file, a folder (all `.ts`, `.mts`, `.js`, `.mjs` and `.sql` files in it) or a pattern. */
  | { readonly files: string; readonly casing?: CasingConfig | undefined }
  /** A program that prints DDL: a line for the shell, or the program and its arguments. */
  | { readonly program: string | readonly string[] }
  /** The URL of another database. */
  | { readonly database: string };

/** Where the schema is declared: a source, several, or some for each dialect. */
export type SchemaConfig =
  | SchemaSourceConfig
  | readonly SchemaSourceConfig[]
  | {
      readonly postgres?: SchemaSourceConfig | readonly SchemaSourceConfig[] | undefined;
      readonly sqlite?: SchemaSourceConfig | readonly SchemaSourceConfig[] | undefined;
    };

/** Externally managed tables: never created, changed, dropped or compared. */
export interface ExternalConfig {
  /** Their names, `auth.users`, or `auth.*` for everything in a schema and the schema itself. */
  readonly tables: readonly string[];
  /** What scratch databases need of them, declared as the schema is: SQL files, models or a program. */
  readonly schema?: SchemaConfig | undefined;
}

/** What `keelson.config.ts` may say; every key has a default. */
export interface KeelsonConfig extends Omit<EnvironmentConfig, "production"> {
  /** The folder of revision files, from the configuration's folder; `migrations` unless told. */
  readonly migrations?: string | undefined;
  /** Where the schema is declared; the folders `models` and `schema` unless told. */
  readonly schema?: SchemaConfig | undefined;
  /** Tables that something else looks after, which the project's own may point to. */
  readonly external?: ExternalConfig | undefined;
  /**
   * Whether owners and privileges are a part of the schema, so that revisions write them. Unless told they are where SQL
   * files, programs or databases declare the schema and state some.
   */
  readonly privileges?: "managed" | "ignored" | undefined;
  /** Roles that are a part of the schema, with their attributes and memberships: names, or patterns such as `app_*`. */
  readonly roles?: readonly string[] | undefined;
  /** The environments by name. */
  readonly environments?: Readonly<Record<string, EnvironmentConfig>> | undefined;
  /** The environment used where neither `--env` nor `KEELSON_ENV` names one. */
  readonly defaultEnvironment?: string | undefined;
  /** The dialects that the project runs on; a connection of another one is refused. */
  readonly engines?: readonly ("postgres" | "sqlite")[] | undefined;
  /** The PostgreSQL majors that the project runs on; revisions are proven on each that is at hand. */
  readonly postgres?: readonly number[] | undefined;
}

/** What a configuration function is called with. */
export interface ConfigContext {
  /** The variables of the process and of the `.env` files, the process winning. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The environment that `--env` or `KEELSON_ENV` names, or null. */
  readonly environment: string | null;
}

/** A configuration that is computed from the environment. */
export type ConfigFunction = (context: ConfigContext) => KeelsonConfig | Promise<KeelsonConfig>;

/** Returns the configuration as it is; gives an editor its types. */
export function defineConfig<Config extends KeelsonConfig | ConfigFunction>(config: Config): Config {
  return config;
}
