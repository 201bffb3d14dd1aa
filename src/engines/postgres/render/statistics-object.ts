import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Extended statistics. What is counted can't be changed in place, how much of it can. */
export const statisticsRenderer: Renderer = {
  create(statistics) {
    const name = sqlName(statistics.id);
    const kinds = list(statistics, "kinds");
    const what = [...list(statistics, "columns"), ...list(statistics, "expressions").map((one) => `(${one})`)];
    const only = kinds.length === 0 ? "" : ` (${kinds.join(", ")})`;
    return [
      `CREATE STATISTICS ${name}${only} ON ${what.join(", ")} FROM ${sqlName(statistics.parent ?? "")}`,
      ...(text(statistics, "target") === null ? [] : [target(statistics)]),
      ...newComment(`STATISTICS ${name}`, statistics),
    ];
  },
  drop: (statistics) => [`DROP STATISTICS ${sqlName(statistics.id)}`],
  alter(from, to, changed) {
    if (from.parent !== to.parent || !onlyThese(changed, ["target", "comment"])) return null;
    return [
      ...(changed.includes("target") ? [target(to)] : []),
      ...changedComment(`STATISTICS ${sqlName(to.id)}`, to, changed),
    ];
  },
};

function target(statistics: PlanObject): string {
  return `ALTER STATISTICS ${sqlName(statistics.id)} SET STATISTICS ${text(statistics, "target") ?? "-1"}`;
}
