import { defineConfig } from "keelson";

// The connection is DATABASE_URL or its five parts, from the environment, from --env-file or from .env; without any of
// them, the embedded PostgreSQL in .keelson/dev.
export default defineConfig({
  engines: ["postgres"],
  schema: ["models", "schema"],
  // In public, Keelson needs no more than the document grants: CREATE and USAGE on that schema.
  ledger: { schema: "public" },
  environments: {
    // .env.production says KEELSON_ENV=production; what must not happen there is refused.
    production: { production: true },
  },
});
