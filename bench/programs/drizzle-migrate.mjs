// The migrator of drizzle-orm as its documentation shows it: node drizzle-migrate.mjs MODULES FOLDER URL
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, migrationsFolder, connectionString] = process.argv.slice(2);
const require = createRequire(join(modules, "drizzle-migrate.cjs"));
const { Client } = require("pg");
const { drizzle } = require("drizzle-orm/node-postgres");
const { migrate } = require("drizzle-orm/node-postgres/migrator");

const client = new Client({ connectionString });
await client.connect();
await migrate(drizzle(client), { migrationsFolder });
await client.end();
