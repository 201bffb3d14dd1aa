import { createRequire } from "node:module";
import type { ParseResult } from "@pgsql/types";
import { KeelsonError } from "../../../errors.ts";
import type { ScannedToken } from "../printed-text.ts";

/** PostgreSQL's own parser; a refused text is an error with `sqlDetails`. */
export type ScriptParser = (text: string) => ParseResult;

/** PostgreSQL's own scanner: the tokens of any text, a whole statement or not. */
export type Scanner = (text: string) => readonly ScannedToken[];

interface ParserModule {
  loadModule(): Promise<void>;
  parseSync(text: string): ParseResult;
  scanSync(text: string): { readonly tokens: readonly ScannedToken[] };
}

const require = createRequire(import.meta.url);
let loaded: Promise<ParserModule> | null = null;

/** The parser, loaded once and only when a script is parsed: it is a megabyte of WebAssembly. */
export async function loadParser(): Promise<ScriptParser> {
  loaded ??= load();
  const module = await loaded;
  return (text) => module.parseSync(text);
}

/** The scanner, which is in the same WebAssembly as the parser. */
export async function loadScanner(): Promise<Scanner> {
  loaded ??= load();
  const module = await loaded;
  return (text) => module.scanSync(text).tokens;
}

async function load(): Promise<ParserModule> {
  try {
    const module = require("libpg-query") as ParserModule;
    await module.loadModule();
    return module;
  } catch (error) {
    loaded = null;
    throw new KeelsonError("engine.missing", "PostgreSQL's parser (the package libpg-query) can't be loaded.", {
      hint: "Install Keelson's dependencies again: npm install.",
      cause: error,
    });
  }
}

/** Where the parser stopped, in characters from the start of the text, and why; null for any other error. */
export function syntaxFailure(error: unknown): { readonly message: string; readonly characters: number } | null {
  if (!(error instanceof Error) || !("sqlDetails" in error)) return null;
  const details = error.sqlDetails as { readonly cursorPosition?: number } | undefined;
  return { message: error.message, characters: details?.cursorPosition ?? 0 };
}
