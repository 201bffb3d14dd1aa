import { createRequire } from "node:module";
import type { ParseResult } from "@pgsql/types";
import { KeelsonError } from "../../../errors.ts";

/** PostgreSQL's own parser; a refused text is an error with `sqlDetails`. */
export type ScriptParser = (text: string) => ParseResult;

interface ParserModule {
  loadModule(): Promise<void>;
  parseSync(text: string): ParseResult;
}

const require = createRequire(import.meta.url);
let loaded: Promise<ScriptParser> | null = null;

/** The parser, loaded once and only when a script is parsed: it is a megabyte of WebAssembly. */
export function loadParser(): Promise<ScriptParser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ScriptParser> {
  try {
    const module = require("libpg-query") as ParserModule;
    await module.loadModule();
    return (text) => module.parseSync(text);
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
