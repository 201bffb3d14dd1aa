import { mapsOf } from "../render/convert-value.ts";
import type { RenderContext } from "../render/renderer.ts";
import { lossOfTypeChange } from "../render/type-change.ts";
import { type PlanObject, text } from "./schema-model.ts";
import { attributesOf } from "./type-names.ts";
import { columnsHolding } from "./type-users.ts";

/** What the values of columns lose when the type that they are of, or are made of, changes; nothing where no column holds it. */
export function lossesOfType(from: PlanObject, to: PlanObject, context: RenderContext): readonly string[] {
  if (columnsHolding(from, context.from).length === 0) return [];
  if (to.kind === "enum") {
    return mapsOf(to, context).map(
      (map) =>
        `the value ${map.from} of enum ${to.name} in every row that has it, which gets ${map.to === null ? "no value" : map.to}`,
    );
  }
  if (to.kind === "domain") {
    const reason = lossOfTypeChange(text(from, "type") ?? "", text(to, "type") ?? "");
    return reason === null ? [] : [`domain ${to.name} ${reason}`];
  }
  const after = new Map(attributesOf(to).map(({ name, type }) => [name, type]));
  return attributesOf(from).flatMap(({ name, type }) => {
    const next = after.get(name);
    if (next === undefined) return [`the attribute ${name} of type ${to.name} in every value`];
    const reason = lossOfTypeChange(type, next);
    return reason === null ? [] : [`the attribute ${name} of type ${to.name} ${reason}`];
  });
}
