/** The engine for SQLite, for applications that hand one to the verbs; loads nothing of the other engines. */
export type { Engine } from "./engines/engine.ts";
export { type SqliteEngineOptions, sqliteEngine } from "./engines/sqlite/sqlite-engine.ts";
