import type { Engine, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { findOtherLedgers } from "../store/other-ledgers.ts";
import type { Ledger } from "../store/read-ledger.ts";
import type { PreparedStep } from "./prepare.ts";
import type { RunRoute } from "./run-request.ts";

/** Throws when a database without a ledger of Keelson's has one of another migration tool. */
export async function refuseOtherLedgers(engine: Engine, session: Session, ledger: Ledger): Promise<void> {
  if (ledger.exists) return;
  const [other] = findOtherLedgers(await engine.listTables(session));
  if (other === undefined) return;
  throw new KeelsonError(
    "ledger.foreign",
    `${engine.label} is looked after by ${other.tool}: it has the table ${other.table}, and no ledger of Keelson's. Nothing was run.`,
    {
      hint: "If the database already has what the revisions make, record that without running them: keelson stamp head (or the revision it stands at). From then on use Keelson only.",
      details: { tool: other.tool, table: other.table },
    },
  );
}

/** Another run may have changed what is left to do; what was never shown to the person is not run. */
export function expectPrepared(
  prepared: ReadonlyMap<string, PreparedStep>,
  revision: Revision,
  route: RunRoute,
): PreparedStep {
  const step = prepared.get(revision.id);
  if (step !== undefined && (step.direction === "down") === (route.direction === "down")) return step;
  throw new KeelsonError(
    "lock.lost",
    `Another run changed the database while this one waited: ${revision.id} was not among the revisions to run. Nothing was run.`,
    {
      hint: "Look at where the database stands (keelson status) and run again.",
    },
  );
}

/** The error of a run that shall be one transaction and can't. */
export function notTransactional(step: PreparedStep): KeelsonError {
  return new KeelsonError(
    "revision.not-transactional",
    `${step.section.file} has statements that need commits of their own, so the run can't be one transaction. Nothing was run.`,
    {
      hint: "Run without --single-transaction: such revisions are journalled statement by statement and can be resumed.",
      details: { revision: step.revision.id, file: step.section.file },
    },
  );
}
