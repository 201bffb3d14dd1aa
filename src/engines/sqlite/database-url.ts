import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { KeelsonError } from "../../errors.ts";

/** Where a SQLite database is. `existing` is opened for writing but never created; `read-only` refuses write sessions. */
export type DatabaseLocation =
  | { readonly kind: "memory" }
  | { readonly kind: "file"; readonly file: string; readonly access: "create" | "existing" | "read-only" };

/** Parameters of SQLite's and SQLAlchemy's URLs that change nothing here. */
const withoutEffect = new Set(["cache", "uri"]);
const forms = "Write sqlite:app.db (from the project's folder), sqlite:/srv/app.db or sqlite::memory:.";

/**
 * Reads a connection URL: `sqlite:<file>`, `sqlite::memory:`, SQLAlchemy's `sqlite:///relative` and `sqlite:////absolute`
 * with or without a driver name, and SQLite's own `file:`. Relative files are resolved against `root`. Throws
 * `connection.url` for everything else.
 */
export function parseDatabaseUrl(url: string, root: string): DatabaseLocation {
  const match = /^(sqlite(?:\+\w+)?|file):([^?]*)(?:\?(.*))?$/is.exec(url);
  if (match === null) throw wrongUrl("it does not begin with sqlite: or file:");
  const [, scheme = "", path = "", query = ""] = match;
  const mode = readMode(query);
  const name = scheme.toLowerCase() === "file" ? filePath(path) : sqlitePath(path);
  if (name === ":memory:" || mode === "memory") return { kind: "memory" };
  if (name === "") throw wrongUrl("it names no file");
  if (/[/\\]$/.test(name)) throw wrongUrl("it names a folder, not a file");
  const access = mode === "ro" ? "read-only" : mode === "rw" ? "existing" : "create";
  return { kind: "file", file: resolve(root, name), access };
}

/** The location as it is shown to people: relative to the project where it lies inside it. */
export function locationLabel(location: DatabaseLocation, root: string): string {
  if (location.kind === "memory") return "sqlite::memory:";
  const inside = relative(root, location.file);
  return `sqlite:${inside === "" || inside.startsWith("..") || isAbsolute(inside) ? location.file : inside}`;
}

/** Another database beside this one; a name without an extension gets this one's. */
export function siblingLocation(location: DatabaseLocation, name: string): DatabaseLocation {
  if (name === "" || name.includes("\0") || basename(name) !== name || name === "." || name === "..") {
    throw new KeelsonError("usage.invalid", `"${name}" can't be the name of a database file. Nothing was changed.`, {
      hint: "Give a file name without folders, such as app_test or app_test.db.",
    });
  }
  if (location.kind === "memory") return location;
  const file = extname(name) === "" ? `${name}${extname(location.file)}` : name;
  return { ...location, file: join(dirname(location.file), file) };
}

function sqlitePath(path: string): string {
  if (path === "//") return ":memory:";
  const [slashes = ""] = /^\/*/.exec(path) ?? [];
  const rest = path.slice(slashes.length);
  if (rest === ":memory:") return rest;
  if (slashes.length === 2) {
    throw wrongUrl("two slashes would name a server, which SQLite does not have");
  }
  // SQLAlchemy: the third slash ends the empty server name, and a fourth begins an absolute path.
  const plain = slashes.length === 3 ? rest : slashes.length > 3 ? `/${rest}` : path;
  return decode(plain.startsWith("file:") ? filePath(plain.slice("file:".length)) : plain);
}

/** https://sqlite.org/uri.html: an authority may only be empty or localhost. */
function filePath(path: string): string {
  const authority = /^\/\/([^/]*)(\/.*)?$/s.exec(path);
  if (authority === null) return decode(path);
  if (authority[1] !== "" && authority[1] !== "localhost")
    throw wrongUrl("two slashes would name a server, which SQLite does not have");
  return decode(authority[2] ?? "");
}

function readMode(query: string): "ro" | "rw" | "rwc" | "memory" {
  let mode = "rwc";
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "mode") mode = value;
    else if (!withoutEffect.has(name))
      throw wrongUrl(
        `it has the unknown parameter "${name}"`,
        "The parameter mode is understood: ro, rw, rwc or memory.",
      );
  }
  if (mode === "ro" || mode === "rw" || mode === "rwc" || mode === "memory") return mode;
  throw wrongUrl(`mode is "${mode}"`, "mode is ro, rw, rwc or memory.");
}

function decode(path: string): string {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    throw wrongUrl(
      "it has a % that begins no character code",
      "Write %25 for a percent sign in a file's name, and %3F for a question mark.",
    );
  }
  if (text.includes("\0")) throw wrongUrl("it has a NUL character");
  return text;
}

function wrongUrl(problem: string, hint = forms): KeelsonError {
  return new KeelsonError("connection.url", `This is not a connection URL of a SQLite database: ${problem}.`, { hint });
}
