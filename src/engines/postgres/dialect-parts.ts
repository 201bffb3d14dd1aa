import type { Engine } from "../engine.ts";
import { type LedgerHome, postgresSqlText } from "./sql-text.ts";

/** What is the same for a server and for PGlite, because both are PostgreSQL. */
export type DialectParts = Pick<
  Engine,
  | "dialect"
  | "sql"
  | "parse"
  | "destroyedRows"
  | "findObstacles"
  | "noteBefore"
  | "settle"
  | "checkStep"
  | "introspect"
  | "planChanges"
  | "listTables"
>;

/** Everything that asks PostgreSQL or its parser, each part loaded when it is first used. `roles` are patterns of those that belong to the schema. */
export function dialectParts(ledger: LedgerHome, roles: readonly string[] = []): DialectParts {
  return {
    dialect: "postgres",
    sql: postgresSqlText(ledger),
    async parse(script) {
      const { parseScript } = await import("./script/parse-script.ts");
      return await parseScript(script);
    },
    async destroyedRows(session, statements) {
      if (session === null || !statements.some(({ destroys }) => destroys !== null)) {
        return statements.map(({ destroys }) => destroys);
      }
      const { destroyedRowsOn } = await import("./destroyed-rows-on.ts");
      return await destroyedRowsOn(session, statements);
    },
    async findObstacles(session, statements) {
      const { findObstacles } = await import("./find-obstacles.ts");
      return await findObstacles(session, statements);
    },
    async noteBefore(session, statement) {
      const { noteBefore } = await import("./settle/note-and-settle.ts");
      return await noteBefore(session, statement);
    },
    async settle(session, statement, note) {
      const { settle } = await import("./settle/note-and-settle.ts");
      return await settle(session, statement, note);
    },
    checkStep: async () => [],
    async introspect(session, options) {
      const { introspect } = await import("./introspect.ts");
      return await introspect(session, ledger, { ...options, roles });
    },
    async planChanges(from, to, options) {
      const { planChanges } = await import("./plan/plan-changes.ts");
      return planChanges(from, to, options);
    },
    async listTables(session) {
      const { listTables } = await import("./list-tables.ts");
      return await listTables(session);
    },
  };
}
