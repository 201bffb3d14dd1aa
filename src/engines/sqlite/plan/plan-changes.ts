import type { Catalog } from "../../../catalog/catalog.ts";
import { compareCatalogs } from "../../../catalog/compare.ts";
import { findAmbiguities } from "../../../diff/find-ambiguities.ts";
import { setAside, withoutAnswers } from "../../../diff/set-aside.ts";
import { isKeelsonError, KeelsonError } from "../../../errors.ts";
import type { Plan, PlannedStatement, PlanOptions } from "../../../plan/plan.ts";
import { elaborate } from "../elaborate.ts";
import { affectedParts } from "./affected-part.ts";
import { orderLeft } from "./order-left.ts";
import { allRenames, renameStatements } from "./rename-statements.ts";
import { requirementsOf } from "./requirements.ts";
import { writeStatements } from "./write-statements.ts";

/**
 * Writes and orders the statements that turn one catalog into another. Renames come first, and what SQLite makes of them
 * in checks, indexes, views and triggers is asked of a database in memory, as is whether the statements lead to the
 * wanted catalog. Throws `plan.impossible` where they don't.
 */
export async function planChanges(from: Catalog, to: Catalog, options: PlanOptions = {}): Promise<Plan> {
  const meant = allRenames(from, to, options.renames ?? []);
  const aside = setAside(from, to, meant);
  const renames = [...meant, ...aside];
  const renaming = withoutAnswers(renameStatements(from, to, renames), aside, from);
  const renamed = await afterRenames(from, renaming);
  const differences = compareCatalogs(renamed, to);
  const written = await convergingStatements(renamed, to);
  return {
    dialect: "sqlite",
    statements: withForeignKeysOff([...renaming, ...written]),
    differences,
    renames,
    ambiguities: findAmbiguities(from, to, renames),
    transaction: "auto",
    left: orderLeft(renamed, to, written),
    requirements: requirementsOf(renamed, to, renames),
  };
}

async function afterRenames(from: Catalog, renaming: readonly PlannedStatement[]): Promise<Catalog> {
  if (renaming.length === 0) return from;
  try {
    return await elaborate(from, sqlOf(renaming));
  } catch (error) {
    if (!isKeelsonError(error, "statement.failed")) throw error;
    throw new KeelsonError("plan.impossible", `SQLite refuses the renames: ${error.message}`, {
      hint: "Leave the renames out, or first remove what SQLite names: it reads the whole schema again when something gets another name.",
      cause: error,
    });
  }
}

/** ALTER TABLE where it does the exact job; where SQLite sees that otherwise, every table that changes is rebuilt. */
async function convergingStatements(from: Catalog, to: Catalog): Promise<readonly PlannedStatement[]> {
  const inPlace = writeStatements(from, to, { rebuildAll: false });
  if (inPlace.length === 0 || (await leadsTo(from, to, inPlace)) === null) return inPlace;
  const rebuilt = writeStatements(from, to, { rebuildAll: true });
  const problem = await leadsTo(from, to, rebuilt);
  if (problem === null) return rebuilt;
  throw new KeelsonError("plan.impossible", `No statements of SQLite lead from one schema to the other: ${problem}`, {
    hint: "Write the revision by hand (keelson create --empty), or change the schema in smaller steps.",
  });
}

/** Null where statements lead from one catalog to the other, else what stands in the way. */
async function leadsTo(from: Catalog, to: Catalog, statements: readonly PlannedStatement[]): Promise<string | null> {
  const touched = new Set(statements.flatMap((statement) => statement.objects));
  const [before, wanted] = affectedParts(from, to, touched);
  try {
    const differences = compareCatalogs(await elaborate(before, sqlOf(statements)), wanted);
    if (differences.length === 0) return null;
    return differences
      .slice(0, 5)
      .map((difference) => `${difference.id} would still be ${difference.what}`)
      .join("; ");
  } catch (error) {
    if (isKeelsonError(error, "statement.failed")) return error.message;
    throw error;
  }
}

/** Dropping a table would otherwise delete the rows that point to it; the setting has to stand before the transaction. */
function withForeignKeysOff(statements: readonly PlannedStatement[]): readonly PlannedStatement[] {
  if (!statements.some((statement) => statement.sql.startsWith("DROP TABLE"))) return statements;
  const setting: PlannedStatement = {
    sql: "PRAGMA foreign_keys = OFF",
    title: "leave rows alone that point to a table that is dropped",
    objects: [],
    losses: [],
  };
  return [setting, ...statements];
}

function sqlOf(statements: readonly PlannedStatement[]): readonly string[] {
  return statements.map((statement) => statement.sql);
}
