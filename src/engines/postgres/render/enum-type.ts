import { sqlName } from "../../../catalog/object-id.ts";
import { list } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Enums. New labels are added in place; labels that go, or change places, need a new type. */
export const enumRenderer: Renderer = {
  create(object) {
    const labels = list(object, "labels").map(quoteText).join(", ");
    return [
      `CREATE TYPE ${sqlName(object.id)} AS ENUM (${labels})`,
      ...newComment(`TYPE ${sqlName(object.id)}`, object),
    ];
  },
  drop: (object) => [`DROP TYPE ${sqlName(object.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["labels", "comment"])) return null;
    const added = changed.includes("labels") ? addedLabels(list(from, "labels"), list(to, "labels")) : [];
    if (added === null) return null;
    const name = sqlName(to.id);
    return [
      ...added.map(({ label, place }) => `ALTER TYPE ${name} ADD VALUE ${quoteText(label)}${place}`),
      ...changedComment(`TYPE ${name}`, to, changed),
    ];
  },
};

/** Whether an enum only gets new labels, so that it stays what it is. */
export function onlyGains(from: readonly string[], to: readonly string[]): boolean {
  return addedLabels(from, to) !== null;
}

/** The labels that an enum gets, each with its place; null where the old ones are not a subsequence of the new ones. */
function addedLabels(
  from: readonly string[],
  to: readonly string[],
): readonly { readonly label: string; readonly place: string }[] | null {
  const kept = to.filter((label) => from.includes(label));
  if (kept.join("\0") !== from.join("\0")) return null;
  const added: { label: string; place: string }[] = [];
  for (const [index, label] of to.entries()) {
    if (from.includes(label)) continue;
    const before = to[index - 1];
    const after = to.slice(index + 1).find((other) => from.includes(other));
    const place =
      after === undefined ? "" : before === undefined ? ` BEFORE ${quoteText(after)}` : ` AFTER ${quoteText(before)}`;
    added.push({ label, place });
  }
  return added;
}
