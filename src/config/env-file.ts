import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { KeelsonError } from "../errors.ts";
import type { VariableRecord } from "./environment.ts";

/** The variables of one place, and what that place is called in messages. */
export interface VariableLayer {
  readonly origin: string;
  readonly values: VariableRecord;
}

/** Reads a `.env` file; null where there is none. Throws `file.unreadable` where there is one that can't be read. */
export async function readEnvFile(path: string, origin: string = basename(path)): Promise<VariableLayer | null> {
  const content = readIfThere(path);
  if (content === null) return null;
  const { default: dotenv } = await import("dotenv");
  return { origin, values: dotenv.parse(content.replace(/^\uFEFF/, "")) };
}

/** Reads the file that `--env-file` names; throws `config.not-found` where there is none. */
export async function readNamedEnvFile(path: string, origin: string): Promise<VariableLayer> {
  const layer = await readEnvFile(path, origin);
  if (layer !== null) return layer;
  throw new KeelsonError("config.not-found", `The file ${path}, named by --env-file, does not exist.`, {
    hint: "Correct its name; it is looked up from the working directory.",
    details: { path },
  });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new KeelsonError("file.unreadable", `The file ${path} can't be read (${code}).`, {
      hint: "Let the user that runs this command read it, or remove it.",
      details: { path },
      cause: error,
    });
  }
}
