import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { namedExtensions } from "../scratch/named-extensions.ts";

/** More files than this take longer to read than all extensions take to load. */
const mostFiles = 400;

/**
 * The extensions that the revisions of a folder name. PGlite must be told at its start which ones CREATE EXTENSION shall
 * find, and needs those again that a database already uses.
 */
export function extensionsOfFolder(folder: string, available: readonly string[]): readonly string[] {
  const files = listFolder(folder).filter((name) => /\.(?:sql|ts|mts|js|mjs)$/.test(name));
  if (files.length > mostFiles) return available;
  return namedExtensions(files.map((file) => readText(join(folder, file))).join("\n"), available);
}

/** A folder or a file that can't be read is told of where revisions are read. */
function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
