import { defineConfig } from "keelson";

// Without a url here the connection is DATABASE_URL, from the environment or from .env; without that, the embedded
// PostgreSQL in .keelson/dev.
export default defineConfig(({ env }) => ({
  migrations: "migrations",
  environments: {
    // What `scripts/db.sh --prod` and `--env production` work on: the address that the server itself uses there.
    production: { url: env["APP_REPOSITORY__DATABASE_URL"], production: true },
  },
}));
