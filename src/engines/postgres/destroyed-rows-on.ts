import type { Node } from "@pgsql/types";
import { isKeelsonError } from "../../errors.ts";
import { lostRowsText, mostCounted } from "../../plan/lost-rows.ts";
import type { ParsedStatement, Session } from "../engine.ts";
import { type RowLoss, rowLosses } from "./script/destroyed-rows.ts";
import { loadParser } from "./script/load-parser.ts";
import { relationParts } from "./script/object-names.ts";
import { quoteIdentifier } from "./sql-text.ts";

/**
 * What statements destroy that run one after the other, in words, with how many rows or values the database has of it now.
 * Says no number where counting takes longer than a moment, or where this role may not look.
 */
export async function destroyedRowsOn(
  session: Session,
  statements: readonly ParsedStatement[],
): Promise<readonly (string | null)[]> {
  const parse = await loadParser();
  const nodes = statements.map(({ sql }) => parse(sql).stmts?.[0]?.stmt);
  const found: (string | null)[] = [];
  for (const [index, { destroys }] of statements.entries()) {
    const node = nodes[index];
    const losses = destroys === null || node === undefined ? [] : rowLosses(node);
    if (losses.length === 0) found.push(destroys);
    else {
      const earlier = nodes.slice(0, index).toReversed();
      const words: string[] = [];
      for (const loss of losses) words.push(await counted(session, loss, earlier));
      found.push(words.join(", "));
    }
  }
  return found;
}

async function counted(session: Session, loss: RowLoss, earlier: readonly (Node | undefined)[]): Promise<string> {
  const now = earlier.reduce<RowLoss | null>(before, loss);
  if (now === null || now.table === null) return loss.words;
  const some = now.column === null ? "" : ` WHERE ${quoteIdentifier(now.column)} IS NOT NULL`;
  const rows = `SELECT FROM ${now.table.map(quoteIdentifier).join(".")}${some} LIMIT ${mostCounted}`;
  try {
    const results = await session.script([
      "BEGIN READ ONLY",
      "SET LOCAL lock_timeout = '500ms'",
      "SET LOCAL statement_timeout = '3s'",
      `SELECT count(*)::pg_catalog.int4 AS count FROM (${rows}) AS rows`,
      "COMMIT",
    ]);
    const count = Number(results[3]?.rows[0]?.["count"]);
    return `${loss.words} ${lostRowsText(count, now.column === null ? "row" : "value")}`;
  } catch (error) {
    await session.rollback();
    if (isKeelsonError(error) && !session.closed) return loss.words;
    throw error;
  }
}

/** What is lost under the name that it has before an earlier statement; null where that statement makes it. */
function before(loss: RowLoss | null, node: Node | undefined): RowLoss | null {
  if (loss === null || loss.table === null || node === undefined) return loss;
  if ("CreateStmt" in node) return isSame(loss.table, relationParts(node.CreateStmt.relation)) ? null : loss;
  if ("AlterObjectSchemaStmt" in node) {
    const { objectType, relation, newschema = "" } = node.AlterObjectSchemaStmt;
    const old = relationParts(relation);
    const moved = objectType === "OBJECT_TABLE" && isSame(loss.table, [newschema, old.at(-1) ?? ""]);
    return moved ? { ...loss, table: old } : loss;
  }
  if (!("RenameStmt" in node)) return loss;
  const { renameType, relation, subname, newname = "" } = node.RenameStmt;
  const old = relationParts(relation);
  if (renameType === "OBJECT_TABLE") {
    return isSame(loss.table, [...old.slice(0, -1), newname]) ? { ...loss, table: old } : loss;
  }
  const isColumn = renameType === "OBJECT_COLUMN" && loss.column === newname && isSame(loss.table, old);
  return isColumn ? { ...loss, column: subname ?? newname } : loss;
}

/** Names in their parts; a schema that is left out is taken for that of the other one. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.at(-1) !== b.at(-1)) return false;
  return a.length < 2 || b.length < 2 || a.at(-2) === b.at(-2);
}
