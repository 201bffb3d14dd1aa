import { join, resolve } from "node:path";
import { cacheDirectory } from "../config/cache-directory.ts";
import type { Settings } from "../config/settings.ts";
import type { Engine } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";

/** The only place that chooses an engine; each is loaded only when its kind of URL is used. */
export async function openEngine(
  settings: Settings,
  onStatement?: (sql: string, milliseconds: number) => void,
): Promise<Engine> {
  const url = settings.connection.url.reveal();
  const scheme = /^([a-z0-9+]+):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const family = scheme.split("+")[0] ?? "";
  const { ledger } = settings;
  const observed = onStatement === undefined ? {} : { onStatement };
  switch (family) {
    case "postgres":
    case "postgresql": {
      const { postgresEngine } = await import("../engines/postgres/postgres-engine.ts");
      const directUrl = settings.connection.directUrl?.reveal() ?? null;
      return postgresEngine({ url, directUrl, ledger, environment: settings.pgVariables.reveal(), ...observed });
    }
    case "pglite": {
      const { pgliteEngine } = await import("../engines/postgres/pglite-engine.ts");
      return pgliteEngine({
        url: absolutePglite(url, settings.root),
        ledger,
        cacheDirectory: join(cacheDirectory(), "pglite"),
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
        `The connection from ${settings.connection.source} has no scheme that Keelson knows${scheme === "" ? "" : `: ${scheme}`}.`,
        {
          hint: "Use postgres://user@host/database, pglite:folder, pglite::memory:, sqlite:file or sqlite::memory:.",
        },
      );
  }
}

function absolutePglite(url: string, root: string): string {
  const path = url.slice("pglite:".length).replace(/^\/\//, "");
  return path.startsWith(":memory:") ? url : `pglite:${resolve(root, path)}`;
}
