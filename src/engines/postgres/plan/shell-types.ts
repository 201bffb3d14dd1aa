import { sqlName } from "../../../catalog/object-id.ts";
import type { RenderContext } from "../render/renderer.ts";
import { type Draft, newDraft, words } from "./draft.ts";
import { type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/**
 * A range type and its canonical function need each other: a type without a body comes first, and both go in one
 * statement. Columns have left the type by then.
 */
export function addShellTypes(drafts: Map<string, Draft>, { from, to }: RenderContext): void {
  for (const draft of [...drafts.values()]) {
    if (draft.object.kind !== "range" || text(draft.object, "canonical") === null) continue;
    if (draft.key.startsWith("create ")) addShell(drafts, draft, functionsOf(draft.object, to));
    if (draft.key.startsWith("drop ")) dropTogether(drafts, draft, functionsOf(draft.object, from));
  }
}

/** The functions that a range type needs and that need the range type. */
function functionsOf(range: PlanObject, model: SchemaModel): readonly string[] {
  return range.dependsOn.filter(
    (id) => model.get(id)?.kind === "function" && model.get(id)?.dependsOn.includes(range.id),
  );
}

function addShell(drafts: Map<string, Draft>, draft: Draft, functions: readonly string[]): void {
  const shell = newDraft({
    key: `shell ${draft.object.id}`,
    object: draft.object,
    phase: "create",
    title: `create ${words(draft.object)}, without a body yet`,
    sql: [`CREATE TYPE ${sqlName(draft.object.id)}`],
  });
  const own = new Set(functions.map((id) => `create ${id}`));
  for (const key of draft.after) if (!own.has(key)) shell.after.add(key);
  draft.after.add(shell.key);
  for (const key of own) {
    const made = drafts.get(key);
    if (made?.after.delete(draft.key) === true) made.after.add(shell.key);
  }
  drafts.set(shell.key, shell);
}

function dropTogether(drafts: Map<string, Draft>, draft: Draft, functions: readonly string[]): void {
  for (const id of functions) {
    const gone = drafts.get(`drop ${id}`);
    if (gone === undefined) continue;
    drafts.delete(gone.key);
    for (const key of gone.after) draft.after.add(key);
    draft.after.delete(draft.key);
    for (const other of drafts.values()) {
      const waited = other.after.delete(gone.key);
      if (waited && other.key.startsWith("drop ") && other !== draft) other.after.add(draft.key);
    }
    drafts.set(draft.key, { ...draft, sql: draft.sql.map((statement) => `${statement} CASCADE`) });
  }
}
