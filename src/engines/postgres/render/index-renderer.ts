import { ownName, sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Indexes that no constraint owns. */
export const indexRenderer: Renderer = {
  create: (index) => createIndex(index, { alone: false }),
  drop: (index) => [`DROP INDEX ${sqlName(index.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["comment", "statistics", "tablespace", "invalid"])) return null;
    if (changed.includes("invalid") && isSet(to, "invalid")) return null;
    const name = sqlName(to.id);
    const before = list(from, "statistics");
    const after = list(to, "statistics");
    const numbers = new Set(after.map((setting) => setting.split(" ")[0]));
    return [
      ...(changed.includes("invalid") ? [`REINDEX INDEX ${name}`] : []),
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

function statistics(index: string, setting: string): string {
  const [column, target] = setting.split(" ");
  return `ALTER INDEX ${index} ALTER COLUMN ${column} SET STATISTICS ${target}`;
}

/** Creates an index; `alone`: of a partitioned table and not of its partitions, whose own are attached to it. */
export function createIndex(index: PlanObject, { alone }: { readonly alone: boolean }): readonly string[] {
  const name = sqlName(index.id);
  const tablespace = text(index, "tablespace");
  const unique = isSet(index, "unique") ? "UNIQUE " : "";
  return [
    `CREATE ${unique}INDEX ${ownName(index.id)} ${definition(index, alone)}`,
    ...(tablespace === null ? [] : [`ALTER INDEX ${name} SET TABLESPACE ${tablespace}`]),
    ...list(index, "statistics").map((setting) => statistics(name, setting)),
    ...newComment(`INDEX ${name}`, index),
  ];
}

/** The index of a partitioned table is printed for itself alone. */
function definition(index: PlanObject, alone: boolean): string {
  const printed = text(index, "definition") ?? "";
  const only = "ON ONLY ";
  return printed.startsWith(only) && !alone ? `ON ${printed.slice(only.length)}` : printed;
}
