import type { RevisionBody, RevisionHeader } from "../history/revision.ts";
import { transactionFor } from "../history/revision.ts";
import { type ProvableRevision, sqlRevision } from "../scratch/prove.ts";

/** How the ways of a revision are grouped into transactions, and the revision's id where it has one. */
export interface ProvableModes extends Pick<RevisionHeader, "transaction" | "transactionDown"> {
  readonly id: string | null;
}

/** The parts of a revision that is SQL, each way in the transactions that the header asks for. */
export function provableSql(body: RevisionBody, modes: ProvableModes): ProvableRevision {
  const { id } = modes;
  const { down } = sqlRevision(body, { transaction: transactionFor(modes, "down"), id });
  return { ...sqlRevision(body, { transaction: transactionFor(modes, "up"), id }), down };
}
