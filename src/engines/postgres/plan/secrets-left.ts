import { mappingName } from "../render/foreign-data.ts";
import { secretsOf } from "../render/foreign-options.ts";
import type { Decision } from "./decision.ts";
import type { PlanObject } from "./schema-model.ts";

/** The secrets that a plan gives something by name only, in words: no catalog and no revision ever holds their values. */
export function secretsLeft(decisions: ReadonlyMap<string, Decision>): readonly string[] {
  return [...decisions.values()].flatMap((decision) => {
    if (decision.what === "drop") return [];
    const { to } = decision;
    const attribute = to.kind === "table" || to.kind === "column" ? "foreignOptions" : "options";
    const before = decision.what === "alter" ? secretsOf(decision.from, attribute) : [];
    const fresh = foreignKinds.has(to.kind) ? secretsOf(to, attribute).filter((name) => !before.includes(name)) : [];
    if (fresh.length === 0) return [];
    return [`${fresh.join(", ")} of the ${words(to)}: no revision holds a secret; set it on each database by hand`];
  });
}

const foreignKinds: ReadonlySet<PlanObject["kind"]> = new Set([
  "foreign-data-wrapper",
  "server",
  "user-mapping",
  "table",
  "column",
]);

function words(object: PlanObject): string {
  if (object.kind !== "user-mapping") return `${object.kind.replaceAll("-", " ")} ${object.name}`;
  return `${mappingName(object).replace("USER MAPPING FOR", "user mapping of").replace("SERVER", "on server")} (ALTER ${mappingName(object)} OPTIONS (SET ...))`;
}
