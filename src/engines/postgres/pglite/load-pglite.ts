import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { KeelsonError } from "../../../errors.ts";

/** Builds the messages of PostgreSQL's protocol. */
export interface WireWriter {
  query(text: string): Uint8Array;
  parse(statement: { readonly text: string }): Uint8Array;
  bind(values: { readonly values: readonly (string | null)[] }): Uint8Array;
  describe(target: { readonly type: "P" | "S" }): Uint8Array;
  execute(target: object): Uint8Array;
  sync(): Uint8Array;
}

/** PGlite, loaded. */
export interface PgliteModule {
  readonly PGlite: typeof PGlite;
  readonly write: WireWriter;
}

/** Loads PGlite: some milliseconds for the code; the database itself starts with the first instance. */
export async function loadPglite(): Promise<PgliteModule> {
  try {
    const module = await import("@electric-sql/pglite");
    const { serialize } = module.protocol as unknown as { readonly serialize: WireWriter };
    return { PGlite: module.PGlite, write: serialize };
  } catch (error) {
    throw new KeelsonError("engine.missing", "PGlite (the package @electric-sql/pglite) can't be loaded.", {
      hint: "Install Keelson's dependencies again: npm install.",
      cause: error,
    });
  }
}

/** The PostgreSQL major that PGlite is built from. */
export const pgliteMajor = "18";

/** The version of the installed PGlite, which decides about the format of its data directories. */
export function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), "..", "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
