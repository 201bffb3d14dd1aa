import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CorpusCase } from "../corpus/read-cases.ts";

/** The folder of the cases, or null where there is none; said loudly. */
export function casesFolder(): string | null {
  const folder = resolve(process.env["KEELSON_CASES"] ?? "../shared/cases");
  if (existsSync(folder)) return folder;
  console.warn(`No cases in ${folder}: the tests that need them are skipped (KEELSON_CASES names another folder).`);
  return null;
}

/** The pairs of schemas in `postgres-pairs.json`, each to become the other. */
export async function readPairs(folder: string): Promise<readonly CorpusCase[]> {
  const raw = JSON.parse(await readFile(join(folder, "postgres-pairs.json"), "utf8")) as {
    readonly cases: readonly {
      readonly name: string;
      readonly from: string;
      readonly to: string;
      readonly roles: readonly string[];
    }[];
  };
  return raw.cases.map(({ name, from, to, roles }) => {
    // Two lists cut a name with a quote in it into two names.
    const quoted = `${from}${to}`.includes(`"${roles.join('""')}"`) ? [roles.join('"')] : [];
    return { ...madeCase(name, from, to), roles: [...roles, ...quoted] };
  });
}

/** The schemas of real systems of one dialect: each version from empty and back, and to the next version and back. */
export async function readSystemCases(folder: string, dialect: "postgres" | "sqlite"): Promise<readonly CorpusCase[]> {
  const versions = await readSystems(folder, dialect);
  return versions.flatMap(({ system, version, sql }, index) => {
    const next = versions[index + 1];
    const empty = madeCase(`${system} ${version}`, "", sql);
    if (next === undefined || next.system !== system) return [empty];
    return [empty, madeCase(`${system} ${version} and ${next.version}`, sql, next.sql)];
  });
}

/** A case of two scripts and nothing else. */
export function madeCase(name: string, from: string, to: string): CorpusCase {
  const nothing = { roles: [], refused: [], obstacles: [], renames: [], maps: [] };
  return { name, from, to, rows: { from: "", to: "" }, places: [], ...nothing };
}

/** The real schemas of one dialect: system, version (oldest first) and SQL. */
async function readSystems(
  folder: string,
  dialect: "postgres" | "sqlite",
): Promise<readonly { readonly system: string; readonly version: string; readonly sql: string }[]> {
  const systems: { system: string; version: string; sql: string }[] = [];
  const readme = await readFile(join(folder, "README.md"), "utf8");
  for (const system of (await readdir(join(folder, "real", dialect))).sort()) {
    const files = await readdir(join(folder, "real", dialect, system));
    const versions = files.map((file) => file.replace(/\.sql$/, ""));
    const line = readme.split("\n").find((row) => row.startsWith(`| ${system}`)) ?? "";
    versions.sort((a, b) => place(line, a) - place(line, b));
    for (const version of versions) {
      const sql = await readFile(join(folder, "real", dialect, system, `${version}.sql`), "utf8");
      // SQLite's own dumps name a table that it makes itself, and that no statement can make.
      systems.push({ system, version, sql: sql.replace(/^CREATE TABLE sqlite_sequence\(name,seq\);$/m, "") });
    }
  }
  return systems;
}

function place(line: string, version: string): number {
  const words = line.split(/[\s,;|]+/);
  return words.indexOf(version);
}
