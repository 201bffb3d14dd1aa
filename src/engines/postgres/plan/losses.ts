import { lossOfTypeChange } from "../render/type-change.ts";
import type { Decision } from "./decide.ts";
import { list, text } from "./schema-model.ts";

/** The rows or values that carrying out a decision destroys, in words. */
export function lossesOf(decision: Decision): readonly string[] {
  if (decision.what === "drop" || decision.what === "replace") return lossesOfDrop(decision);
  if (decision.what === "create") return [];
  const { from, to } = decision;
  if (from.kind !== "column") return [];
  const reason = lossOfTypeChange(text(from, "type") ?? "", text(to, "type") ?? "");
  return reason === null ? [] : [`column ${from.name} ${reason}`];
}

function lossesOfDrop(decision: Extract<Decision, { what: "drop" | "replace" }>): readonly string[] {
  const { from } = decision;
  switch (from.kind) {
    case "table":
      return [`the table ${from.name} with all its rows`];
    case "column":
      return text(from, "generated") === null ? [`the column ${from.name} with all its values`] : [];
    case "sequence":
      return [`the sequence ${from.name} with its position`];
    case "extension":
      return decision.what === "drop" ? [`the extension ${from.name} with everything it brought`] : [];
    case "enum": {
      if (decision.what === "drop") return [];
      const labels = list(decision.to, "labels");
      const gone = list(from, "labels").filter((label) => !labels.includes(label));
      return gone.length === 0 ? [] : [`${gone.join(", ")} of enum ${from.name}; rows that use it stop the revision`];
    }
    default:
      return [];
  }
}
