import { join, resolve } from "node:path";
import { cacheDirectory } from "../config/cache-directory.ts";
import type { Settings } from "../config/settings.ts";
import type { Dialect, Engine } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { extensionsOfFolder } from "./pglite-extensions.ts";

/** What an engine needs besides the place of its database. */
interface EngineContext {
  readonly settings: Pick<Settings, "root" | "ledger" | "pgVariables" | "runLockTimeoutMs"> &
    Partial<Pick<Settings, "roles">>;
  readonly onStatement?: ((sql: string, milliseconds: number) => void) | undefined;
}

/** The only place that chooses an engine; each is loaded only when its kind of URL is used. */
export async function openEngine(
  settings: Settings,
  onStatement?: (sql: string, milliseconds: number) => void,
): Promise<Engine> {
  const { url, directUrl, source } = settings.connection;
  const extensions = /^pglite:/i.test(url.reveal()) ? await wantedExtensions(settings.migrations) : [];
  const place = { url: url.reveal(), directUrl: directUrl?.reveal() ?? null, source, extensions };
  return await openEngineAt(place, { settings, onStatement });
}

/** The engine for any URL, with everything else as the settings say. Connects to nothing. */
export async function openEngineAt(
  place: {
    readonly url: string;
    readonly directUrl?: string | null;
    /** Where the URL comes from, for messages. */
    readonly source: string;
    /** Extensions that PGlite shall load. */
    readonly extensions?: readonly string[];
  },
  { settings, onStatement }: EngineContext,
): Promise<Engine> {
  const { url, directUrl = null, extensions = [] } = place;
  const scheme = /^([a-z0-9+]+):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const family = scheme.split("+")[0] ?? "";
  const { ledger, roles = [] } = settings;
  const observed = onStatement === undefined ? {} : { onStatement };
  switch (family) {
    case "postgres":
    case "postgresql": {
      const { postgresEngine } = await import("../engines/postgres/postgres-engine.ts");
      return postgresEngine({ url, directUrl, ledger, roles, environment: settings.pgVariables.reveal(), ...observed });
    }
    case "pglite": {
      const { pgliteEngine } = await import("../engines/postgres/pglite-engine.ts");
      return pgliteEngine({
        url: absolutePglite(url, settings.root),
        ledger,
        roles,
        cacheDirectory: join(cacheDirectory(), "pglite"),
        extensions,
        ...observed,
      });
    }
    case "sqlite": {
      const { sqliteEngine } = await import("../engines/sqlite/sqlite-engine.ts");
      return sqliteEngine({ url, ledger, root: settings.root, busyTimeoutMs: settings.runLockTimeoutMs, ...observed });
    }
    default:
      throw new KeelsonError(
        "connection.url",
        `The connection from ${place.source} has no scheme that Keelson knows${scheme === "" ? "" : `: ${scheme}`}.`,
        {
          hint: "Use postgres://user@host/database, pglite:folder, pglite::memory:, sqlite:file or sqlite::memory:.",
        },
      );
  }
}

/** What is known of the engines in this process without starting one. */
export async function embeddedEngine(dialect: Dialect): Promise<{
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  /** Equal exactly when two installations read schemas alike. */
  readonly identity: string;
  /** Extensions that must be named when a database starts. */
  readonly extensions: readonly string[];
}> {
  if (dialect === "postgres") {
    const { contribExtensions } = await import("../engines/postgres/pglite/contrib-extensions.ts");
    const { pgliteMajor, pgliteVersion } = await import("../engines/postgres/pglite/load-pglite.ts");
    return { version: pgliteMajor, identity: `pglite ${pgliteVersion()}`, extensions: contribExtensions() };
  }
  const { sqliteVersion } = await import("../engines/sqlite/load-driver.ts");
  const version = await sqliteVersion();
  return { version: version.split(".").slice(0, 2).join("."), identity: `sqlite ${version}`, extensions: [] };
}

async function wantedExtensions(migrations: string): Promise<readonly string[]> {
  const { contribExtensions } = await import("../engines/postgres/pglite/contrib-extensions.ts");
  return extensionsOfFolder(migrations, contribExtensions());
}

function absolutePglite(url: string, root: string): string {
  const path = url.slice("pglite:".length).replace(/^\/\//, "");
  return path.startsWith(":memory:") ? url : `pglite:${resolve(root, path)}`;
}
