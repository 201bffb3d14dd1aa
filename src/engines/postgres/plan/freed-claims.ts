import { sqlName } from "../../../catalog/object-id.ts";
import { claims } from "./claims.ts";
import type { Decision } from "./decision.ts";
import type { Partitions } from "./partitions.ts";
import { type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** Where names become free. */
export interface ClaimRequest {
  readonly drafts: readonly { readonly key: string; readonly object: PlanObject }[];
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly from: SchemaModel;
  readonly partitions: Partitions;
}

/** The keys of the actions after which a name is free, by claim. */
export function freedClaims({
  drafts,
  decisions,
  from,
  partitions,
}: ClaimRequest): ReadonlyMap<string, readonly string[]> {
  const freed = new Map<string, string[]>();
  const free = (objects: readonly PlanObject[], key: string, kept: ReadonlySet<string>): void => {
    for (const claim of objects.flatMap(claims))
      if (!kept.has(claim)) freed.set(claim, [...(freed.get(claim) ?? []), key]);
  };
  const aside = new Set(drafts.filter(({ key }) => key.startsWith("aside ")).map(({ object }) => object.id));
  for (const { key, object } of drafts) {
    const frees = key.startsWith("aside ") || (key.startsWith("drop ") && !aside.has(object.id));
    if (frees) free([object, ...partsOf(object, from, partitions)], key, new Set());
  }
  for (const decision of decisions.values()) {
    if (decision.what !== "alter" || decision.from.kind !== "column") continue;
    free([decision.from], `alter ${decision.to.id}`, new Set(claims(decision.to)));
  }
  return freed;
}

/** What goes with an object when it is dropped. */
function partsOf(object: PlanObject, from: SchemaModel, partitions: Partitions): readonly PlanObject[] {
  const children = [...from.children(object.id), ...attachedParts(object, partitions)];
  if (object.kind !== "table") return children;
  const columns = `${sqlName(object.id)}.`;
  const owned = from.objects.filter(
    (other) => other.kind === "sequence" && (text(other, "ownedBy") ?? "").startsWith(columns),
  );
  return [...children, ...owned];
}

/** The indexes of partitions that go with the partitioned table's. */
function attachedParts(index: PlanObject, partitions: Partitions): readonly PlanObject[] {
  const parts = partitions.parts(index, "from").filter((part) => !partitions.leaves(part.parent));
  return [...parts, ...parts.flatMap((part) => attachedParts(part, partitions))];
}
