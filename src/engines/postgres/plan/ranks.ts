import type { PlanObject } from "./schema-model.ts";

const dropOrder: readonly PlanObject["kind"][] = [
  "policy",
  "trigger",
  "view",
  "materialized-view",
  "function",
  "constraint",
  "index",
  "default",
];
const lateDrops: readonly PlanObject["kind"][] = [
  "column",
  "sequence",
  "table",
  "domain",
  "type",
  "enum",
  "extension",
  "schema",
];
const createOrder: readonly PlanObject["kind"][] = [
  "schema",
  "extension",
  "enum",
  "type",
  "domain",
  "sequence",
  "table",
  "column",
  "function",
  "default",
  "constraint",
  "index",
  "view",
  "materialized-view",
  "trigger",
  "policy",
];

/**
 * Where an action would like to stand: what is built on others goes first and comes last, and what holds rows goes
 * after everything new is there. Only the dependencies bind; this makes plans read alike.
 */
export function rankOf(phase: string, object: PlanObject): number {
  const early = dropOrder.indexOf(object.kind);
  if (phase === "drop" && early >= 0) return early;
  if (phase === "drop") return 200 + lateDrops.indexOf(object.kind);
  if (phase === "aside") return 20;
  const place = 100 + 3 * createOrder.indexOf(object.kind);
  if (phase === "owner") return 100 + 3 * createOrder.indexOf("default");
  if (phase === "mark") return 190;
  return phase === "alter" ? place + 1 : place;
}
