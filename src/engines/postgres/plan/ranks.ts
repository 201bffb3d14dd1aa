import type { PlanObject } from "./schema-model.ts";

const dropOrder: readonly PlanObject["kind"][] = [
  "event-trigger",
  "publication-member",
  "publication",
  "rule",
  "policy",
  "trigger",
  "view",
  "materialized-view",
  "aggregate",
  "function",
  "statistics",
  "constraint",
  "index",
  "default",
];
const lateDrops: readonly PlanObject["kind"][] = [
  "column",
  "sequence",
  "table",
  "user-mapping",
  "server",
  "foreign-data-wrapper",
  "domain",
  "range",
  "type",
  "enum",
  "collation",
  "extension",
  "default-privileges",
  "schema",
  "membership",
  "role",
];
const createOrder: readonly PlanObject["kind"][] = [
  "role",
  "membership",
  "schema",
  "default-privileges",
  "extension",
  "collation",
  "enum",
  "type",
  "domain",
  "range",
  "foreign-data-wrapper",
  "server",
  "user-mapping",
  "sequence",
  "table",
  "column",
  "function",
  "default",
  "constraint",
  "index",
  "statistics",
  "aggregate",
  "view",
  "materialized-view",
  "trigger",
  "policy",
  "rule",
  "publication",
  "publication-member",
  "event-trigger",
];

/**
 * Where an action would like to stand: what is built on others goes first and comes last, and what holds rows goes
 * after everything new is there. Only the dependencies bind; this makes plans read alike.
 */
export function rankOf(phase: string, object: PlanObject): number {
  // A value that is used at once has to be committed first: what stands before it would be committed with it.
  if (phase === "alter" && object.kind === "enum") return -1;
  const early = dropOrder.indexOf(object.kind);
  if (phase === "drop" && early >= 0) return early;
  if (phase === "drop") return 300 + lateDrops.indexOf(object.kind);
  if (phase === "aside") return 20;
  const place = 100 + 3 * createOrder.indexOf(object.kind);
  if (phase === "owner") return 100 + 3 * createOrder.indexOf("default");
  if (phase === "mark") return 195;
  if (phase === "detach") return 25;
  if (phase === "attach") return 100 + 3 * createOrder.indexOf(object.kind === "table" ? "constraint" : "index") + 2;
  if (phase === "copy") return 100 + 3 * createOrder.indexOf("constraint") - 1;
  if (phase === "discard") return 300 + lateDrops.indexOf("table");
  if (phase === "hand over") return 100 + 3 * createOrder.indexOf("default") - 1;
  if (phase === "privileges") return 197;
  // New objects get what they got before, so that their own privileges can be written.
  if (object.kind === "default-privileges") return 199;
  return phase === "alter" ? place + 1 : place;
}
