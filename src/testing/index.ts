export { type PostgresMajor, postgresMajors, postgresVersions } from "./embedded-postgres.ts";
export { createDatabase, databaseUrl, dropDatabase } from "./postgres-databases.ts";
export type { ShutdownMode } from "./postgres-process.ts";
export { type PostgresOptions, type PostgresServer, startPostgres } from "./start-postgres.ts";
