import { ownName, plainPart } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import type { RenderContext } from "../render/renderer.ts";
import { quoteText } from "../sql-text.ts";
import type { Decision } from "./decision.ts";
import { columnRequirements } from "./require-columns.ts";
import { constraintRequirements, indexRequirements } from "./require-keys.ts";
import { partitionRequirements } from "./require-partitions.ts";
import { sequenceRequirements } from "./require-sequences.ts";
import { typeRequirements } from "./require-types.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { RowSource } from "./row-source.ts";
import { type PlanObject, text } from "./schema-model.ts";

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
    case "sequence":
      return from === null ? [] : sequenceRequirements(from, decision.to, request);
    case "extension":
      return from === null ? [] : extensionRequirements(from, decision.to);
    default:
      return [];
  }
}

/** What the server itself must know for an extension to get another version. */
function extensionRequirements(from: PlanObject, to: PlanObject): readonly Requirement[] {
  const [before, after] = [text(from, "version"), text(to, "version")];
  if (before === null || after === null || before === after) return [];
  const paths = `pg_extension_update_paths(${quoteText(plainPart(ownName(to.id)))})`;
  const title = `versions of extension ${to.name} that the server has no way between (${before} to ${after})`;
  const where = `source = ${quoteText(before)} AND target = ${quoteText(after)} AND path IS NULL`;
  return [{ title, sql: `SELECT source, target\nFROM ${paths}\nWHERE ${where}` }];
}
