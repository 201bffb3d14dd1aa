export type { ShutdownMode } from "../platform/local-postgres/postgres-process.ts";
export { embeddedPostgres, type PostgresMajor, postgresMajors, postgresVersions } from "./embedded-postgres.ts";
export { createDatabase, databaseUrl, dropDatabase } from "./postgres-databases.ts";
export { type PostgresOptions, type PostgresServer, startPostgres } from "./start-postgres.ts";
