import { join } from "node:path";
import { loadSettings } from "keelson";

/** The folder backend/. */
export const backend = join(import.meta.dirname, "..");

/** Something that whoever started the program has to put right. */
export class SettingsError extends Error {}

/** The database that Keelson works on as well: DATABASE_URL, from the environment or from backend/.env. */
export async function databaseUrl() {
  const { connection } = await loadSettings({ cwd: backend });
  const url = connection.url.reveal();
  if (/^postgres(ql)?:/.test(url)) return url;
  throw new SettingsError(
    "The application needs a PostgreSQL server: set DATABASE_URL, in the environment or in backend/.env (see .env.example).",
  );
}

/** A variable of the environment or of backend/.env; undefined where neither has it. */
export function variable(name) {
  if (process.env[name] === undefined) {
    try {
      process.loadEnvFile(join(backend, ".env"));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  const value = process.env[name];
  return value === "" ? undefined : value;
}
