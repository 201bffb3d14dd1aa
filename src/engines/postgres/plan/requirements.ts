import type { Requirement } from "../../../plan/requirement.ts";
import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import { columnRequirements } from "./require-columns.ts";
import { constraintRequirements, indexRequirements } from "./require-keys.ts";
import { partitionRequirements } from "./require-partitions.ts";
import { typeRequirements } from "./require-types.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { RowSource } from "./row-source.ts";
import type { PlanObject } from "./schema-model.ts";

/** What to look at besides the decisions. */
export interface RequirementOptions {
  /** By their ids in the catalog that the decisions start from: the ids that objects have until the plan renames them. */
  readonly namesBefore: ReadonlyMap<string, string>;
  readonly serverVersion: string;
}

/**
 * What the rows of tables that are there must be like for decisions to be carried out. The queries read the database as it
 * is before the first statement; what can't be asked of that is left to the statements themselves.
 */
export function requirementsOf(
  decisions: ReadonlyMap<string, Decision>,
  context: RenderContext,
  { namesBefore, serverVersion }: RequirementOptions,
): readonly Requirement[] {
  const source = new RowSource(context.from, namesBefore);
  const major = Number.parseInt(serverVersion, 10);
  const request: RequirementRequest = { decisions, context, source, major: Number.isNaN(major) ? 0 : major };
  return [
    ...[...decisions.values()].flatMap((decision) => requirementsOfOne(decision, request)),
    ...context.to.objects.flatMap((object) =>
      object.kind === "table" ? partitionRequirements(context.from.get(object.id) ?? null, object, request) : [],
    ),
  ];
}

function requirementsOfOne(decision: Decision, request: RequirementRequest): readonly Requirement[] {
  if (decision.what === "drop") return [];
  const from: PlanObject | null = decision.what === "create" ? null : decision.from;
  switch (decision.to.kind) {
    case "column":
      return columnRequirements(from, decision.to, request);
    case "constraint":
      return constraintRequirements(from, decision.to, request);
    case "index":
      return indexRequirements(from, decision.to, request);
    case "enum":
    case "domain":
    case "type":
      return from === null ? [] : typeRequirements(from, decision, request);
    default:
      return [];
  }
}
