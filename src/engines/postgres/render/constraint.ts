import { idParts } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, onlyThese, optionChanges, optionList, type Renderer } from "./renderer.ts";

/** Constraints of tables that are not written with their table. */
export const constraintRenderer: Renderer = {
  create(constraint) {
    const options = list(constraint, "indexOptions");
    const withOptions = options.length === 0 ? "" : ` WITH (${optionList(options)})`;
    return [
      `ALTER TABLE ${tableName(constraint)} ADD CONSTRAINT ${constraintName(constraint)} ${text(constraint, "definition")}${withOptions}`,
      ...newComment(onTable(constraint), constraint),
    ];
  },
  drop: (constraint) => [`ALTER TABLE ${tableName(constraint)} DROP CONSTRAINT ${constraintName(constraint)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["definition", "indexOptions", "inherited", "comment"])) return null;
    const validated = text(from, "definition") === `${text(to, "definition")} NOT VALID`;
    if (changed.includes("definition") && !validated) return null;
    const schema = idParts(to.id)[0];
    return [
      ...(validated ? [`ALTER TABLE ${tableName(to)} VALIDATE CONSTRAINT ${constraintName(to)}`] : []),
      ...optionChanges(list(from, "indexOptions"), list(to, "indexOptions")).map(
        (change) => `ALTER INDEX ${schema}.${constraintName(to)} ${change}`,
      ),
      ...changedComment(onTable(to), to, changed),
    ];
  },
};

/** Gives a constraint another name, its index with it. */
export function renameConstraint(from: PlanObject, to: PlanObject): string {
  return `ALTER TABLE ${tableName(to)} RENAME CONSTRAINT ${constraintName(from)} TO ${constraintName(to)}`;
}

/** Whether the constraint keeps an index under its own name. */
export function hasIndex(constraint: PlanObject): boolean {
  return ["primary key", "unique", "exclude"].includes(text(constraint, "type") ?? "");
}

function tableName(constraint: PlanObject): string {
  return idParts(constraint.id).slice(0, 2).join(".");
}

function constraintName(constraint: PlanObject): string {
  return idParts(constraint.id)[2] ?? "";
}

function onTable(constraint: PlanObject): string {
  return `CONSTRAINT ${constraintName(constraint)} ON ${tableName(constraint)}`;
}
