import { idParts, plainPart } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { boundsOf, startsAgain } from "../render/sequence.ts";
import { quoteText } from "../sql-text.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { shownTable } from "./row-source.ts";
import { list, type PlanObject, text } from "./schema-model.ts";

/** What a sequence must be at for new bounds: none keeps a place that is out of them. */
export function sequenceRequirements(
  from: PlanObject,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  const outside = outOfBounds(list(from, "settings"), list(to, "settings"));
  if (outside === null) return [];
  const name = request.source.nameOf(from.id);
  const title = `numbers that sequence ${to.name} has reached beyond its new bounds`;
  return [{ title, sql: `SELECT last_value\nFROM ${name}\nWHERE is_called AND ${outside("last_value")}` }];
}

/** The same of the sequence of an identity column. */
export function identityRequirements(
  from: PlanObject,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  if (text(from, "identity") === null || text(to, "identity") === null) return [];
  const outside = outOfBounds(list(from, "identitySettings"), list(to, "identitySettings"));
  if (outside === null) return [];
  const [schema = "", table = "", column = ""] = idParts(`column:${request.source.nameOf(from.id)}`);
  const sequence = `pg_get_serial_sequence(${quoteText(`${schema}.${table}`)}, ${quoteText(plainPart(column))})`;
  const title = `numbers that ${shownTable(to)}.${plainPart(column)} has reached beyond its new bounds`;
  const place = `SELECT pg_sequence_last_value(${sequence}::regclass) AS last_value`;
  return [{ title, sql: `SELECT last_value\nFROM (${place}) AS found\nWHERE ${outside("last_value")}` }];
}

/** A condition on the place of a sequence that it could not keep, or null where it can be at no such place. */
function outOfBounds(from: readonly string[], to: readonly string[]): ((place: string) => string) | null {
  const [before, after] = [boundsOf(from), boundsOf(to)];
  if (before === null || after === null || startsAgain(from, to)) return null;
  if (after.low <= before.low && before.high <= after.high) return null;
  return (place) => `${place} NOT BETWEEN ${after.low} AND ${after.high}`;
}
