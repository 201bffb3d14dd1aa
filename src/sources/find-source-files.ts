import { readdirSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { KeelsonError } from "../errors.ts";
import { fixedFolder, globMatcher, isPattern } from "./glob.ts";

/** The files of a source, their paths relative to the project's folder, with slashes, sorted. */
export interface SourceFiles {
  /** Model files: TypeScript and JavaScript. */
  readonly models: readonly string[];
  readonly sql: readonly string[];
}

const modelFile = /\.[mc]?[jt]s$/;
const declarations = /\.d\.[mc]?ts$/;
const sqlFile = /\.sql$/i;
const testFile = /\.(?:test|spec)\.[^.]+$/;
const ignoredFolders = new Set(["node_modules"]);

/**
 * Finds the files of a source: a file, a folder (all model and SQL files in it at any depth) or a pattern. Tests,
 * declaration files, packages and what begins with a dot are left out. Throws `source.missing` where there is none.
 */
export function findSourceFiles(path: string, root: string): SourceFiles {
  const wanted = fromRoot(path, root);
  const found = isPattern(wanted) ? matching(wanted, root) : filesAt(wanted, root);
  if (found === null) throw missing(path, isPattern(wanted) ? "matches no file" : "does not exist");
  const files = found.filter((file) => modelFile.test(file) || sqlFile.test(file)).sort();
  if (files.length === 0) throw missing(path, "has no model or SQL files (.ts, .mts, .js, .mjs, .sql)");
  return { models: files.filter((file) => modelFile.test(file)), sql: files.filter((file) => sqlFile.test(file)) };
}

/** The folders that are the source where none is configured, as far as they hold files. */
export function defaultSources(root: string): readonly string[] {
  return ["models", "schema"].filter((folder) => {
    const files = isFolder(join(root, folder)) ? walk(folder, root) : [];
    return files.some((file) => modelFile.test(file) || sqlFile.test(file));
  });
}

function fromRoot(path: string, root: string): string {
  const told = isAbsolute(path) ? relative(root, path) : path;
  const slashes = sep === "\\" ? told.replaceAll("\\", "/") : told;
  const parts = slashes.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
}

function missing(path: string, what: string): KeelsonError {
  return new KeelsonError("source.missing", `The schema source ${path} ${what}.`, {
    hint: "Correct `schema` in the configuration: a file, a folder or a pattern such as src/db/**/*.ts, from the project's folder.",
    details: { source: path },
  });
}

function filesAt(path: string, root: string): readonly string[] | null {
  const facts = statSync(resolve(root, path), { throwIfNoEntry: false });
  if (facts === undefined) return null;
  return facts.isDirectory() ? walk(path, root) : [path];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function matching(pattern: string, root: string): readonly string[] | null {
  const folder = fixedFolder(pattern);
  const matches = globMatcher(pattern);
  if (!isFolder(resolve(root, folder))) return null;
  const found = walk(folder, root).filter(matches);
  return found.length === 0 ? null : found;
}

function walk(folder: string, root: string): readonly string[] {
  const entries = readdirSync(resolve(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const { name } = entry;
    if (name.startsWith(".")) return [];
    const path = folder === "" || folder === "." ? name : `${folder}/${name}`;
    const link = entry.isSymbolicLink() ? statSync(resolve(root, path), { throwIfNoEntry: false }) : entry;
    // A link to a folder may lead back to where it stands; a link to a file is that file.
    if (entry.isDirectory()) return ignoredFolders.has(name) ? [] : walk(path, root);
    if (link?.isFile() !== true) return [];
    return testFile.test(name) || declarations.test(name) ? [] : [path];
  });
}
