import { ownName, sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Indexes that no constraint owns. */
export const indexRenderer: Renderer = {
  create(index) {
    const name = sqlName(index.id);
    const tablespace = text(index, "tablespace");
    const unique = isSet(index, "unique") ? "UNIQUE " : "";
    return [
      `CREATE ${unique}INDEX ${ownName(index.id)} ${definition(index)}`,
      ...(tablespace === null ? [] : [`ALTER INDEX ${name} SET TABLESPACE ${tablespace}`]),
      ...list(index, "statistics").map((setting) => statistics(name, setting)),
      ...newComment(`INDEX ${name}`, index),
    ];
  },
  drop: (index) => [`DROP INDEX ${sqlName(index.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["comment", "statistics", "tablespace"])) return null;
    const name = sqlName(to.id);
    const before = list(from, "statistics");
    const after = list(to, "statistics");
    const numbers = new Set(after.map((setting) => setting.split(" ")[0]));
    return [
      ...before
        .filter((setting) => !numbers.has(setting.split(" ")[0]))
        .map((setting) => statistics(name, `${setting.split(" ")[0]} -1`)),
      ...after.filter((setting) => !before.includes(setting)).map((setting) => statistics(name, setting)),
      ...(changed.includes("tablespace")
        ? [`ALTER INDEX ${name} SET TABLESPACE ${text(to, "tablespace") ?? "pg_default"}`]
        : []),
      ...changedComment(`INDEX ${name}`, to, changed),
    ];
  },
};

/** Gives an index another name. */
export function renameIndex(from: PlanObject, to: PlanObject): string {
  return `ALTER INDEX ${sqlName(from.id)} RENAME TO ${ownName(to.id)}`;
}

function statistics(index: string, setting: string): string {
  const [column, target] = setting.split(" ");
  return `ALTER INDEX ${index} ALTER COLUMN ${column} SET STATISTICS ${target}`;
}

/** The index of a partitioned table is printed for itself alone, and made with those of its partitions. */
function definition(index: PlanObject): string {
  const printed = text(index, "definition") ?? "";
  const alone = "ON ONLY ";
  return printed.startsWith(alone) && !isSet(index, "invalid") ? `ON ${printed.slice(alone.length)}` : printed;
}
