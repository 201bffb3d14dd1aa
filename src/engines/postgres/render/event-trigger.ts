import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Event triggers. Only their state and comment can be changed in place. */
export const eventTriggerRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const tags = list(object, "tags");
    const words = [
      `CREATE EVENT TRIGGER ${name} ON ${text(object, "event")}`,
      ...(tags.length === 0 ? [] : [`WHEN TAG IN (${tags.map(quoteText).join(", ")})`]),
      `EXECUTE FUNCTION ${text(object, "function")}()`,
    ];
    return [
      words.join(" "),
      ...(text(object, "enabled") === null ? [] : [state(object)]),
      ...newComment(`EVENT TRIGGER ${name}`, object),
    ];
  },
  drop: (object) => [`DROP EVENT TRIGGER ${sqlName(object.id)}`],
  alter(_from, to, changed) {
    if (["event", "tags", "function"].some((name) => changed.includes(name))) return null;
    return [
      ...(changed.includes("enabled") ? [state(to)] : []),
      ...changedComment(`EVENT TRIGGER ${sqlName(to.id)}`, to, changed),
    ];
  },
};

function state(object: PlanObject): string {
  const words: Readonly<Record<string, string>> = {
    disabled: "DISABLE",
    replica: "ENABLE REPLICA",
    always: "ENABLE ALWAYS",
  };
  return `ALTER EVENT TRIGGER ${sqlName(object.id)} ${words[text(object, "enabled") ?? ""] ?? "ENABLE"}`;
}
