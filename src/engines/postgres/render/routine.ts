import { idParts, sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, commentOn, newComment, type RenderContext, type Renderer } from "./renderer.ts";

/** Functions and procedures. One whose arguments and result stay is replaced in place. */
export const functionRenderer: Renderer = {
  create: (routine) => [definition(routine), ...newComment(signature(routine), routine)],
  drop: (routine) => [`DROP ${signature(routine)}`],
  alter(from, to, changed) {
    if (["parameters", "result", "kind"].some((name) => changed.includes(name))) return null;
    if (!keepsNames(from, to) || numberOfDefaults(from) > numberOfDefaults(to)) return null;
    return [
      ...(changed.some((name) => name !== "comment") ? [definition(to)] : []),
      ...changedComment(signature(to), to, changed),
    ];
  },
};

/** Triggers. */
export const triggerRenderer: Renderer = {
  create: (trigger) => [
    ...(isSet(trigger, "ofParent") ? [] : [text(trigger, "definition") ?? ""]),
    ...(text(trigger, "enabled") === null ? [] : [enabled(trigger)]),
    ...newComment(onTable("TRIGGER", trigger), trigger),
  ],
  drop: (trigger, context) =>
    isSet(trigger, "ofParent") ? stateOfParent(trigger, context) : [`DROP ${onTable("TRIGGER", trigger)}`],
  alter(_from, to, changed, context) {
    if (changed.includes("definition") || changed.includes("ofParent")) return null;
    return [
      ...(changed.includes("enabled") ? [enabled(to), ...statesOfPartitions(to, context)] : []),
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

/** The server lets a parameter get a name, and never another one; names of results are part of the result. */
function keepsNames(from: PlanObject, to: PlanObject): boolean {
  const before = list(from, "parameterNames");
  const after = list(to, "parameterNames");
  return list(to, "parameters").every((parameter, index) => {
    const [old = "", name = ""] = [before[index], after[index]];
    const isInput = ["i", "b", "v"].includes(parameter.slice(0, 1));
    return old === name || (isInput && old === "");
  });
}

function numberOfDefaults(routine: PlanObject): number {
  return Number(text(routine, "defaults") ?? 0);
}

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

/** A partition's trigger goes back to the state of its parent's, where both stay. */
function stateOfParent(trigger: PlanObject, { to }: RenderContext): readonly string[] {
  const [schema, table, name] = idParts(trigger.id);
  for (let at = to.get(`table:${schema}.${table}`); at !== undefined; ) {
    const [parent = ""] = list(at, "inherits");
    const above = to.get(`trigger:${parent}.${name}`);
    if (above !== undefined) return [enabled(trigger, text(above, "enabled"))];
    at = to.get(`table:${parent}`);
  }
  return [];
}

/** The state of a partitioned table's trigger is given to those of its partitions, which may have one of their own. */
function statesOfPartitions(trigger: PlanObject, { from, to }: RenderContext): readonly string[] {
  const below = to
    .dependents(trigger.id)
    .filter((other) => isSet(other, "ofParent") && from.get(other.id) !== undefined);
  return below.flatMap((other) => [enabled(other), ...statesOfPartitions(other, { from, to })]);
}

function enabled(trigger: PlanObject, state = text(trigger, "enabled")): string {
  const parts = idParts(trigger.id);
  const words: Readonly<Record<string, string>> = {
    disabled: "DISABLE",
    replica: "ENABLE REPLICA",
    always: "ENABLE ALWAYS",
  };
  return `ALTER TABLE ${parts.slice(0, 2).join(".")} ${words[state ?? ""] ?? "ENABLE"} TRIGGER ${parts[2]}`;
}

function roles(policy: PlanObject): string {
  return list(policy, "roles").join(", ");
}
