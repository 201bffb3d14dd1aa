import type { RenderContext } from "../render/renderer.ts";

/**
 * Tables to which new columns come elsewhere than where they are declared, in words. Only what this comparison brings
 * about is told: an order that differed before would otherwise be told with every plan for ever.
 */
export function columnOrder(context: RenderContext): readonly string[] {
  return context.to.objects.flatMap((table) => {
    if (table.kind !== "table" || context.from.get(table.id) === undefined) return [];
    const columns = (model: RenderContext["from"]): readonly string[] =>
      model.children(table.id).flatMap((child) => (child.kind === "column" ? [child.id] : []));
    const before = new Set(columns(context.from));
    const after = columns(context.to);
    const added = after.filter((id) => !before.has(id));
    const last = after.slice(after.length - added.length);
    return added.every((id, index) => id === last[index])
      ? []
      : [`order of the columns of ${table.name}: new ones come last`];
  });
}
