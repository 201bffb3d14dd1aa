import { closeSync, fstatSync, openSync, readFileSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { KeelsonError } from "../errors.ts";
import { Secret } from "./secret.ts";

/** Folders that a container runtime mounts for one container, where modes say nothing about who can read. */
const mountedFolders = ["/run/secrets", "/var/run/secrets"];
const largestBytes = 1_048_576;

/**
 * Reads the secret that a variable such as `DATABASE_PASSWORD_FILE` points to, less one trailing newline. Throws
 * `config.secret` naming the file where it is missing, empty, or readable by other users.
 */
export function readSecretFile(variable: string, path: string, folder: string): Secret {
  const file = resolve(folder, path);
  const content = read(variable, file).replace(/\r?\n$/, "");
  if (content === "") {
    throw secretError(variable, file, "is empty", "Write the secret into the file, or unset the variable.");
  }
  return new Secret(content);
}

function read(variable: string, file: string): string {
  let descriptor: number | undefined;
  try {
    // The checks look at the very file that is read, which a name could no longer promise.
    descriptor = openSync(file, "r");
    refuse(variable, file, fstatSync(descriptor));
    return readFileSync(descriptor, "utf8");
  } catch (error) {
    if (error instanceof KeelsonError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw secretError(variable, file, "does not exist", "Make the file, or correct or unset the variable.");
    }
    throw secretError(variable, file, `can't be read (${code})`, "Let the user that runs this command read the file.");
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function refuse(variable: string, file: string, facts: Stats): void {
  if (facts.isDirectory()) throw secretError(variable, file, "is a folder", "Name the file inside it.");
  if (!facts.isFile()) return;
  if (facts.size > largestBytes) {
    throw secretError(variable, file, "is larger than 1 MiB", "Name the file that holds the secret alone.");
  }
  if (process.platform === "win32" || (facts.mode & 0o044) === 0 || isMounted(file)) return;
  const mode = (facts.mode & 0o777).toString(8).padStart(4, "0");
  throw secretError(variable, file, `is readable by other users (mode ${mode})`, `Run: chmod 600 ${file}`);
}

function isMounted(file: string): boolean {
  const places = [file, realpathSync(file)];
  return places.some((place) => mountedFolders.some((folder) => place.startsWith(folder + sep))) || isProjected(file);
}

/**
 * Kubernetes writes projected volumes as `<mount>/name -> ..data/name` with `..data` a link to a dated folder, which it
 * swaps to rotate a secret.
 */
function isProjected(file: string): boolean {
  try {
    readlinkSync(join(dirname(file), "..data"));
    return readlinkSync(file).startsWith(`..data${sep}`);
  } catch {
    return false;
  }
}

function secretError(variable: string, file: string, problem: string, hint: string): KeelsonError {
  return new KeelsonError(
    "config.secret",
    `The file ${file}, named by ${variable}, ${problem}. No database was contacted.`,
    {
      hint,
      details: { variable, file },
    },
  );
}
