import type { DropStmt, IndexStmt, RangeVar } from "@pgsql/types";
import type { Session, Settlement } from "../../engine.ts";
import { objectParts, relationParts } from "../script/object-names.ts";
import { quoteIdentifier } from "../sql-text.ts";
import { firstValue, type Judge, type Note, numbers } from "./judge.ts";
import { waitForBackend } from "./wait-for-backend.ts";

interface IndexRow {
  readonly oid: number;
  readonly name: string;
  readonly qualified: string;
  readonly valid: boolean;
}

const indexColumns = `i.oid::int8 AS oid, i.relname::text AS name,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(i.relname) AS qualified,
  x.indisvalid AND x.indisready AS valid
FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace`;

/**
 * CREATE INDEX CONCURRENTLY: interrupted, it leaves an index that is never used but kept up with every write. An index
 * that was there before the statement is not its work and is left alone.
 */
export function createIndexJudge(statement: IndexStmt, sql: string): Judge {
  return {
    async note(session) {
      const table = await tableOid(session, statement.relation);
      const before = table === null ? [] : await indexesOf(session, table);
      return { table, before: before.map((index) => index.oid) };
    },
    async settle(session, note) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const noted = note?.["table"];
      const table = typeof noted === "number" ? noted : await tableOid(session, statement.relation);
      if (table === null) return "repeat";
      const before = numbers(note, "before");
      const all = await indexesOf(session, table);
      const named = all.filter((index) => statement.idxname === undefined || index.name === statement.idxname);
      const made = named.filter((index) => !before.includes(index.oid));
      if (made.length === 0) {
        return statement.if_not_exists === true && named.some((index) => index.valid) ? "done" : "repeat";
      }
      // Without a note an unnamed index can't be told from one that was there before.
      if (made.length > 1 || (note === null && statement.idxname === undefined)) return "unknown";
      return await keepOrDrop(session, made[0]);
    },
  };
}

async function keepOrDrop(session: Session, index: IndexRow | undefined): Promise<Settlement> {
  if (index?.valid === true) return "done";
  if (index !== undefined) await session.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index.qualified}`);
  return "repeat";
}

/** DROP INDEX CONCURRENTLY: interrupted, it leaves an invalid index, which it drops when it runs again. */
export function dropIndexJudge(statement: DropStmt, sql: string): Judge {
  const [object] = statement.objects ?? [];
  const parts = object === undefined ? [] : objectParts(object);
  const find = (session: Session) => relationOid(session, parts);
  return {
    note: async (session) => ({ index: await find(session) }),
    async settle(session, note) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const noted = note?.["index"];
      if (typeof noted === "number") {
        const there = await firstValue(session, "SELECT 1 FROM pg_catalog.pg_class WHERE oid = $1::int8::oid", [noted]);
        return there === null ? "done" : "repeat";
      }
      return (await find(session)) === null && (note === null || statement.missing_ok === true) ? "done" : "repeat";
    },
  };
}

const leftovers = `SELECT ${indexColumns} WHERE NOT x.indisvalid AND i.relname ~ '_cc(new|old)[0-9]*$'`;

/** REINDEX CONCURRENTLY: may always run again; interrupted, it leaves invalid copies behind, which are dropped. */
export function reindexJudge(sql: string): Judge {
  const invalid = async (session: Session) => (await session.query<IndexRow>(leftovers)).rows;
  return {
    note: async (session) => ({ before: (await invalid(session)).map((index) => index.oid) }),
    async settle(session, note: Note | null) {
      if (!(await waitForBackend(session, sql))) return "unknown";
      const before = numbers(note, "before");
      for (const index of await invalid(session)) {
        if (!before.includes(index.oid)) await session.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index.qualified}`);
      }
      return "repeat";
    },
  };
}

async function indexesOf(session: Session, table: number): Promise<readonly IndexRow[]> {
  const { rows } = await session.query<IndexRow>(`SELECT ${indexColumns} WHERE x.indrelid = $1::int8::oid`, [table]);
  return rows;
}

async function tableOid(session: Session, relation: RangeVar | undefined): Promise<number | null> {
  return await relationOid(session, relationParts(relation));
}

/** The number of a table, view, index or sequence by its name on the session's search_path, or null. */
export async function relationOid(session: Session, parts: readonly string[]): Promise<number | null> {
  const name = parts.map(quoteIdentifier).join(".");
  const oid = await firstValue(session, "SELECT pg_catalog.to_regclass($1)::oid::int8", [name]);
  return typeof oid === "number" ? oid : null;
}
