import { idParts, sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, commentOn, newComment, type Renderer } from "./renderer.ts";

/** Functions and procedures. One whose arguments and result stay is replaced in place. */
export const functionRenderer: Renderer = {
  create: (routine) => [definition(routine), ...newComment(signature(routine), routine)],
  drop: (routine) => [`DROP ${signature(routine)}`],
  alter(_from, to, changed) {
    if (["arguments", "result", "kind"].some((name) => changed.includes(name))) return null;
    return [
      ...(changed.includes("definition") || changed.includes("language") ? [definition(to)] : []),
      ...changedComment(signature(to), to, changed),
    ];
  },
};

/** Triggers. */
export const triggerRenderer: Renderer = {
  create: (trigger) => [
    text(trigger, "definition") ?? "",
    ...(text(trigger, "enabled") === null ? [] : [enabled(trigger)]),
    ...newComment(onTable("TRIGGER", trigger), trigger),
  ],
  drop: (trigger) => [`DROP ${onTable("TRIGGER", trigger)}`],
  alter(_from, to, changed) {
    if (changed.includes("definition")) return null;
    return [
      ...(changed.includes("enabled") ? [enabled(to)] : []),
      ...changedComment(onTable("TRIGGER", to), to, changed),
    ];
  },
};

/** Row security policies. */
export const policyRenderer: Renderer = {
  create(policy) {
    const using = text(policy, "using");
    const check = text(policy, "withCheck");
    const words = [
      `CREATE ${onTable("POLICY", policy)}`,
      ...(policy.attributes["restrictive"] === true ? ["AS RESTRICTIVE"] : []),
      `FOR ${(text(policy, "command") ?? "all").toUpperCase()}`,
      `TO ${roles(policy)}`,
      ...(using === null ? [] : [`USING (${using})`]),
      ...(check === null ? [] : [`WITH CHECK (${check})`]),
    ];
    return [words.join(" "), ...newComment(onTable("POLICY", policy), policy)];
  },
  drop: (policy) => [`DROP ${onTable("POLICY", policy)}`],
  alter(_from, to, changed) {
    const using = text(to, "using");
    const check = text(to, "withCheck");
    const removed = (changed.includes("using") && using === null) || (changed.includes("withCheck") && check === null);
    if (removed || changed.includes("command") || changed.includes("restrictive")) return null;
    const clauses = [
      ...(changed.includes("roles") ? [`TO ${roles(to)}`] : []),
      ...(changed.includes("using") ? [`USING (${using})`] : []),
      ...(changed.includes("withCheck") ? [`WITH CHECK (${check})`] : []),
    ];
    return [
      ...(clauses.length === 0 ? [] : [`ALTER ${onTable("POLICY", to)} ${clauses.join(" ")}`]),
      ...(changed.includes("comment") ? [commentOn(onTable("POLICY", to), text(to, "comment"))] : []),
    ];
  },
};

/** The server ends a definition with a line break. */
function definition(routine: PlanObject): string {
  return (text(routine, "definition") ?? "").trimEnd();
}

function signature(routine: PlanObject): string {
  return `${text(routine, "kind") === "procedure" ? "PROCEDURE" : "FUNCTION"} ${sqlName(routine.id)}`;
}

function onTable(word: string, object: PlanObject): string {
  const parts = idParts(object.id);
  return `${word} ${parts[2]} ON ${parts.slice(0, 2).join(".")}`;
}

function enabled(trigger: PlanObject): string {
  const parts = idParts(trigger.id);
  const words: Readonly<Record<string, string>> = {
    disabled: "DISABLE",
    replica: "ENABLE REPLICA",
    always: "ENABLE ALWAYS",
  };
  return `ALTER TABLE ${parts.slice(0, 2).join(".")} ${words[text(trigger, "enabled") ?? ""] ?? "ENABLE"} TRIGGER ${parts[2]}`;
}

function roles(policy: PlanObject): string {
  return list(policy, "roles").join(", ");
}
