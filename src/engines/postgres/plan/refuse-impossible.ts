import { KeelsonError } from "../../../errors.ts";
import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import { isForeign, isForeignBelow } from "./foreign-tables.ts";
import { keepsParents } from "./inheritance.ts";
import { partitionsOf } from "./partitions.ts";
import { isSet, type PlanObject, text } from "./schema-model.ts";

/** Refuses what no statement does. */
export function refuseImpossible(decisions: ReadonlyMap<string, Decision>, context: RenderContext): void {
  const declared = context.to.objects.find((column) => isOwnForever(column, context));
  if (declared !== undefined) throw ownForever(declared.name);
  for (const decision of decisions.values()) {
    if (decision.what === "create" && numbersBelow(decision.to, context)) throw numberedAbove(decision.to.name);
    if (decision.what !== "replace") continue;
    if (decision.from.kind === "extension") throw fixedSchema(decision);
    if (decision.from.kind === "table") refuseTable(decision, context);
  }
}

/** Tables are only made again where their rows are copied, or are another server's. */
function refuseTable(decision: Extract<Decision, { what: "replace" }>, context: RenderContext): void {
  const { from, to } = decision;
  if (isForeign(from) && isForeign(to)) return;
  if (isForeign(from) !== isForeign(to)) throw foreignOrNot(decision);
  if (!partitionsOf(context).isCopied(from.id)) throw neverMadeAgain(from.name);
  if ([context.from, context.to].some((model) => isForeignBelow(from, model))) throw rowsElsewhere(from.name);
  const typed = context.from
    .dependents(from.id)
    .find((other) => other.kind === "column" && other.parent !== from.id && context.to.get(other.id) !== undefined);
  if (typed !== undefined) throw rowsAsValues(from.name, typed.name);
}

function neverMadeAgain(table: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Table ${table} can't be made again without its rows. Nothing was planned.`,
    {
      hint: "Make a new table, copy the rows and rename it, in revisions of your own (keelson create --empty).",
    },
  );
}

/** Whether a column of a table's own is to be one that only the parents declare; a partition's is no more its own. */
function isOwnForever(column: PlanObject, context: RenderContext): boolean {
  const from = column.kind === "column" ? context.from.get(column.id) : undefined;
  const table = context.to.get(column.parent ?? "");
  if (from === undefined || table === undefined || isSet(from, "inherited") || !isSet(column, "inherited"))
    return false;
  return text(table, "partitionBound") === null && !isForeign(table);
}

function ownForever(column: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Column ${column} is the table's own, and no statement makes it one that only its parents declare. Nothing was planned.`,
    { hint: "Declare the column in the table as well as in its parents." },
  );
}

/** Whether a column that numbers its rows is to come to a table that others inherit from, before and afterwards. */
function numbersBelow(column: PlanObject, context: RenderContext): boolean {
  const table = column.kind === "column" ? context.from.get(column.parent ?? "") : undefined;
  if (table === undefined || text(column, "identity") === null || text(table, "partitionKey") !== null) return false;
  return partitionsOf(context)
    .heirs(table.id, "from")
    .some((heir) => keepsParents(heir.id, context));
}

function numberedAbove(column: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Column ${column} is new and numbers its rows (IDENTITY), and others inherit from its table: no statement adds one there. Nothing was planned.`,
    { hint: "Add it as a plain column first, give the rows their numbers, and make it an identity column after that." },
  );
}

function rowsElsewhere(table: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Table ${table} has to be made anew for its other partition key, and rows of it are on another server. Nothing was planned.`,
    { hint: "Detach the foreign partitions first, in a revision of its own." },
  );
}

function rowsAsValues(table: string, column: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Table ${table} has to be made anew for its other partition key, and column ${column} holds rows of it as values. Nothing was planned.`,
    { hint: `Give ${column} another type first, in a revision of its own.` },
  );
}

function fixedSchema({ from, to }: Extract<Decision, { what: "replace" }>): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `Extension ${from.name} can't move from schema ${text(from, "schema")} to ${text(to, "schema")}: its author made it for one place. Nothing was planned.`,
    { hint: "Declare it where it is, or drop and create it in a revision of your own (keelson create --empty)." },
  );
}

function foreignOrNot({ from, to }: Extract<Decision, { what: "replace" }>): KeelsonError {
  const change = isForeign(to) ? "a foreign table" : "a table with rows of its own";
  return new KeelsonError(
    "plan.impossible",
    `Table ${from.name} can't become ${change} in place. Nothing was planned.`,
    {
      hint: "Make the one beside the other under another name, copy the rows and rename it, in revisions of your own (keelson create --empty).",
    },
  );
}
