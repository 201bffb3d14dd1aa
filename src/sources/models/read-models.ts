import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isKeelsonError, KeelsonError } from "../../errors.ts";
import { collectModels, type LoadedFile } from "./collect-models.ts";
import { type Casing, loadDrizzle } from "./drizzle.ts";
import type { ModelReading } from "./found-model.ts";
import { installCommand } from "./install-command.ts";
import { ownModels } from "./own-models.ts";
import { postgresStatements } from "./postgres-statements.ts";
import { sqliteStatements } from "./sqlite-statements.ts";

/** Which model files to read, and for which dialect. */
export interface ModelRequest {
  /** The project's folder. */
  readonly root: string;
  /** Paths relative to it, sorted. */
  readonly files: readonly string[];
  readonly dialect: "postgres" | "sqlite";
  readonly casing: Casing | null;
  /** Tables of others, by name, which models may describe. */
  readonly external?: readonly string[];
  /** A folder for translated files, which may be deleted at any time; null to keep none. */
  readonly cacheFolder: string | null;
}

/**
 * Loads model files into this thread and writes what they declare. A thread keeps what it has loaded: to see changed
 * files, start another one. Throws `source.invalid` with the file and line of what is wrong.
 */
export async function readModels(request: ModelRequest): Promise<ModelReading> {
  const { root, dialect, casing } = request;
  const { createJiti } = await import("jiti");
  const jiti = createJiti(join(root, "models.mjs"), {
    fsCache: request.cacheFolder ?? false,
    interopDefault: false,
    ...(existsSync(join(root, "tsconfig.json")) ? { tsconfigPaths: join(root, "tsconfig.json") } : {}),
  });
  const loaded: LoadedFile[] = [];
  for (const name of request.files) {
    const path = join(root, name);
    const text = readFileSync(path, "utf8");
    try {
      loaded.push({ name, text, exports: await jiti.import(path) });
    } catch (error) {
      throw brokenFile(error, name, root);
    }
  }
  const install = installCommand("drizzle-orm", root);
  const drizzle = await loadDrizzle((name) => jiti.import(name), { files: request.files, install });
  try {
    const { models: found, notices } = collectModels(loaded, dialect, drizzle);
    const models = ownModels(found, request.external ?? [], drizzle);
    const write = dialect === "postgres" ? postgresStatements : sqliteStatements;
    const reading = write(models, drizzle, casing);
    return { ...reading, notices: [...notices, ...reading.notices] };
  } catch (error) {
    throw brokenFile(error, null, root);
  }
}

function brokenFile(error: unknown, file: string | null, root: string): KeelsonError {
  if (isKeelsonError(error)) return error;
  const thrown = error instanceof Error ? error : new Error(String(error));
  const place = placeOfError(thrown, root) ?? { file, line: null };
  const where = place.file === null ? "The models" : place.line === null ? place.file : `${place.file}:${place.line}`;
  const through = file !== null && place.file !== file ? ` (imported by ${file})` : "";
  const reason = reasonOf(thrown);
  const missing = packageOf(/^Cannot find (?:module|package) '([^']+)'/.exec(reason)?.[1] ?? "");
  return new KeelsonError("source.invalid", `${where} could not be read as models${through}: ${reason}`, {
    hint:
      missing === null
        ? "Correct the file; no database was contacted."
        : `Install it (${installCommand(missing, root)}), or correct the import; no database was contacted.`,
    details: { file: place.file, line: place.line, reason },
    cause: error,
  });
}

/** The package that a file imports from, or null for files of the project. */
function packageOf(imported: string): string | null {
  if (imported === "" || /^(?:[./#~]|[A-Za-z]:)/.test(imported)) return null;
  return imported
    .split("/")
    .slice(0, imported.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The first place within the project, its packages left out, that an error names: in its message, else in its stack. */
function placeOfError(error: Error, root: string): { readonly file: string; readonly line: number | null } | null {
  for (const text of [error.message, error.stack ?? ""]) {
    for (const [, path = "", line] of text.matchAll(/((?:[A-Za-z]:)?[\\/][^\n():]+\.[cm]?[jt]sx?):(\d+)/g)) {
      const file = relative(root, path);
      if (file.startsWith("..") || file.split(sep).includes("node_modules")) continue;
      return { file: file.split(sep).join("/"), line: Number(line) };
    }
  }
  return null;
}

/** What is wrong in one line; the place is told apart. */
function reasonOf(error: Error): string {
  const [first = ""] = error.message.split("\n");
  // Translated code calls an imported `text` as `(0 , _pgCore.text)`.
  const reason = first
    .replace(/^ParseError: /, "")
    .replace(/\(0 ?, ?_[\w$]+\.([\w$]+)\)/g, "$1")
    .trim();
  const name = error.name === "Error" || error.name === "" ? "" : `${error.name}: `;
  return reason.startsWith(name) ? reason : `${name}${reason}`;
}
