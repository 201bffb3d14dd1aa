import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { ConfigContext } from "./define-config.ts";

/** The names a configuration may have, in the order they are documented. */
export const configFileNames = [
  "keelson.config.ts",
  "keelson.config.mts",
  "keelson.config.js",
  "keelson.config.mjs",
  "keelson.config.json",
] as const;

/** The configuration of a folder or of the nearest folder above it, or null; throws where one folder has two. */
export function findConfigFile(folder: string): string | null {
  const found = configFileNames.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1) {
    throw new KeelsonError("config.invalid", `${folder} has several configurations: ${found.join(", ")}.`, {
      hint: "Keep one of them, or name one by --config.",
      details: { folder, files: found },
    });
  }
  const [name] = found;
  if (name !== undefined) return join(folder, name);
  const above = dirname(folder);
  return above === folder ? null : findConfigFile(above);
}

/**
 * Reads a configuration and returns what it says, unchecked. Throws `config.not-found`, or `config.invalid` where the
 * file is not readable as what its name says or its code fails.
 */
export async function loadConfigFile(file: string, context: ConfigContext): Promise<unknown> {
  const text = readConfig(file);
  if (file.endsWith(".json")) return parseJson(file, text);
  const { importConfig } = await import("./config-module.ts");
  const content = await runCode(file, () => importConfig(file, text));
  if (content === undefined) {
    throw new KeelsonError("config.invalid", `${file} has no default export.`, {
      hint: "Write: export default defineConfig({ ... })",
      details: { file },
    });
  }
  return typeof content === "function" ? await runCode(file, async () => await content(context)) : content;
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const missing = code === "ENOENT" || code === "ENOTDIR";
    throw new KeelsonError(
      missing ? "config.not-found" : "file.unreadable",
      missing ? `The configuration ${file} does not exist.` : `The configuration ${file} can't be read (${code}).`,
      {
        hint: "Correct the name given by --config, or run `keelson init` to write one.",
        details: { file },
        cause: error,
      },
    );
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the text around the place, where a password may be; only the place is kept.
    const [, offset] = /position (\d+)/.exec(error instanceof Error ? error.message : "") ?? [];
    const before = offset === undefined ? null : text.slice(0, Number(offset)).split("\n");
    const place = before === null ? "" : ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
    throw new KeelsonError("config.invalid", `${file} is not valid JSON${place}.`, {
      hint: "JSON allows no comments and no trailing commas; keelson.config.ts does.",
      details: { file },
    });
  }
}

async function runCode<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (isKeelsonError(error)) throw error;
    const reason = error instanceof Error ? firstLines(error) : "it threw something that is not an Error";
    throw new KeelsonError("config.invalid", `${basename(file)} could not be loaded: ${reason} (${file})`, {
      hint: "Correct the configuration; no database was contacted.",
      details: { file },
      cause: withoutSource(error, reason),
    });
  }
}

function firstLines(error: Error): string {
  const lines = error.message.split("\n").slice(0, 2);
  return lines
    .map((line) => line.trim())
    .join(" ")
    .trim();
}

/** The same error with nothing but the frames of its stack: a syntax error's stack quotes the line, password and all. */
function withoutSource(error: unknown, reason: string): Error {
  const copy = new Error(reason);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  copy.stack = [reason, ...stack.split("\n").filter((line) => /^\s+at /.test(line))].join("\n");
  return copy;
}
