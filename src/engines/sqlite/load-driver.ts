import { createRequire } from "node:module";
import type Database from "better-sqlite3";
import { KeelsonError } from "../../errors.ts";

/** The constructor of connections. */
export type Driver = typeof Database;
/** One open connection of the driver. */
export type Connection = Database.Database;

let loaded: Promise<Driver> | undefined;

/**
 * Loads better-sqlite3, once. Throws `engine.missing` with the command that helps when it is not installed, or was built
 * for another Node.
 */
export function loadDriver(): Promise<Driver> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw driverProblem(error);
  });
  return loaded;
}

/** The version of the SQLite library that the driver brings along, for example `3.53.1`. */
export async function sqliteVersion(): Promise<string> {
  const connection = new (await loadDriver())(":memory:");
  try {
    return String(connection.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    connection.close();
  }
}

async function load(): Promise<Driver> {
  const { default: driver } = await import("better-sqlite3");
  refuseUnsafePair(driverVersion(), process.version);
  // The native part is only loaded by the first connection.
  new driver(":memory:").close();
  return driver;
}

function driverVersion(): string {
  const { version } = createRequire(import.meta.url)("better-sqlite3/package.json") as { readonly version: string };
  return version;
}

/** The major of better-sqlite3 that fits a Node release: 13 needs Node 22, and 12 fails on 24. */
function fittingMajor(node: string): 12 | 13 {
  return majorOf(node) >= 24 ? 13 : 12;
}

/**
 * On Node 24 the connections of better-sqlite3 12 end the process when they are garbage collected, at any moment of a
 * run: such a pair is refused before anything is opened.
 */
export function refuseUnsafePair(driver: string, node: string): void {
  if (majorOf(driver) >= fittingMajor(node)) return;
  throw new KeelsonError(
    "engine.missing",
    `better-sqlite3 ${driver} does not work in Node ${node}: it would end the process during a run. Nothing was opened.`,
    {
      hint: `Install the one for this Node: npm install better-sqlite3@${fittingMajor(node)}`,
      details: { package: "better-sqlite3", version: driver, node },
    },
  );
}

function majorOf(version: string): number {
  return Number(/\d+/.exec(version)?.[0] ?? 0);
}

/** What to say of a driver that can't be loaded. */
export function driverProblem(error: unknown): KeelsonError {
  if (error instanceof KeelsonError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  const details = { package: "better-sqlite3", node: process.version };
  if ((code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && message.includes("better-sqlite3")) {
    return new KeelsonError(
      "engine.missing",
      "SQLite needs the package better-sqlite3, which is not installed. Nothing was opened.",
      {
        hint: `Install it: npm install better-sqlite3@${fittingMajor(process.version)}`,
        details,
        cause: error,
      },
    );
  }
  return new KeelsonError(
    "engine.missing",
    `The package better-sqlite3 is installed but its native part does not load in Node ${process.version}: ${message.split("\n")[0]}`,
    { hint: "Build it for this Node: npm rebuild better-sqlite3", details, cause: error },
  );
}
