import type { ServerFacts } from "../engines/engine.ts";
import { isKeelsonError } from "../errors.ts";
import { findOtherLedgers } from "../store/other-ledgers.ts";
import { readLedger } from "../store/read-ledger.ts";
import { type ProjectOptions, withProject } from "./project.ts";

/** What `doctor` found. */
export interface DoctorReport {
  readonly database: string;
  /** Which setting named the database. */
  readonly source: string;
  readonly connectMs: number;
  readonly facts: ServerFacts;
  readonly ledger: { readonly exists: boolean; readonly applied: number } | { readonly error: string };
  readonly warnings: readonly string[];
}

/** Connects, and says everything about the connection that a migration will depend on. Writes nothing. */
export async function doctor(options: ProjectOptions = {}): Promise<DoctorReport> {
  return await withProject(options, async ({ engine, settings }) => {
    const started = performance.now();
    const session = await engine.open("read");
    try {
      const connectMs = performance.now() - started;
      const facts = await engine.describe(session);
      const warnings: string[] = facts.missingPrivileges.map(
        ({ privilege, grant }) => `The user lacks ${privilege}: ${grant}`,
      );
      if (facts.readOnly)
        warnings.push("The database is read-only here: revisions can't be applied over this connection.");
      if (facts.pooled && settings.connection.directUrl === null) {
        warnings.push(
          "Connections go through a pooler in transaction mode. Runs work; give directUrl to be independent of its pool size.",
        );
      }
      if (facts.clockSkewMs !== null && Math.abs(facts.clockSkewMs) > 5000) {
        warnings.push(`The server's clock is ${Math.round(facts.clockSkewMs / 1000)} s away from this machine's.`);
      }
      for (const other of findOtherLedgers(await engine.listTables(session))) {
        warnings.push(`${other.tool} keeps a ledger here too: ${other.table}`);
      }
      return {
        database: engine.label,
        source: settings.connection.source,
        connectMs,
        facts,
        ledger: await ledgerFacts(),
        warnings,
      };

      async function ledgerFacts(): Promise<DoctorReport["ledger"]> {
        try {
          const ledger = await readLedger(engine, session, settings.ledger.history);
          return { exists: ledger.exists, applied: ledger.applied.size };
        } catch (error) {
          if (!isKeelsonError(error)) throw error;
          return { error: error.message };
        }
      }
    } finally {
      await session.close();
    }
  });
}
