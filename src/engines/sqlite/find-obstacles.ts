import type { Catalog } from "../../catalog/catalog.ts";
import { isKeelsonError } from "../../errors.ts";
import { rowsInTheWay } from "../../plan/obstacle.ts";
import type { ParsedStatement } from "../engine.ts";
import { elaborate } from "./elaborate.ts";
import { introspect } from "./introspect.ts";
import { columnsWithoutValue, tableModels } from "./plan/table-model.ts";
import { readCopy } from "./script/read-copy.ts";
import { afterKeywords, tableAt } from "./script/statement-tokens.ts";
import { foldName, readTokens, type Token } from "./script/tokens.ts";
import { identifier } from "./sql-text.ts";
import type { SqliteSession } from "./sqlite-session.ts";

/** A statement that needs a value for every row of a table. */
interface Demand {
  /** The table that has the rows, and the one whose columns need values, both in lower case. */
  readonly from: string;
  readonly to: string;
  /** Columns in lower case that have a value; null where only those that the statement adds are in question. */
  readonly given: readonly string[] | null;
}

/** Says of statements that add a column which rows must have a value for, in place or by a rebuild, that there are rows. */
export async function findObstacles(
  session: SqliteSession,
  prefix: string,
  statements: readonly ParsedStatement[],
): Promise<readonly (string | null)[]> {
  const found: (string | null)[] = [];
  let catalog: Catalog | null = null;
  for (const [index, statement] of statements.entries()) {
    const demand = demandOf([...readTokens(statement.sql)]);
    if (demand === null || !(await holdsRows(session, demand.from))) {
      found.push(null);
      continue;
    }
    catalog ??= await introspect(session, prefix);
    const earlier = statements.slice(0, index).filter(({ mode }) => mode !== "setting");
    const [column] = await columnsInQuestion(catalog, earlier, { statement, demand });
    found.push(column === undefined ? null : rowsInTheWay(demand.from, column));
  }
  return found;
}

function demandOf(tokens: readonly Token[]): Demand | null {
  const copy = readCopy(tokens);
  if (copy !== null) return copy.columns === null ? null : { from: copy.from, to: copy.to, given: copy.columns };
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered === null) return null;
  const { name, next } = tableAt(tokens, altered);
  return afterKeywords(tokens, next, "ADD") === null ? null : { from: name, to: name, given: null };
}

/** The columns of the table that need a value and get none; asked of a database in memory. */
async function columnsInQuestion(
  catalog: Catalog,
  earlier: readonly ParsedStatement[],
  { statement, demand }: { readonly statement: ParsedStatement; readonly demand: Demand },
): Promise<readonly string[]> {
  const needed = async (statements: readonly ParsedStatement[]): Promise<readonly string[]> => {
    const made = await elaborate(
      catalog,
      statements.map(({ sql }) => sql),
    );
    const table = [...tableModels(made).values()].find((one) => foldName(one.name) === demand.to);
    return table === undefined ? [] : columnsWithoutValue(table);
  };
  try {
    const before = await needed(earlier);
    const { given } = demand;
    if (given !== null) return before.filter((name) => !given.includes(foldName(name)));
    return (await needed([...earlier, statement])).filter((name) => !before.includes(name));
  } catch (error) {
    if (isKeelsonError(error, "statement.failed")) return [];
    throw error;
  }
}

async function holdsRows(session: SqliteSession, table: string): Promise<boolean> {
  try {
    const found = await session.query<{ readonly some: number }>(
      `SELECT EXISTS (SELECT 1 FROM ${identifier(table)}) AS some`,
    );
    return found.rows[0]?.some === 1;
  } catch (error) {
    if (isKeelsonError(error, "statement.failed")) return false;
    throw error;
  }
}
