import type { AlterSubscriptionStmt, Node, ReindexStmt } from "@pgsql/types";
import type { ParsedStatement } from "../../engine.ts";
import { nameParts, optionOn, optionValues } from "./object-names.ts";

/**
 * Whether a statement can run in a transaction, by the server's own rule: it is `autocommit` where the server calls
 * `PreventInTransactionBlock`. What only the catalog could tell (REINDEX or CLUSTER of a partitioned table, which are
 * refused too) counts as transactional; such a revision needs `transaction: none`.
 */
export function statementMode(node: Node): ParsedStatement["mode"] {
  if ("TransactionStmt" in node) return isSavepoint(node.TransactionStmt.kind) ? "transactional" : "control";
  return refusedInTransaction(node) ? "autocommit" : "transactional";
}

/** Whether a statement may commit by itself half-way, when it is not in a transaction. */
export function mayCommit(node: Node): boolean {
  return "CallStmt" in node || "DoStmt" in node;
}

/** Whether a statement only changes settings of the session: SET and RESET, but neither SET LOCAL nor SET TRANSACTION. */
export function setsSession(node: Node): boolean {
  if (!("VariableSetStmt" in node)) return false;
  return node.VariableSetStmt.is_local !== true && node.VariableSetStmt.kind !== "VAR_SET_MULTI";
}

function isSavepoint(kind: string | undefined): boolean {
  return kind === "TRANS_STMT_SAVEPOINT" || kind === "TRANS_STMT_RELEASE" || kind === "TRANS_STMT_ROLLBACK_TO";
}

function refusedInTransaction(node: Node): boolean {
  if ("IndexStmt" in node) return node.IndexStmt.concurrent === true;
  if ("DropStmt" in node) return node.DropStmt.concurrent === true;
  if ("ReindexStmt" in node) return reindexRefused(node.ReindexStmt);
  if ("VacuumStmt" in node) return node.VacuumStmt.is_vacuumcmd === true;
  if ("ClusterStmt" in node) return node.ClusterStmt.relation === undefined;
  if ("AlterTableStmt" in node) return (node.AlterTableStmt.cmds ?? []).some(isConcurrentDetach);
  if ("AlterDatabaseStmt" in node) return optionValues(node.AlterDatabaseStmt.options).has("tablespace");
  if ("CreateSubscriptionStmt" in node) return createsSlot(node.CreateSubscriptionStmt.options);
  if ("AlterSubscriptionStmt" in node) return alterSubscriptionRefused(node.AlterSubscriptionStmt);
  if ("DiscardStmt" in node) return node.DiscardStmt.target === "DISCARD_ALL";
  return (
    "CreatedbStmt" in node ||
    "DropdbStmt" in node ||
    "CreateTableSpaceStmt" in node ||
    "DropTableSpaceStmt" in node ||
    "AlterSystemStmt" in node ||
    // Allowed for a subscription without a slot, but nothing in the statement says whether it has one.
    "DropSubscriptionStmt" in node
  );
}

function reindexRefused(statement: ReindexStmt): boolean {
  const whole = ["REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE"];
  return whole.includes(statement.kind ?? "") || optionOn(optionValues(statement.params), "concurrently", false);
}

/** Whether a command of an ALTER TABLE is DETACH PARTITION CONCURRENTLY. */
export function isConcurrentDetach(command: Node): boolean {
  if (!("AlterTableCmd" in command)) return false;
  const { subtype, def } = command.AlterTableCmd;
  return (
    subtype === "AT_DetachPartition" &&
    def !== undefined &&
    "PartitionCmd" in def &&
    def.PartitionCmd.concurrent === true
  );
}

function createsSlot(options: readonly Node[] | undefined): boolean {
  const values = optionValues(options);
  return optionOn(values, "create_slot", optionOn(values, "connect", true));
}

function alterSubscriptionRefused(statement: AlterSubscriptionStmt): boolean {
  const values = optionValues(statement.options);
  switch (statement.kind) {
    case "ALTER_SUBSCRIPTION_REFRESH":
      return true;
    case "ALTER_SUBSCRIPTION_SET_PUBLICATION":
    case "ALTER_SUBSCRIPTION_ADD_PUBLICATION":
    case "ALTER_SUBSCRIPTION_DROP_PUBLICATION":
      return optionOn(values, "refresh", true);
    case "ALTER_SUBSCRIPTION_OPTIONS":
      return values.has("failover") || values.has("two_phase");
    default:
      return false;
  }
}

/** One statement of a script with its text, for rules that look at what comes before and after. */
export interface ScriptPart {
  readonly node: Node;
  readonly sql: string;
}

/**
 * Whether ALTER TYPE ... ADD VALUE has to commit before the rest of its script. It may run in a transaction, but the
 * new value can't be used before that commits (error 55P04). So it is split off exactly where a later statement of the
 * same script mentions the value, unless the script creates the type itself: then there is no such limit.
 */
export function addedValueIsUsed(parts: readonly ScriptPart[], index: number): boolean {
  const node = parts[index]?.node;
  if (node === undefined || !("AlterEnumStmt" in node)) return false;
  const { newVal, oldVal, typeName } = node.AlterEnumStmt;
  if (newVal === undefined || oldVal !== undefined) return false;
  const type = nameParts(typeName).at(-1);
  const createdHere = parts
    .slice(0, index)
    .some((part) => "CreateEnumStmt" in part.node && nameParts(part.node.CreateEnumStmt.typeName).at(-1) === type);
  if (createdHere) return false;
  const written = newVal.replaceAll("'", "''");
  return parts.slice(index + 1).some((part) => !("AlterEnumStmt" in part.node) && part.sql.includes(written));
}
