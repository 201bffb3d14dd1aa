import type { Engine, Session, TableSummary } from "../../engines/engine.ts";
import { KeelsonError } from "../../errors.ts";
import type { ResultTable } from "./result-table.ts";

/** What a backslash command asks for. */
export type BackslashResult =
  | { readonly kind: "tables"; readonly tables: readonly ResultTable[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "quit" };

const help = `\\dt          tables
\\d           tables and views
\\d NAME      the columns of a table or view
\\l           databases beside this one
\\q           leave
\\?           this list
Everything else is SQL and ends with a semicolon.`;

/** Runs a command such as `\dt`; throws `usage.invalid` for one that is not known. */
export async function runBackslash(line: string, engine: Engine, session: Session): Promise<BackslashResult> {
  const [, command = "", argument = ""] = /^\\(\S*)\s*(.*?)\s*;?\s*$/s.exec(line.trim()) ?? [];
  switch (command.replace(/\+$/, "")) {
    case "q":
      return { kind: "quit" };
    case "?":
      return { kind: "text", text: help };
    case "dt":
      return { kind: "tables", tables: [await relations(engine, session, (table) => table.kind === "table")] };
    case "d":
      if (argument !== "") return { kind: "tables", tables: await describe(engine, session, argument) };
      return { kind: "tables", tables: [await relations(engine, session, () => true)] };
    case "l":
      return { kind: "tables", tables: [await databases(engine, session)] };
    default:
      throw new KeelsonError("usage.invalid", `There is no command \\${command} in the built-in prompt.`, {
        hint: help,
      });
  }
}

async function relations(
  engine: Engine,
  session: Session,
  wanted: (table: TableSummary) => boolean,
): Promise<ResultTable> {
  const tables = (await engine.listTables(session)).filter(wanted);
  const withSchema = tables.some((table) => table.schema !== null);
  return {
    title: "List of relations",
    columns: withSchema ? ["Schema", "Name", "Type"] : ["Name", "Type"],
    rows: tables.map((table) => ({ Schema: table.schema, Name: table.name, Type: table.kind })),
  };
}

async function describe(engine: Engine, session: Session, name: string): Promise<readonly ResultTable[]> {
  const found = (await engine.listTables(session)).filter((table) => isNamed(table, name));
  if (found.length === 0) {
    throw new KeelsonError("usage.invalid", `Did not find any relation named "${name}".`, {
      hint: "\\d lists tables and views.",
    });
  }
  return found.map((table) => ({
    title: `${table.kind === "view" ? "View" : "Table"} "${[table.schema, table.name].filter(Boolean).join(".")}"`,
    columns: ["Column", "Type"],
    rows: table.columns.map((column) => ({ Column: column.name, Type: column.type })),
  }));
}

/** Names are matched as psql matches them: unquoted letters count as small ones, and `*` stands for anything. */
function isNamed(table: TableSummary, name: string): boolean {
  const plain = /"/.test(name) ? name.replaceAll('"', "") : name.toLowerCase();
  const pattern = new RegExp(`^${plain.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
  const names = [table.name, ...(table.schema === null ? [] : [`${table.schema}.${table.name}`])];
  return names.some((candidate) => pattern.test(candidate) || pattern.test(candidate.toLowerCase()));
}

async function databases(engine: Engine, session: Session): Promise<ResultTable> {
  const names = await engine.listDatabases(session);
  return { title: "List of databases", columns: ["Name"], rows: names.map((name) => ({ Name: name })) };
}
