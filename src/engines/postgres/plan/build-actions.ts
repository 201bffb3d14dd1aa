import type { Action } from "../../../plan/order-actions.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { addPrivileges } from "./add-privileges.ts";
import { orderText } from "./draft.ts";
import { draftActions } from "./draft-actions.ts";
import { type FateRequest, Fates } from "./fates.ts";
import { linkActions } from "./link-actions.ts";
import { addShellTypes } from "./shell-types.ts";
import { addStandIns, type StandIn } from "./stand-ins.ts";

/** An action of a plan with its statements. */
export interface PlanAction extends Action {
  readonly statements: readonly PlannedStatement[];
  /** The constraints written into a CREATE TABLE, by id; may be taken out again where they close a cycle. */
  readonly folded: readonly string[];
}

/** Turns decisions into actions that know what must come before them. */
export function buildActions(request: FateRequest & { readonly standIns: readonly StandIn[] }): readonly PlanAction[] {
  const fates = new Fates(request);
  const drafts = draftActions(fates);
  linkActions(drafts, fates);
  addPrivileges(drafts, fates);
  addShellTypes(drafts, request.context);
  addStandIns(drafts, request.standIns);
  return [...drafts.values()].map(({ key, rank, object, title, sql, losses, folded, after }) => ({
    key,
    rank,
    order: orderText(object),
    after,
    folded,
    statements: sql.map((statement, index) => ({
      sql: statement,
      title,
      objects: [object.id],
      losses: index === 0 ? losses : [],
    })),
  }));
}
