import { addedLabels } from "../render/types.ts";
import { quoteText } from "../sql-text.ts";
import type { Decision } from "./decide.ts";
import { list } from "./schema-model.ts";

/**
 * Whether an enum gets a label that another change of the same plan names. The server lets nothing use a new label before
 * it is committed.
 */
export function addsUsedLabel(decisions: ReadonlyMap<string, Decision>): boolean {
  const labels: string[] = [];
  const written: string[] = [];
  for (const decision of decisions.values()) {
    if (decision.what === "drop") continue;
    if (decision.what === "alter" && decision.from.kind === "enum") {
      const added = addedLabels(list(decision.from, "labels"), list(decision.to, "labels")) ?? [];
      labels.push(...added.map(({ label }) => quoteText(label)));
    } else written.push(JSON.stringify(Object.values(decision.to.attributes)));
  }
  return labels.some((label) => written.some((content) => content.includes(`${label}::`)));
}
