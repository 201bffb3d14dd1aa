import { describe } from "vitest";
import type { Engine } from "../../../src/engines/engine.ts";
import { describeDatabases } from "./databases.ts";
import { describeLocks } from "./locks.ts";
import { describeParsing } from "./parsing.ts";
import { describeReading } from "./reading.ts";
import { describeSessions } from "./sessions.ts";
import { describeSqlText } from "./sql-text.ts";

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

/** Runs everything that the Engine contract promises against one kind of database. */
export function describeEngine(name: string, make: MakeEngine): void {
  describe(name, () => {
    describeSessions(make);
    describeParsing(make);
    describeLocks(make);
    describeReading(make);
    describeSqlText(make);
    describeDatabases(make);
  });
}
