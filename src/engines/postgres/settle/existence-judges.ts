import type { AlterEnumStmt, AlterTableStmt, Node } from "@pgsql/types";
import type { Session, Value } from "../../engine.ts";
import { nameParts, objectParts, relationParts } from "../script/object-names.ts";
import { isConcurrentDetach } from "../script/statement-mode.ts";
import { quoteIdentifier } from "../sql-text.ts";
import { relationOid } from "./index-judges.ts";
import { firstValue, type Judge } from "./judge.ts";
import { waitForBackend } from "./wait-for-backend.ts";

/** Finds an object; its number, or null when it is not there. */
type Find = (session: Session) => Promise<Value>;

/** A statement that makes something: it is done when that exists and is not what was there before. */
export function createJudge(sql: string, find: Find, options: { readonly ifNotExists: boolean }): Judge {
  return {
    note: async (session) => ({ before: await find(session) }),
    async settle(session, note) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const found = await find(session);
      if (found === null) return "repeat";
      return options.ifNotExists || note === null || found !== note["before"] ? "done" : "repeat";
    },
  };
}

/** A statement that removes something: it is done when that is gone. */
export function dropJudge(sql: string, find: Find, options: { readonly ifExists: boolean }): Judge {
  return {
    note: async (session) => ({ before: await find(session) }),
    async settle(session, note) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const found = await find(session);
      const before = note === null ? null : (note["before"] ?? null);
      if (found !== null && (before === null || found === before)) return "repeat";
      return note === null || before !== null || options.ifExists ? "done" : "repeat";
    },
  };
}

/** ALTER TYPE ... ADD VALUE: done when the type has the value. */
export function addValueJudge(statement: AlterEnumStmt, sql: string): Judge {
  const type = nameParts(statement.typeName).map(quoteIdentifier).join(".");
  const find: Find = (session) =>
    firstValue(
      session,
      "SELECT oid::int8 FROM pg_catalog.pg_enum WHERE enumtypid = pg_catalog.to_regtype($1) AND enumlabel = $2",
      [type, statement.newVal ?? ""],
    );
  return createJudge(sql, find, { ifNotExists: statement.skipIfNewValExists === true });
}

/** DETACH PARTITION CONCURRENTLY: done when the partition has no parent; one that is half detached is finished. */
export function detachJudge(statement: AlterTableStmt, sql: string): Judge {
  const command = (statement.cmds ?? []).find(isConcurrentDetach);
  const definition = command !== undefined && "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  const child = definition !== undefined && "PartitionCmd" in definition ? definition.PartitionCmd.name : undefined;
  const oid = (session: Session, relation: typeof child) => relationOid(session, relationParts(relation));
  return {
    note: async (session) => ({ parent: await oid(session, statement.relation), child: await oid(session, child) }),
    async settle(session, note) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const parentOid = note?.["parent"] ?? (await oid(session, statement.relation));
      const childOid = note?.["child"] ?? (await oid(session, child));
      if (typeof parentOid !== "number" || typeof childOid !== "number") return "repeat";
      const pending = await firstValue(
        session,
        "SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhparent = $1::int8::oid AND inhrelid = $2::int8::oid",
        [parentOid, childOid],
      );
      if (pending === null) return "done";
      if (pending === false) return "repeat";
      const names = await session.query<{ readonly parent: string; readonly child: string }>(
        "SELECT $1::int8::oid::regclass::text AS parent, $2::int8::oid::regclass::text AS child",
        [parentOid, childOid],
      );
      const [found] = names.rows;
      await session.query(`ALTER TABLE ${found?.parent} DETACH PARTITION ${found?.child} FINALIZE`);
      return "done";
    },
  };
}

/** Finds a row of a cluster-wide or simple catalog by its name. */
export function byName(catalog: string, column: string, name: string): Find {
  return (session) => firstValue(session, `SELECT oid::int8 FROM pg_catalog.${catalog} WHERE ${column} = $1`, [name]);
}

/** A judge for the plain statements that make or remove a relation, a type or a schema; null for all others. */
export function plainJudge(node: Node, sql: string): Judge | null {
  const made = madeObject(node);
  if (made !== null) return createJudge(sql, made.find, { ifNotExists: made.ifNotExists });
  if (!("DropStmt" in node)) return null;
  const { objects = [], removeType = "", missing_ok } = node.DropStmt;
  const [object] = objects;
  if (objects.length !== 1 || object === undefined) return null;
  const parts = objectParts(object);
  const relations = [
    "OBJECT_TABLE",
    "OBJECT_INDEX",
    "OBJECT_VIEW",
    "OBJECT_MATVIEW",
    "OBJECT_SEQUENCE",
    "OBJECT_FOREIGN_TABLE",
  ];
  const ifExists = missing_ok === true;
  if (relations.includes(removeType)) return dropJudge(sql, (session) => relationOid(session, parts), { ifExists });
  if (removeType === "OBJECT_TYPE" || removeType === "OBJECT_DOMAIN")
    return dropJudge(sql, typeNamed(parts), { ifExists });
  if (removeType === "OBJECT_SCHEMA")
    return dropJudge(sql, byName("pg_namespace", "nspname", parts[0] ?? ""), { ifExists });
  return null;
}

function madeObject(node: Node): { readonly find: Find; readonly ifNotExists: boolean } | null {
  const relation = (parts: readonly string[], ifNotExists = false) => ({
    find: (session: Session) => relationOid(session, parts),
    ifNotExists,
  });
  if ("CreateStmt" in node) return relation(relationParts(node.CreateStmt.relation), node.CreateStmt.if_not_exists);
  if ("CreateSeqStmt" in node)
    return relation(relationParts(node.CreateSeqStmt.sequence), node.CreateSeqStmt.if_not_exists);
  if ("CreateTableAsStmt" in node) {
    return relation(relationParts(node.CreateTableAsStmt.into?.rel), node.CreateTableAsStmt.if_not_exists);
  }
  if ("ViewStmt" in node && node.ViewStmt.replace !== true) return relation(relationParts(node.ViewStmt.view));
  if ("IndexStmt" in node && node.IndexStmt.idxname !== undefined) {
    const { relation: table, idxname, if_not_exists } = node.IndexStmt;
    return relation([...relationParts(table).slice(0, -1), idxname], if_not_exists);
  }
  if ("CreateEnumStmt" in node) return { find: typeNamed(nameParts(node.CreateEnumStmt.typeName)), ifNotExists: false };
  if ("CreateDomainStmt" in node)
    return { find: typeNamed(nameParts(node.CreateDomainStmt.domainname)), ifNotExists: false };
  if ("CompositeTypeStmt" in node) return relation(relationParts(node.CompositeTypeStmt.typevar));
  if ("CreateSchemaStmt" in node && node.CreateSchemaStmt.schemaname !== undefined) {
    const { schemaname, if_not_exists } = node.CreateSchemaStmt;
    return { find: byName("pg_namespace", "nspname", schemaname), ifNotExists: if_not_exists === true };
  }
  if ("CreateExtensionStmt" in node) {
    const { extname = "", if_not_exists } = node.CreateExtensionStmt;
    return { find: byName("pg_extension", "extname", extname), ifNotExists: if_not_exists === true };
  }
  return null;
}

function typeNamed(parts: readonly string[]): Find {
  const name = parts.map(quoteIdentifier).join(".");
  return (session) => firstValue(session, "SELECT pg_catalog.to_regtype($1)::oid::int8", [name]);
}
