import { spawnSync } from "node:child_process";

/** How psql or sqlite3 ended. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

/** Whether a program is not installed here; says so aloud, and throws when `CI=true`, where nothing may be skipped. */
export function programMissing(program: "psql" | "sqlite3"): boolean {
  if (spawnSync(program, ["--version"]).status === 0) return false;
  const message = `${program} is not installed`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`\nSKIPPED: ${message}\n`);
  return true;
}

/** Applies a script with the program that its engine's users have: `psql -v ON_ERROR_STOP=1` or `sqlite3`. */
export function applyScript(engine: "postgres" | "sqlite", url: string, script: string): ProgramResult {
  const [program, args] =
    engine === "postgres"
      ? ["psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", url]]
      : ["sqlite3", [url.replace(/^sqlite:/, "")]];
  const result = spawnSync(program, args, {
    input: script,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", PGCLIENTENCODING: "LATIN1" },
  });
  return { code: result.status, output: `${result.stdout}${result.stderr}` };
}
