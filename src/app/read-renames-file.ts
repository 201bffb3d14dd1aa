import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { KeelsonError } from "../errors.ts";
import type { RenameOptions } from "./rename-answers.ts";

/** The same options with what their file says among them. Throws `usage.invalid` for a file that can't be read. */
export async function withRenamesFile<Options extends RenameOptions>(options: Options): Promise<Options> {
  if (options.renamesFile === undefined) return options;
  const file = options.renamesFile;
  let text: string;
  try {
    text = await readFile(resolve(options.cwd ?? ".", file), "utf8");
  } catch (error) {
    throw new KeelsonError("usage.invalid", `The file of renames ${file} can't be read. Nothing was planned.`, {
      hint: "Name a file that is there, from the folder that you are in.",
      cause: error,
    });
  }
  const { renames, drops } = readRenames(text, file);
  return {
    ...options,
    renames: [...(options.renames ?? []), ...renames],
    drops: [...(options.drops ?? []), ...drops],
  };
}

interface Answers {
  readonly renames: readonly string[];
  readonly drops: readonly string[];
}

/** Reads what a file of renames says, in lines or as JSON; `file` is for messages. */
export function readRenames(text: string, file: string): Answers {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return content.trimStart().startsWith("[") ? readJson(content, file) : readLines(content, file);
}

function readLines(text: string, file: string): Answers {
  const renames: string[] = [];
  const drops: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim();
    if (written === "" || written.startsWith("#")) continue;
    const [word = ""] = written.split(/\s/);
    const rest = written.slice(word.length).trim();
    if (word === "rename" && rest !== "") renames.push(rest);
    else if (word === "drop" && rest !== "") drops.push(rest);
    else throw unreadable(`${file}, line ${index + 1}: "${written}" says neither rename nor drop.`);
  }
  return { renames, drops };
}

function readJson(text: string, file: string): Answers {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw unreadable(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const renames: string[] = [];
  const drops: string[] = [];
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const { kind, from, to } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const prefix = typeof kind === "string" ? `${kind}:` : "";
    if (typeof from !== "string" || (kind !== undefined && typeof kind !== "string")) {
      throw unreadable(`${file}: entry ${index + 1} has no text "from".`);
    }
    if (to === null) drops.push(`${prefix}${from}`);
    else if (typeof to === "string") renames.push(`${prefix}${from}:${to}`);
    else throw unreadable(`${file}: entry ${index + 1} needs one name as "to", or null for what is dropped.`);
  }
  return { renames, drops };
}

function unreadable(message: string): KeelsonError {
  return new KeelsonError("usage.invalid", `${message} Nothing was planned.`, {
    hint: 'Write a line such as "rename users:people" or "drop users.age" for each, or a JSON list of { "kind", "from", "to" }.',
  });
}
