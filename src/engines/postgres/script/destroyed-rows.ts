import type { AlterTableStmt, DropStmt, Node, RangeVar } from "@pgsql/types";
import { objectParts, relationName, relationParts } from "./object-names.ts";

/** Kinds whose DROP takes rows, or a sequence's position, with it. */
const holdsRows: Readonly<Record<string, string>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign table",
  OBJECT_SCHEMA: "schema",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_EXTENSION: "extension",
};

/** One thing that a statement may destroy. */
export interface RowLoss {
  readonly words: string;
  /** The name of the one table whose rows these are, in its parts as they are written; null where that can't be said. */
  readonly table: readonly string[] | null;
  /** The one column whose values go; null where whole rows go. */
  readonly column: string | null;
}

/** Says in words what rows a statement may destroy; null when none. DROP ... CASCADE counts: what depends may hold rows. */
export function destroyedRows(node: Node): string | null {
  const losses = rowLosses(node);
  return losses.length === 0 ? null : losses.map(({ words }) => words).join(", ");
}

function rowsOf(relation: RangeVar | undefined, words: string): RowLoss {
  return { words, table: relationParts(relation), column: null };
}

function something(words: string): RowLoss {
  return { words, table: null, column: null };
}

/** What rows a statement may destroy, thing by thing. */
export function rowLosses(node: Node): readonly RowLoss[] {
  if ("DropStmt" in node) return droppedObjects(node.DropStmt);
  if ("DropdbStmt" in node) return [something(`drops database ${node.DropdbStmt.dbname ?? ""}`)];
  if ("DropOwnedStmt" in node) return [something("drops everything that the role owns")];
  if ("DropSubscriptionStmt" in node && node.DropSubscriptionStmt.behavior === "DROP_CASCADE") {
    return [something(`drops subscription ${node.DropSubscriptionStmt.subname ?? ""} and all that depends on it`)];
  }
  if ("TruncateStmt" in node) {
    return (node.TruncateStmt.relations ?? []).flatMap((relation) =>
      "RangeVar" in relation
        ? [rowsOf(relation.RangeVar, `deletes every row of ${relationName(relation.RangeVar)}`)]
        : [],
    );
  }
  if ("DeleteStmt" in node) {
    const { relation, whereClause, usingClause, withClause } = node.DeleteStmt;
    const whole = whereClause === undefined && usingClause === undefined;
    return [
      ...(whole ? [rowsOf(relation, `deletes every row of ${relationName(relation)}`)] : []),
      ...inQueries(withClause?.ctes),
    ];
  }
  if ("AlterTableStmt" in node) return droppedColumns(node.AlterTableStmt);
  if ("AlterDomainStmt" in node && node.AlterDomainStmt.behavior === "DROP_CASCADE") {
    return [something(`drops constraint ${node.AlterDomainStmt.name ?? ""} and all that depends on it`)];
  }
  if ("SelectStmt" in node) return inQueries(node.SelectStmt.withClause?.ctes);
  if ("InsertStmt" in node) return inQueries(node.InsertStmt.withClause?.ctes);
  if ("UpdateStmt" in node) return inQueries(node.UpdateStmt.withClause?.ctes);
  return [];
}

/** A DELETE may hide in a WITH query. */
function inQueries(queries: readonly Node[] | undefined): readonly RowLoss[] {
  return (queries ?? []).flatMap((query) => {
    const inner = "CommonTableExpr" in query ? query.CommonTableExpr.ctequery : undefined;
    return inner === undefined ? [] : rowLosses(inner);
  });
}

function droppedObjects(statement: DropStmt): readonly RowLoss[] {
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
  return (statement.objects ?? []).map((object) => {
    const name = objectParts(object);
    return {
      words: `drops ${word} ${name.join(".")}${tail}`,
      table: kind === "OBJECT_TABLE" ? name : null,
      column: null,
    };
  });
}

function droppedColumns(statement: AlterTableStmt): readonly RowLoss[] {
  const table = relationName(statement.relation);
  return (statement.cmds ?? []).flatMap((command) => {
    if (!("AlterTableCmd" in command)) return [];
    const { subtype, name = "", behavior } = command.AlterTableCmd;
    const tail = behavior === "DROP_CASCADE" ? " and all that depends on it" : "";
    if (subtype === "AT_DropColumn") {
      return [
        { words: `drops column ${table}.${name}${tail}`, table: relationParts(statement.relation), column: name },
      ];
    }
    if (subtype === "AT_DropConstraint" && tail !== "") {
      return [something(`drops constraint ${name} of ${table}${tail}`)];
    }
    return [];
  });
}
