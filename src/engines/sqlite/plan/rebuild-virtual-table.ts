import type { PlannedStatement } from "../../../plan/plan.ts";
import { shortName, wholeTokens } from "../ddl/canonical-text.ts";
import { splitAtCommas, TokenCursor } from "../ddl/token-cursor.ts";
import { plainName } from "../script/tokens.ts";
import { type Rebuild, withTableName } from "./rebuild-table.ts";
import { columnName, type TableModel } from "./table-model.ts";

/** Modules whose tables keep rows of their own and can be renamed. */
const keepsRows = new Set(["fts5", "fts4", "fts3", "rtree", "rtree_i32", "geopoly"]);

/** What the statement of a virtual table says of where its rows are. */
interface Module {
  readonly name: string;
  /** `own`: in the table; `elsewhere`: in another table, so that it can be filled again; `nowhere`: only their index is kept. */
  readonly content: "own" | "elsewhere" | "nowhere";
}

/**
 * Writes the statements that replace a virtual table by one with other arguments. Rows of its own are copied with their
 * rowids; an index over another table comes back empty, to be filled by `fillFromContent` when everything else is there.
 */
export function rebuildVirtualTable(rebuild: Rebuild): readonly PlannedStatement[] {
  const { from, to } = rebuild;
  const name = shortName(to.name);
  const [before, after] = [moduleOf(from), moduleOf(to)];
  const objects = [to.table.id];
  if (before.content === "own" && after.content === "own" && keepsRows.has(before.name) && keepsRows.has(after.name)) {
    return copyOver(rebuild, before.name);
  }
  const emptied = before.content === "elsewhere" && after.content !== "elsewhere";
  const losses = emptied ? [`the index of ${to.name}, which comes back empty`] : virtualLosses(from);
  return [
    { sql: `DROP TABLE ${name}`, title: `drop the virtual table ${to.name}`, objects, losses },
    { sql: to.table.source ?? "", title: `create the virtual table ${to.name}`, objects, losses: [] },
  ];
}

/** The statement that fills an index over another table from it, or none for other tables. */
export function fillFromContent(table: TableModel): readonly PlannedStatement[] {
  if (!table.virtual || moduleOf(table).content !== "elsewhere") return [];
  const name = shortName(table.name);
  return [
    {
      sql: `INSERT INTO ${name} (${name}) VALUES ('rebuild')`,
      title: `fill ${table.name} from the table that it indexes`,
      objects: [table.table.id],
      losses: [],
    },
  ];
}

/** What goes with a virtual table. */
export function virtualLosses(table: TableModel): readonly string[] {
  const { name, content } = moduleOf(table);
  if (content === "elsewhere") return [];
  if (content === "nowhere") return [`the index of ${table.name}, whose texts are kept nowhere`];
  return keepsRows.has(name)
    ? [`the table ${table.name} with all its rows`]
    : [`what the virtual table ${table.name} keeps`];
}

function copyOver({ from, to, temporary }: Rebuild, module: string): readonly PlannedStatement[] {
  const shared = new Set(from.columns.filter((column) => column.attributes["hidden"] === false).map(({ id }) => id));
  const names = to.columns
    .filter((column) => column.attributes["hidden"] === false && shared.has(column.id))
    .map((column) => shortName(columnName(to, column)));
  const list = (module.startsWith("fts") ? ["rowid", ...names] : names).join(", ");
  const objects = [to.table.id];
  const current = new Set(to.columns.map((column) => column.id));
  const losses = from.columns
    .filter((column) => shared.has(column.id) && !current.has(column.id))
    .map((column) => `the column ${column.name} with all its values`);
  return [
    {
      sql: withTableName(to, temporary),
      title: `create the new table ${to.name} as ${temporary}`,
      objects,
      losses: [],
    },
    {
      sql: `INSERT INTO ${shortName(temporary)} (${list})\nSELECT ${list} FROM ${shortName(from.name)}`,
      title: `copy the rows of ${to.name}`,
      objects,
      losses: [],
    },
    {
      sql: `DROP TABLE ${shortName(from.name)}`,
      title: `drop the old table ${to.name}, whose rows are copied`,
      objects,
      losses,
    },
    {
      sql: `ALTER TABLE ${shortName(temporary)} RENAME TO ${shortName(to.name)}`,
      title: `give ${to.name} its name`,
      objects,
      losses: [],
    },
  ];
}

function moduleOf(table: TableModel): Module {
  const cursor = new TokenCursor(wholeTokens(table.table.source ?? ""));
  while (!cursor.done && !cursor.sees("USING")) cursor.take();
  cursor.skip("USING");
  const name = cursor.done ? "" : cursor.name().toLowerCase();
  if (!name.startsWith("fts") || !cursor.seesPunctuation("(")) return { name, content: "own" };
  for (const part of splitAtCommas(cursor.parenthesised())) {
    const [key, equals, value] = part;
    if (key?.text.toLowerCase() !== "content" || equals?.text !== "=") continue;
    return { name, content: plainName(value) === "" ? "nowhere" : "elsewhere" };
  }
  return { name, content: "own" };
}
