import type { RenderContext } from "../render/renderer.ts";

/** Tables whose columns stand in another order, which no statement changes, in words. */
export function columnOrder(context: RenderContext): readonly string[] {
  const left: string[] = [];
  for (const table of context.to.objects) {
    if (table.kind !== "table" || context.from.get(table.id) === undefined) continue;
    const names = (model: RenderContext["from"]): readonly string[] =>
      model.children(table.id).flatMap((child) => (child.kind === "column" ? [child.id] : []));
    const before = names(context.from);
    const after = names(context.to);
    const kept = after.filter((id) => before.includes(id));
    const reached = [...before.filter((id) => after.includes(id)), ...after.filter((id) => !before.includes(id))];
    if (kept.length > 0 && reached.join("\0") !== after.join("\0")) {
      left.push(`the order of the columns of ${table.name}: PostgreSQL adds new ones at the end`);
    }
  }
  return left;
}
