import { describe } from "vitest";
import { describeDatabases } from "./databases.ts";
import type { MakeEngine } from "./engine-under-test.ts";
import { describeLocks } from "./locks.ts";
import { describeParsing } from "./parsing.ts";
import { describeReading } from "./reading.ts";
import { describeSessions } from "./sessions.ts";
import { describeSqlText } from "./sql-text.ts";

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
