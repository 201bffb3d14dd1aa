import { secretsOf } from "../render/foreign-options.ts";
import type { RenderContext } from "../render/renderer.ts";
import { lossOfTypeChange } from "../render/type-change.ts";
import type { Decision } from "./decision.ts";
import { isForeign, isOfForeignTable } from "./foreign-tables.ts";
import { text } from "./schema-model.ts";
import { lossesOfType } from "./type-losses.ts";

/** The rows or values that carrying out a decision destroys, in words. */
export function lossesOf(decision: Decision, context: RenderContext): readonly string[] {
  if (decision.what === "create") return [];
  // A foreign table shows the rows of another server, which no statement here destroys.
  if (decision.from.kind === "column" && isOfForeignTable(decision.from, context.from)) return [];
  if (decision.what !== "drop" && ["enum", "domain", "type"].includes(decision.to.kind)) {
    return lossesOfType(decision.from, decision.to, context);
  }
  if (decision.what === "drop" || decision.what === "replace") return lossesOfDrop(decision);
  const { from, to } = decision;
  if (from.kind !== "column") return [];
  const reason = lossOfTypeChange(text(from, "type") ?? "", text(to, "type") ?? "");
  return reason === null ? [] : [`column ${from.name} ${reason}`];
}

function lossesOfDrop(decision: Extract<Decision, { what: "drop" | "replace" }>): readonly string[] {
  const { from } = decision;
  switch (from.kind) {
    case "table":
      return isForeign(from) || decision.what === "replace" ? [] : [`the table ${from.name} with all its rows`];
    case "column":
      return text(from, "generated") === null ? [`the column ${from.name} with all its values`] : [];
    case "user-mapping": {
      const secrets = secretsOf(from, "options");
      return secrets.length === 0 ? [] : [`${secrets.join(", ")} of the user mapping ${from.name}`];
    }
    case "sequence":
      return [`the sequence ${from.name} with its position`];
    case "role":
      return [`the role ${from.name} with its password`];
    case "extension":
      return decision.what === "drop" ? [`the extension ${from.name} with everything it brought`] : [];
    default:
      return [];
  }
}
