import { defineConfig } from "keelson";

// No url here: the connection is the one of the environment, or of .env, which run.sh writes for the local server.
export default defineConfig({
  engines: ["postgres"],
  postgres: [15],
  schema: ["app/database/models", "app/database/schema"],
  migrations: "migrations",
});
