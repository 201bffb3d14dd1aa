import { readFile, stat } from "node:fs/promises";
import type { ServerAddress } from "./server-target.ts";

/** What a line of the password file is compared with. */
export interface PasswordQuestion {
  readonly address: ServerAddress;
  readonly database: string;
  readonly user: string;
}

/**
 * The password that libpq's password file holds for a connection, or null. Like libpq, a file that others may read is
 * ignored.
 */
export async function passwordFromFile(file: string, question: PasswordQuestion): Promise<string | null> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) return null;
    if (process.platform !== "win32" && (facts.mode & 0o077) !== 0) return null;
    return findPassword(await readFile(file, "utf8"), question);
  } catch {
    return null;
  }
}

/** Looks a password up in the text of a password file; the first line that matches wins. */
export function findPassword(text: string, question: PasswordQuestion): string | null {
  const { host, port } = question.address;
  // libpq writes the default socket folders as localhost in this file.
  const hosts = host.startsWith("/") ? [host, "localhost"] : [host];
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) continue;
    const [lineHost, linePort, lineDatabase, lineUser, password] = splitLine(line);
    if (password === undefined) continue;
    const matches =
      (lineHost === "*" || hosts.includes(lineHost ?? "")) &&
      (linePort === "*" || linePort === String(port)) &&
      (lineDatabase === "*" || lineDatabase === question.database) &&
      (lineUser === "*" || lineUser === question.user);
    if (matches) return password;
  }
  return null;
}

/** Fields are separated by colons; a backslash makes the next character plain. */
function splitLine(line: string): string[] {
  const fields = [""];
  let escaped = false;
  for (const character of line) {
    const plain = escaped || (character !== "\\" && (character !== ":" || fields.length === 5));
    escaped = !escaped && character === "\\";
    if (plain) fields[fields.length - 1] += character;
    else if (!escaped) fields.push("");
  }
  return fields;
}
