import type { AlterTableStmt, DropStmt, Node } from "@pgsql/types";
import { objectParts, relationName } from "./object-names.ts";

/** Kinds whose DROP takes rows, or a sequence's position, with it. */
const holdsRows: Readonly<Record<string, string>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign table",
  OBJECT_SCHEMA: "schema",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_EXTENSION: "extension",
};

/** Says in words what rows a statement may destroy; null when none. DROP ... CASCADE counts: what depends may hold rows. */
export function destroyedRows(node: Node): string | null {
  const losses = lossesOf(node);
  return losses.length === 0 ? null : losses.join(", ");
}

function lossesOf(node: Node): readonly string[] {
  if ("DropStmt" in node) return droppedObjects(node.DropStmt);
  if ("DropdbStmt" in node) return [`drops database ${node.DropdbStmt.dbname ?? ""}`];
  if ("DropOwnedStmt" in node) return ["drops everything that the role owns"];
  if ("DropSubscriptionStmt" in node && node.DropSubscriptionStmt.behavior === "DROP_CASCADE") {
    return [`drops subscription ${node.DropSubscriptionStmt.subname ?? ""} and all that depends on it`];
  }
  if ("TruncateStmt" in node) {
    return (node.TruncateStmt.relations ?? []).flatMap((relation) =>
      "RangeVar" in relation ? [`deletes every row of ${relationName(relation.RangeVar)}`] : [],
    );
  }
  if ("DeleteStmt" in node) {
    const { relation, whereClause, usingClause, withClause } = node.DeleteStmt;
    const whole = whereClause === undefined && usingClause === undefined;
    return [...(whole ? [`deletes every row of ${relationName(relation)}`] : []), ...inQueries(withClause?.ctes)];
  }
  if ("AlterTableStmt" in node) return droppedColumns(node.AlterTableStmt);
  if ("AlterDomainStmt" in node && node.AlterDomainStmt.behavior === "DROP_CASCADE") {
    return [`drops constraint ${node.AlterDomainStmt.name ?? ""} and all that depends on it`];
  }
  if ("SelectStmt" in node) return inQueries(node.SelectStmt.withClause?.ctes);
  if ("InsertStmt" in node) return inQueries(node.InsertStmt.withClause?.ctes);
  if ("UpdateStmt" in node) return inQueries(node.UpdateStmt.withClause?.ctes);
  return [];
}

/** A DELETE may hide in a WITH query. */
function inQueries(queries: readonly Node[] | undefined): readonly string[] {
  return (queries ?? []).flatMap((query) => {
    const inner = "CommonTableExpr" in query ? query.CommonTableExpr.ctequery : undefined;
    return inner === undefined ? [] : lossesOf(inner);
  });
}

function droppedObjects(statement: DropStmt): readonly string[] {
  const kind = statement.removeType ?? "";
  const holds = holdsRows[kind];
  const cascades = statement.behavior === "DROP_CASCADE";
  if (holds === undefined && !cascades) return [];
  const word =
    holds ??
    kind
      .replace(/^OBJECT_/, "")
      .replaceAll("_", " ")
      .toLowerCase()
      .replace("matview", "materialized view");
  const tail = cascades ? " and all that depends on it" : "";
  return (statement.objects ?? []).map((object) => `drops ${word} ${objectParts(object).join(".")}${tail}`);
}

function droppedColumns(statement: AlterTableStmt): readonly string[] {
  const table = relationName(statement.relation);
  return (statement.cmds ?? []).flatMap((command) => {
    if (!("AlterTableCmd" in command)) return [];
    const { subtype, name = "", behavior } = command.AlterTableCmd;
    const tail = behavior === "DROP_CASCADE" ? " and all that depends on it" : "";
    if (subtype === "AT_DropColumn") return [`drops column ${table}.${name}${tail}`];
    if (subtype === "AT_DropConstraint" && tail !== "") return [`drops constraint ${name} of ${table}${tail}`];
    return [];
  });
}
