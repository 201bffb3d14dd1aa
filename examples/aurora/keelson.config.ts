import { defineConfig } from "keelson";

// Development is the file below. Where DATABASE_URL is set (in the environment or in .env), it wins: production sets it
// to a PostgreSQL database. Both have the same history.
export default defineConfig({
  url: "sqlite:./aurora.db",
  engines: ["postgres", "sqlite"],
  schema: { postgres: ["models/postgres.ts"], sqlite: ["models/sqlite.ts"] },
});
