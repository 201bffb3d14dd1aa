import { rendererOf } from "../render/render-object.ts";
import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import { differing, type PlanObject, text } from "./schema-model.ts";

/** What an index does not have any more once the server has built it again for a column's new type. */
const lostNames = ["statistics", "indexComment"] as const;

/** Whether the server itself builds an object again when a column that it is built on gets another type. */
export function isRebuiltByServer(object: PlanObject): boolean {
  return object.kind === "index" || (object.kind === "constraint" && text(object, "type") !== "foreign key");
}

/** Gives an index, or a constraint's index, back what the server forgets; null where there is nothing to give back. */
export function restored(
  from: PlanObject,
  to: PlanObject,
  { current, context }: { readonly current: Decision | undefined; readonly context: RenderContext },
): Decision | null {
  const attributes = Object.fromEntries(
    Object.entries(from.attributes).filter(([name]) => !(lostNames as readonly string[]).includes(name)),
  );
  const bare = { ...from, attributes };
  const lost = differing(bare, to).filter((name) => (lostNames as readonly string[]).includes(name));
  if (lost.length === 0) return null;
  const statements = rendererOf(to).alter(bare, to, lost, context);
  if (statements === null) return { what: "replace", from, to };
  const known = current?.what === "alter" ? current.statements : [];
  const more = statements.filter((statement) => !known.includes(statement));
  return more.length === 0 ? null : { what: "alter", from, to, statements: [...known, ...more], retypes: false };
}
