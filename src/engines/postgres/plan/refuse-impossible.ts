import { KeelsonError } from "../../../errors.ts";
import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import { isForeign, isForeignBelow } from "./foreign-tables.ts";
import { partitionsOf } from "./partitions.ts";
import { isSet, type PlanObject, text } from "./schema-model.ts";

/** Refuses what no statement does. Tables are only made again where their rows are copied, or are another server's. */
export function refuseImpossible(decisions: ReadonlyMap<string, Decision>, context: RenderContext): void {
  const partitions = partitionsOf(context);
  const declared = context.to.objects.find((column) => isOwnForever(column, context));
  if (declared !== undefined) throw ownForever(declared.name);
  for (const decision of decisions.values()) {
    if (decision.what === "replace" && decision.from.kind === "extension") throw fixedSchema(decision);
    if (decision.what !== "replace" || decision.from.kind !== "table") continue;
    if (isForeign(decision.from) && isForeign(decision.to)) continue;
    if (isForeign(decision.from) !== isForeign(decision.to)) throw foreignOrNot(decision);
    if (!partitions.isCopied(decision.from.id)) throw neverMadeAgain(decision.from.name);
    if ([context.from, context.to].some((model) => isForeignBelow(decision.from, model))) {
      throw rowsElsewhere(decision.from.name);
    }
    const typed = context.from
      .dependents(decision.from.id)
      .find(
        (other) =>
          other.kind === "column" && other.parent !== decision.from.id && context.to.get(other.id) !== undefined,
      );
    if (typed !== undefined) throw rowsAsValues(decision.from.name, typed.name);
  }
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
