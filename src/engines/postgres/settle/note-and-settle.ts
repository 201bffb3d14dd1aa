import type { Node } from "@pgsql/types";
import type { ParsedStatement, Session, Settlement } from "../../engine.ts";
import { loadParser } from "../script/load-parser.ts";
import { optionOn, optionValues } from "../script/object-names.ts";
import { isConcurrentDetach } from "../script/statement-mode.ts";
import { addValueJudge, byName, createJudge, detachJudge, dropJudge, plainJudge } from "./existence-judges.ts";
import { createIndexJudge, dropIndexJudge, reindexJudge } from "./index-judges.ts";
import { inscrutable, type Judge, type Note, repeatable } from "./judge.ts";

/** Reads, before a statement that can't be rolled back, what tells afterwards whether it took effect. */
export async function noteBefore(session: Session, statement: ParsedStatement): Promise<string | null> {
  const judge = await judgeOf(statement);
  const note = await judge.note(session);
  return Object.keys(note).length === 0 ? null : JSON.stringify(note);
}

/**
 * Finds out from the database how an interrupted statement turned out. Waits while the server still runs it, and
 * removes what it left half-made before it answers `repeat`.
 */
export async function settle(session: Session, statement: ParsedStatement, note: string | null): Promise<Settlement> {
  const judge = await judgeOf(statement);
  return await judge.settle(session, readNote(note));
}

function readNote(note: string | null): Note | null {
  if (note === null) return null;
  try {
    const value: unknown = JSON.parse(note);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Note) : null;
  } catch {
    return null;
  }
}

async function judgeOf(statement: ParsedStatement): Promise<Judge> {
  const parse = await loadParser();
  const node = parse(statement.sql).stmts?.[0]?.stmt;
  return node === undefined ? inscrutable : judgeFor(node, statement.sql);
}

function judgeFor(node: Node, sql: string): Judge {
  if ("IndexStmt" in node && node.IndexStmt.concurrent === true) return createIndexJudge(node.IndexStmt, sql);
  if ("DropStmt" in node && node.DropStmt.concurrent === true) return dropIndexJudge(node.DropStmt, sql);
  if ("ReindexStmt" in node) {
    const concurrently = optionOn(optionValues(node.ReindexStmt.params), "concurrently", false);
    return concurrently ? reindexJudge(sql) : repeatable;
  }
  if ("AlterEnumStmt" in node && node.AlterEnumStmt.oldVal === undefined) return addValueJudge(node.AlterEnumStmt, sql);
  if ("AlterTableStmt" in node && (node.AlterTableStmt.cmds ?? []).some(isConcurrentDetach)) {
    return detachJudge(node.AlterTableStmt, sql);
  }
  return clusterWideJudge(node, sql) ?? plainJudge(node, sql) ?? (mayRepeat(node) ? repeatable : inscrutable);
}

function clusterWideJudge(node: Node, sql: string): Judge | null {
  const made = (catalog: string, column: string, name = "") =>
    createJudge(sql, byName(catalog, column, name), { ifNotExists: false });
  const dropped = (catalog: string, column: string, name = "", ifExists = false) =>
    dropJudge(sql, byName(catalog, column, name), { ifExists });
  if ("CreatedbStmt" in node) return made("pg_database", "datname", node.CreatedbStmt.dbname);
  if ("DropdbStmt" in node)
    return dropped("pg_database", "datname", node.DropdbStmt.dbname, node.DropdbStmt.missing_ok);
  if ("CreateTableSpaceStmt" in node) return made("pg_tablespace", "spcname", node.CreateTableSpaceStmt.tablespacename);
  if ("DropTableSpaceStmt" in node) {
    return dropped(
      "pg_tablespace",
      "spcname",
      node.DropTableSpaceStmt.tablespacename,
      node.DropTableSpaceStmt.missing_ok,
    );
  }
  if ("CreateSubscriptionStmt" in node) return made("pg_subscription", "subname", node.CreateSubscriptionStmt.subname);
  if ("DropSubscriptionStmt" in node) {
    return dropped(
      "pg_subscription",
      "subname",
      node.DropSubscriptionStmt.subname,
      node.DropSubscriptionStmt.missing_ok,
    );
  }
  return null;
}

/** Statements whose second run does no harm and leads to the same. */
function mayRepeat(node: Node): boolean {
  return (
    "VacuumStmt" in node ||
    "ClusterStmt" in node ||
    "AlterSystemStmt" in node ||
    "AlterDatabaseStmt" in node ||
    "AlterSubscriptionStmt" in node ||
    "DiscardStmt" in node ||
    "CheckPointStmt" in node ||
    "VariableSetStmt" in node ||
    "RefreshMatViewStmt" in node
  );
}
