import type { Node } from "@pgsql/types";
import { isKeelsonError } from "../../errors.ts";
import { rowsInTheWay } from "../../plan/obstacle.ts";
import type { ParsedStatement, Session } from "../engine.ts";
import { loadParser } from "./script/load-parser.ts";
import { nameParts, relationName, relationParts } from "./script/object-names.ts";
import { quoteIdentifier, quoteText } from "./sql-text.ts";

/** Says of statements that add a column which rows must have a value for that the table holds rows. */
export async function findObstacles(
  session: Session,
  statements: readonly ParsedStatement[],
): Promise<readonly (string | null)[]> {
  const parse = await loadParser();
  const found: (string | null)[] = [];
  for (const { sql } of statements) {
    const [first] = parse(sql).stmts ?? [];
    found.push(first?.stmt === undefined ? null : await obstacleOf(session, first.stmt));
  }
  return found;
}

/** A column that ADD COLUMN makes NOT NULL without giving it a value, and the name of its type. */
interface NeedyColumn {
  readonly name: string;
  readonly type: string;
}

async function obstacleOf(session: Session, node: Node): Promise<string | null> {
  if (!("AlterTableStmt" in node)) return null;
  const { relation, cmds, objtype } = node.AlterTableStmt;
  if (objtype !== undefined && objtype !== "OBJECT_TABLE") return null;
  const table = quoted(relationParts(relation));
  for (const column of (cmds ?? []).flatMap(columnThatNeedsValue)) {
    if (await standsInTheWay(session, table, column)) return rowsInTheWay(relationName(relation), column.name);
  }
  return null;
}

function columnThatNeedsValue(command: Node): readonly NeedyColumn[] {
  if (!("AlterTableCmd" in command)) return [];
  const { subtype, def } = command.AlterTableCmd;
  if (subtype !== "AT_AddColumn" || def === undefined || !("ColumnDef" in def)) return [];
  const { colname: name = "", constraints, typeName } = def.ColumnDef;
  const kinds = (constraints ?? []).flatMap((one) => ("Constraint" in one ? [one.Constraint.contype] : []));
  const needed = kinds.includes("CONSTR_NOTNULL") || kinds.includes("CONSTR_PRIMARY");
  const given = ["CONSTR_DEFAULT", "CONSTR_GENERATED", "CONSTR_IDENTITY"] as const;
  if (!needed || given.some((kind) => kinds.includes(kind))) return [];
  return [{ name, type: quoted(nameParts(typeName?.names)) }];
}

/**
 * Whether the table is there and has a row, and the type is there and has no default of its own, as a domain may. Not
 * where this role may not look.
 */
async function standsInTheWay(session: Session, table: string, { type }: NeedyColumn): Promise<boolean> {
  try {
    const there = await session.query<{ readonly there: boolean }>(
      `SELECT pg_catalog.to_regclass(${quoteText(table)}) IS NOT NULL AND EXISTS (SELECT FROM pg_catalog.pg_type
  WHERE oid = pg_catalog.to_regtype(${quoteText(type)}) AND typdefault IS NULL) AS there`,
    );
    if (there.rows[0]?.there !== true) return false;
    const rows = await session.query<{ readonly some: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS some`);
    return rows.rows[0]?.some === true;
  } catch (error) {
    if (isKeelsonError(error, "statement.failed") || isKeelsonError(error, "privilege.missing")) return false;
    throw error;
  }
}

function quoted(parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join(".");
}
