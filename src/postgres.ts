/** The engine for PostgreSQL servers, for applications that hand one to the verbs; loads nothing of the other engines. */
export type { Engine } from "./engines/engine.ts";
export { type PostgresEngineOptions, postgresEngine } from "./engines/postgres/postgres-engine.ts";
