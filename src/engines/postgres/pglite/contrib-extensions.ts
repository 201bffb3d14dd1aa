import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Extension } from "@electric-sql/pglite";

/** One bundle holds several extensions; all the others are named after the one they hold. */
const severalInOne: ReadonlyMap<string, readonly string[]> = new Map([
  ["spi", ["autoinc", "insert_username", "moddatetime", "refint"]],
]);

/** What can be loaded without being an extension in SQL's sense. */
const noExtensions: ReadonlySet<string> = new Set([
  "auto_explain",
  "passwordcheck",
  "pg_logicalinspect",
  "pg_overexplain",
]);

/** The extensions that PGlite brings along, by the names that CREATE EXTENSION takes, sorted. */
export function contribExtensions(): readonly string[] {
  return [...bundles().keys()].sort();
}

/** The options of PGlite that make these extensions available; names that it does not bring along are left out. */
export function extensionOptions(names: readonly string[]): Readonly<Record<string, Extension>> {
  const known = bundles();
  const files = new Map(names.flatMap((name) => known.get(name) ?? []).map((file) => [file.bundle, file.path]));
  return Object.fromEntries(
    [...files].map(([bundle, path]) => [
      bundle,
      { name: bundle, setup: async () => ({ bundlePath: pathToFileURL(path) }) } satisfies Extension,
    ]),
  );
}

interface BundleFile {
  readonly bundle: string;
  readonly path: string;
}

/** PGlite lays a compressed archive of each extension beside its own code. */
function bundles(): ReadonlyMap<string, BundleFile> {
  const folder = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  const files = readdirSync(folder).filter((name) => name.endsWith(".tar.gz"));
  return new Map(
    files.flatMap((file) => {
      const bundle = file.slice(0, -".tar.gz".length);
      if (noExtensions.has(bundle)) return [];
      const names = severalInOne.get(bundle) ?? [bundle];
      return names.map((name) => [name, { bundle, path: join(folder, file) }] as const);
    }),
  );
}
