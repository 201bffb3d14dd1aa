import { sqlName } from "../../../catalog/object-id.ts";
import { type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, commentOn, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Range types with their multirange types. Nothing but comments can be changed in place. */
export const rangeRenderer: Renderer = {
  create(range) {
    const name = sqlName(range.id);
    const parts = words.flatMap(([attribute, word]) => {
      const value = text(range, attribute);
      return value === null ? [] : [`  ${word} = ${value}`];
    });
    return [
      `CREATE TYPE ${name} AS RANGE (\n${parts.join(",\n")}\n)`,
      ...newComment(`TYPE ${name}`, range),
      ...(text(range, "multirangeComment") === null ? [] : [multirangeComment(range)]),
    ];
  },
  drop: (range) => [`DROP TYPE ${sqlName(range.id)}`],
  alter(_from, to, changed) {
    if (!onlyThese(changed, ["comment", "multirangeComment"])) return null;
    return [
      ...changedComment(`TYPE ${sqlName(to.id)}`, to, changed),
      ...(changed.includes("multirangeComment") ? [multirangeComment(to)] : []),
    ];
  },
};

const words = [
  ["subtype", "SUBTYPE"],
  ["operatorClass", "SUBTYPE_OPCLASS"],
  ["collation", "COLLATION"],
  ["canonical", "CANONICAL"],
  ["difference", "SUBTYPE_DIFF"],
  ["multirange", "MULTIRANGE_TYPE_NAME"],
] as const;

function multirangeComment(range: PlanObject): string {
  return commentOn(`TYPE ${text(range, "multirange")}`, text(range, "multirangeComment"));
}
