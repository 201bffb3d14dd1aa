/** The engine for PGlite, for applications that hand one to the verbs; loads nothing of the other engines. */
export type { Engine } from "./engines/engine.ts";
export { type PgliteEngineOptions, pgliteEngine } from "./engines/postgres/pglite-engine.ts";
