import { KeelsonError } from "../errors.ts";
import { outOfOrder } from "../history/applied.ts";
import { reach } from "../history/graph.ts";
import { findDisagreements, refuseDisagreements } from "../migrate/judge.ts";
import type { Project } from "./project.ts";

/**
 * Refuses a live database that does not stand where a new revision begins: one that has applied what the folder lacks,
 * or other revisions than those that the new one builds on. What it has would else be taken for the work of the new one.
 */
export async function refuseOtherHistory(project: Project, parents: readonly string[]): Promise<void> {
  const { history, ledger } = await project.standing();
  const found = findDisagreements(history.revisions, outOfOrder(history, ledger.applied), ledger);
  refuseDisagreements(found, { outOfOrder: "refuse", missing: "refuse" }, project.engine.label);
  const needed = reach(
    parents.flatMap((id) => history.get(id) ?? []),
    history.requirements,
  );
  const pending = [...needed].filter(({ id }) => !ledger.applied.has(id)).map(({ id }) => id);
  const beyond = history.revisions.filter((one) => ledger.applied.has(one.id) && !needed.has(one)).map(({ id }) => id);
  if (pending.length === 0 && beyond.length === 0) return;
  const what =
    pending.length > 0
      ? `has not applied ${pending.join(", ")}, which the new revision builds on`
      : `has applied ${beyond.join(", ")}, which the new revision does not build on`;
  throw new KeelsonError("usage.invalid", `${project.engine.label} ${what}. Nothing was written.`, {
    hint: "Bring it to the head first (keelson upgrade), or compare with the history: leave --from database out.",
    details: { pending, beyond },
  });
}
