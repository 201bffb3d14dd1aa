import { rankOf } from "./ranks.ts";
import type { PlanObject } from "./schema-model.ts";

/** An action that is being put together. */
export interface Draft {
  readonly key: string;
  readonly rank: number;
  readonly object: PlanObject;
  readonly title: string;
  readonly sql: readonly string[];
  readonly losses: readonly string[];
  readonly folded: readonly string[];
  readonly after: Set<string>;
}

/** What an action is made of before it is linked to others. */
export type DraftPiece = Omit<Draft, "after" | "folded" | "losses" | "rank"> &
  Partial<Pick<Draft, "folded" | "losses">> & { readonly phase: string };

/** An action that does not know yet what must come before it. */
export function newDraft({ phase, ...piece }: DraftPiece): Draft {
  return { folded: [], losses: [], ...piece, rank: rankOf(phase, piece.object), after: new Set() };
}

/** Siblings keep their places; everything else goes by its name. */
export function orderText(object: PlanObject): string {
  const place = String(object.position).padStart(5, "0");
  return object.kind === "column" ? `${object.parent} ${place}` : object.id;
}

/** An object as the title of a statement names it. */
export function words(object: PlanObject): string {
  const named: Readonly<Record<string, string>> = { default: "default of", "publication-member": "member" };
  const kind = named[object.kind] ?? object.kind.replaceAll("-", " ");
  return `${kind} ${object.name}`;
}
