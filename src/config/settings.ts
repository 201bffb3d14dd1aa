import type { Dialect } from "../engines/engine.ts";
import type { Secret } from "./secret.ts";

/** Where a database is, after every source (flag, environment, file, default) was weighed. */
export interface ConnectionSettings {
  /** A connection URL as design allows: `postgres://`, `pglite:`, `sqlite:`. */
  readonly url: Secret;
  /** For work that a pooler can't carry; null to use `url`. */
  readonly directUrl: Secret | null;
  /** Which source won, for messages: `--url`, `DATABASE_URL`, `keelson.config.ts (environment staging)`, `default`. */
  readonly source: string;
}

/** One place where the schema is declared. */
export type SchemaSourceSetting =
  | { readonly kind: "files"; readonly path: string; readonly casing: "snake_case" | "camelCase" | null }
  | { readonly kind: "program"; readonly command: string | readonly string[] }
  | { readonly kind: "database"; readonly url: Secret };

/** Trusted settings: every path absolute, every value checked, every default filled in. */
export interface Settings {
  /** The project's folder: where the configuration was found, else the working directory. */
  readonly root: string;
  readonly configFile: string | null;
  /** The chosen environment's name, or null. */
  readonly environment: string | null;
  /** Whether that environment is marked as production. */
  readonly production: boolean;
  readonly connection: ConnectionSettings;
  /** The folder of revision files. */
  readonly migrations: string;
  /** Where the schema is declared, by dialect; null where the configuration says nothing, empty where it names only the other. */
  readonly schema: Readonly<Record<Dialect, readonly SchemaSourceSetting[] | null>>;
  /** Tables that others look after, by name, and what declares them for scratch databases. */
  readonly external: {
    readonly tables: readonly string[];
    readonly schema: Readonly<Record<Dialect, readonly SchemaSourceSetting[] | null>>;
  };
  /** Whether owners and privileges are a part of the schema; null where that follows from what is declared. */
  readonly privileges: "managed" | "ignored" | null;
  /** The roles that are a part of the schema, by name, or by a pattern with `*` in it. */
  readonly roles: readonly string[];
  readonly ledger: {
    /** The PostgreSQL schema of Keelson's tables. */
    readonly schema: string;
    /** Put before the names of Keelson's tables: `keelson_` for SQLite, empty in a schema of their own. */
    readonly prefix: string;
    /** The name of this history, so that several may share a database. */
    readonly history: string;
  };
  /** How long a statement may wait for a lock on a table, in milliseconds. */
  readonly lockTimeoutMs: number;
  /** How long a run waits for another run, in milliseconds. */
  readonly runLockTimeoutMs: number;
  /** What to do with a pending revision that is older than an applied one of the same branch. */
  readonly outOfOrder: "refuse" | "apply";
  /** Dialects that the project runs on; empty when not said. The connection's own dialect is one of them. */
  readonly engines: readonly Dialect[];
  /** libpq's own variables (`PGHOST`, `PGSSLMODE`, `PGPASSWORD`, ...) for what a PostgreSQL URL leaves out. */
  readonly pgVariables: Secret<Readonly<Record<string, string>>>;
  /** PostgreSQL majors that the project runs on; empty when not said. */
  readonly postgres: readonly number[];
  readonly log: { readonly level: "debug" | "info" | "warn" | "error" | "silent"; readonly format: "text" | "json" };
  /** `DB_DEBUG=1`: stack traces, and every statement with its time. */
  readonly debug: boolean;
  /**
   * Where scratch databases for PostgreSQL are made, the first place for comparisons and each for proofs: in this process,
   * on the server of the connection, or on a server of this URL. Empty to take a local server of each wanted major where
   * there is one, else this process.
   */
  readonly scratch: readonly ("pglite" | "server" | Secret)[];
  readonly backup: { readonly directory: string; readonly retentionDays: number; readonly skip: boolean };
}

/** What a command line or a caller of the library may override. */
export interface SettingOverrides {
  readonly cwd?: string;
  readonly configFile?: string;
  readonly environment?: string;
  readonly envFile?: string;
  readonly url?: string;
  readonly directUrl?: string;
  readonly migrations?: string;
  readonly lockTimeoutMs?: number;
  readonly runLockTimeoutMs?: number;
  readonly logLevel?: Settings["log"]["level"];
  readonly logFormat?: Settings["log"]["format"];
}
