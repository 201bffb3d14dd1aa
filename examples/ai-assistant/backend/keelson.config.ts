import { defineConfig } from "keelson";

// The connection is DATABASE_URL, from the environment or from .env in this folder.
export default defineConfig({
  engines: ["postgres"],
  schema: "models",
  migrations: "migrations",
});
