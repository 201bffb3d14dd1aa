import type { LedgerStatements } from "../store/write-ledger.ts";
import type { BodySource } from "./prepare.ts";
import type { RunContext } from "./run-context.ts";
import type { CoveredSquash } from "./run-request.ts";
import { runTransaction } from "./transaction.ts";

/**
 * Gives each squash the place of what it replaces in the ledger, in one transaction under the run lock. Nothing of its SQL
 * runs: the database has been brought there by the revisions that it replaces.
 */
export async function recordSquashes(
  context: RunContext,
  bodies: BodySource,
  covered: readonly CoveredSquash[],
): Promise<void> {
  if (covered.length === 0) return;
  const records: string[] = [];
  for (const one of covered) records.push(...(await squashRecords(context.write, bodies, { ...one, ...context })));
  await runTransaction(context, {
    revision: covered.map(({ squash }) => squash.id).join(", "),
    settings: [],
    session: [],
    changesSession: false,
    statements: [],
    check: null,
    records: () => records,
    // Removing and recording again what another run has recorded would fail on the ledger's key.
    alreadyDone: async () => false,
  });
}

/** The ledger statements that put a squash where the revisions are that it replaces. */
async function squashRecords(
  write: LedgerStatements,
  bodies: BodySource,
  { squash, replaced, runId, performedBy }: CoveredSquash & { readonly runId: string; readonly performedBy: string },
): Promise<readonly string[]> {
  const { id, file, message, parents, checksum } = squash;
  const source = await bodies.readSource(squash);
  return [
    ...replaced.map((part) => write.removeApplied(part)),
    write.removeApplied(id),
    write.recordApplied({
      ...{ id, file, message, parents, checksum, source },
      origin: "stamp",
      appliedBy: performedBy,
      durationMs: 0,
    }),
    write.recordAttempt({
      ...{ run: runId, revision: id, performedBy },
      action: "stamp",
      outcome: "recorded",
      durationMs: 0,
      report: `replaces ${replaced.join(", ")}`,
    }),
  ];
}
