import { KeelsonError } from "../errors.ts";
import type { PreparedStep } from "./prepare.ts";
import type { RunContext } from "./run-context.ts";

/**
 * Asks the ledger again inside a step's own transaction, where the lock does not span steps: true when another run has
 * done the step already. Throws `lock.lost` when another run, going the other way, has taken away what the step builds
 * on, or put something on what the step would revert.
 */
export async function isAlreadyRecorded(context: RunContext, step: PreparedStep): Promise<boolean> {
  const { sql } = context.engine;
  const { id } = step.revision;
  const up = step.direction === "up";
  const others = up ? context.requirementsOf(step.revision) : context.dependantsOf(step.revision);
  const asked = [id, ...others].map((each) => sql.literal(each)).join(", ");
  const result = await context.session.query(
    `SELECT id FROM ${sql.table("ledger")} WHERE history = ${sql.literal(context.history)} AND id IN (${asked})`,
  );
  const applied = new Set(result.rows.map((row) => String(row["id"])));
  if (applied.has(id) === up) return true;
  const changed = others.filter((other) => applied.has(other) !== up);
  if (changed.length > 0) throw overtaken(step, changed);
  return false;
}

function overtaken(step: PreparedStep, changed: readonly string[]): KeelsonError {
  const what = step.direction === "up" ? "reverted" : "applied";
  return new KeelsonError(
    "lock.lost",
    `Another run ${what} ${changed.join(", ")} meanwhile, so ${step.revision.id} was left as it is. What this run did before stays.`,
    {
      hint: "Two runs went in different directions. Look at where the database stands (keelson status) and decide which way to go.",
      details: { revision: step.revision.id, changed },
    },
  );
}
