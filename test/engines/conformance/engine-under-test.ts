import type { Engine } from "../../../src/engines/engine.ts";

/** A database for one test, and ways to reach it. Whoever makes it removes it. */
export interface EngineUnderTest {
  /** On a new, empty database. */
  readonly engine: Engine;
  /** Another engine on the same database, as another process would have; only asked for where `sessions` is `many`. */
  readonly again: () => Engine;
  /** On a database that does not exist and may be created. */
  readonly missing: Engine;
  /** What no label or message may hold. */
  readonly secrets: readonly string[];
}

/** How the suite gets its databases; called once for each test. */
export type MakeEngine = () => Promise<EngineUnderTest>;
