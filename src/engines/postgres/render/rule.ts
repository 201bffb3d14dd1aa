import { idParts } from "../../../catalog/object-id.ts";
import { type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Rewrite rules. Everything about one can be replaced in place. */
export const ruleRenderer: Renderer = {
  create: (rule) => [
    `CREATE RULE ${ruleName(rule)} ${text(rule, "definition")}`,
    ...(text(rule, "enabled") === null ? [] : [enabled(rule)]),
    ...newComment(onRelation(rule), rule),
  ],
  drop: (rule) => [`DROP ${onRelation(rule)}`],
  alter: (_from, to, changed) => [
    ...(changed.includes("definition") ? [`CREATE OR REPLACE RULE ${ruleName(to)} ${text(to, "definition")}`] : []),
    ...(changed.includes("enabled") ? [enabled(to)] : []),
    ...changedComment(onRelation(to), to, changed),
  ],
};

function ruleName(rule: PlanObject): string {
  return idParts(rule.id)[2] ?? "";
}

function relationName(rule: PlanObject): string {
  return idParts(rule.id).slice(0, 2).join(".");
}

function onRelation(rule: PlanObject): string {
  return `RULE ${ruleName(rule)} ON ${relationName(rule)}`;
}

const states: Readonly<Record<string, string>> = {
  disabled: "DISABLE",
  replica: "ENABLE REPLICA",
  always: "ENABLE ALWAYS",
};

function enabled(rule: PlanObject): string {
  return `ALTER TABLE ${relationName(rule)} ${states[text(rule, "enabled") ?? ""] ?? "ENABLE"} RULE ${ruleName(rule)}`;
}
