import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KeelsonError } from "../../../errors.ts";
import { checkParameter } from "./known-parameters.ts";

/** Where libpq's connection services are looked for. */
export interface ServicePlaces {
  /** `PGSERVICEFILE`, or null for the one in the home directory. */
  readonly file: string | null;
  readonly homeDirectory: string | null;
  readonly systemDirectory: string;
}

/** The parameters of one service: from the user's file, else from the system's; `connection.url` when neither has it. */
export function readServiceFile(name: string, places: ServicePlaces): Map<string, string> {
  const own = places.file ?? (places.homeDirectory === null ? null : join(places.homeDirectory, ".pg_service.conf"));
  const files = [...(own === null ? [] : [own]), join(places.systemDirectory, "pg_service.conf")];
  for (const file of files) {
    const text = readIfThere(file);
    const found = text === null ? null : readSection(text, name, file);
    if (found !== null) return found;
  }
  throw new KeelsonError("connection.url", `The connection service "${name}" is not defined.`, {
    hint: `It is looked for in ${files.join(" and ")}.`,
    details: { service: name },
  });
}

function readSection(text: string, name: string, file: string): Map<string, string> | null {
  let found: Map<string, string> | null = null;
  for (const [index, rawLine] of text.split(/\r?\n/).entries()) {
    const line = rawLine.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("[")) {
      if (found !== null) return found;
      if (line === `[${name}]`) found = new Map();
      continue;
    }
    if (found === null) continue;
    const equals = line.indexOf("=");
    if (equals < 0) {
      throw new KeelsonError("connection.url", `Line ${index + 1} of ${file} has no "=".`, {
        hint: "A line of a service is `name=value`.",
      });
    }
    const key = line.slice(0, equals);
    const value = line.slice(equals + 1);
    checkParameter(key, value);
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
