import type { AttributeValue, Catalog, SchemaObject } from "../../catalog/catalog.ts";
import { isKeelsonError } from "../../errors.ts";
import type { TableSummary, Value } from "../engine.ts";
import { identifier } from "./sql-text.ts";
import type { SqliteSession } from "./sqlite-session.ts";

type Row = Readonly<Record<string, Value>>;

/** A table, virtual table or view of the main database, without SQLite's own and without those that a virtual table keeps. */
interface Relation {
  readonly name: string;
  readonly type: "table" | "virtual" | "view";
  readonly withoutRowid: boolean;
  readonly strict: boolean;
  readonly definition: string | null;
}

/** Reads the schema in one transaction; tables whose names begin with `prefix`, and what belongs to them, are left out. */
export async function introspect(session: SqliteSession, prefix: string): Promise<Catalog> {
  return await inOneTransaction(session, async () => {
    const objects: SchemaObject[] = [];
    const unmanaged: string[] = [];
    const relations = (await readRelations(session)).filter((relation) => !isOwn(relation.name, prefix));
    for (const relation of relations) {
      objects.push(relationObject(relation));
      if (relation.type === "view") continue;
      const columns = await readColumns(session, relation.name);
      if (columns === null)
        unmanaged.push(`columns of the virtual table ${relation.name}, whose module is not available`);
      objects.push(...(columns ?? []).map((column) => columnObject(relation, column)));
      if (relation.type === "table") objects.push(...(await tableParts(session, relation, columns ?? [])));
    }
    objects.push(...(await readTriggers(session, relations)));
    const version = await session.query<{ readonly version: string }>("SELECT sqlite_version() AS version");
    return {
      format: 2,
      dialect: "sqlite",
      serverVersion: String(version.rows[0]?.version),
      objects: objects.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      unmanaged,
    };
  });
}

/** Lists tables and views with their columns, Keelson's own included. */
export async function listTables(session: SqliteSession): Promise<readonly TableSummary[]> {
  const summaries: TableSummary[] = [];
  for (const { name, type } of await readRelations(session)) {
    const columns = (await readColumns(session, name)) ?? [];
    summaries.push({
      schema: null,
      name,
      kind: type === "view" ? "view" : "table",
      columns: columns
        .filter((column) => column["hidden"] !== 1)
        .map((column) => ({ name: String(column["name"]), type: String(column["type"]) })),
    });
  }
  return summaries;
}

/** The name of a schema object's part of an id: quoted only where SQL would need it. */
function namePart(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name);
}

async function inOneTransaction<Result>(session: SqliteSession, work: () => Promise<Result>): Promise<Result> {
  if (session.inTransaction) return await work();
  await session.query("BEGIN");
  try {
    const result = await work();
    await session.query("COMMIT");
    return result;
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

async function readRelations(session: SqliteSession): Promise<readonly Relation[]> {
  const found = await session.query<Row>(
    `SELECT l.name, l.type, l.wr, l.strict, s.sql FROM pragma_table_list AS l
LEFT JOIN sqlite_schema AS s ON s.name = l.name AND s.type IN ('table', 'view')
WHERE l.schema = 'main' AND l.type IN ('table', 'virtual', 'view') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name`,
  );
  return found.rows.map((row) => ({
    name: String(row["name"]),
    type: row["type"] === "virtual" || row["type"] === "view" ? row["type"] : "table",
    withoutRowid: row["wr"] === 1,
    strict: row["strict"] === 1,
    definition: row["sql"] === null ? null : String(row["sql"]),
  }));
}

/** The columns of a table or view, or null when SQLite can't tell them (a module that is not available, a broken view). */
async function readColumns(session: SqliteSession, table: string): Promise<readonly Row[] | null> {
  try {
    return (await session.query<Row>("SELECT * FROM pragma_table_xinfo($1, 'main')", [table])).rows;
  } catch (error) {
    if (isKeelsonError(error, "statement.failed")) return null;
    throw error;
  }
}

function relationObject(relation: Relation): SchemaObject {
  const { name, type, definition, strict, withoutRowid } = relation;
  if (type === "view") return object("view", [name], null, { definition });
  return object("table", [name], null, { definition, strict, virtual: type === "virtual", withoutRowid });
}

function columnObject(relation: Relation, column: Row): SchemaObject {
  const hidden = column["hidden"];
  return object("column", [relation.name, String(column["name"])], relation.name, {
    default: column["dflt_value"] ?? null,
    generated: hidden === 2 ? "virtual" : hidden === 3 ? "stored" : null,
    hidden: hidden === 1,
    notNull: column["notnull"] === 1,
    position: Number(column["cid"]) + 1,
    type: String(column["type"]),
  });
}

async function tableParts(
  session: SqliteSession,
  table: Relation,
  columns: readonly Row[],
): Promise<readonly SchemaObject[]> {
  const parts: SchemaObject[] = [];
  const key = columns.filter((column) => Number(column["pk"]) > 0).sort((a, b) => Number(a["pk"]) - Number(b["pk"]));
  if (key.length > 0) {
    parts.push(
      object("constraint", [table.name, "primary key"], table.name, {
        columns: key.map((column) => String(column["name"])),
        type: "primary key",
      }),
    );
  }
  parts.push(...(await readIndexes(session, table)), ...(await readForeignKeys(session, table)));
  return parts;
}

async function readIndexes(session: SqliteSession, table: Relation): Promise<readonly SchemaObject[]> {
  const found = await session.query<Row>(
    `SELECT i.name, i."unique", i.origin, i.partial, s.sql, (
  SELECT json_group_array(json_array(x.name, x."desc", x.coll)) FROM (SELECT * FROM pragma_index_xinfo(i.name, 'main') WHERE key = 1 ORDER BY seqno) AS x
) AS columns
FROM pragma_index_list($1, 'main') AS i LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = i.name
WHERE i.origin IN ('c', 'u') ORDER BY i.name`,
    [table.name],
  );
  const names = new Map<string, number>();
  return found.rows.map((row) => {
    const columns = (JSON.parse(String(row["columns"])) as readonly (readonly [string | null, number, string])[]).map(
      indexColumn,
    );
    if (row["origin"] === "u") {
      const name = numbered(names, `unique (${columns.join(", ")})`);
      return object("constraint", [table.name, name], table.name, { columns, type: "unique" });
    }
    return object("index", [table.name, String(row["name"])], table.name, {
      columns,
      definition: String(row["sql"]),
      partial: row["partial"] === 1,
      unique: row["unique"] === 1,
    });
  });
}

function indexColumn([name, descending, collation]: readonly [string | null, number, string]): string {
  const collated = collation === "BINARY" ? "" : ` COLLATE ${collation}`;
  return `${name ?? "<expression>"}${collated}${descending === 1 ? " DESC" : ""}`;
}

async function readForeignKeys(session: SqliteSession, table: Relation): Promise<readonly SchemaObject[]> {
  const found = await session.query<Row>("SELECT * FROM pragma_foreign_key_list($1, 'main') ORDER BY id, seq", [
    table.name,
  ]);
  const keys = new Map<number, readonly Row[]>();
  for (const row of found.rows) keys.set(Number(row["id"]), [...(keys.get(Number(row["id"])) ?? []), row]);
  const names = new Map<string, number>();
  return [...keys.values()].map((rows) => {
    const columns = rows.map((row) => String(row["from"]));
    const parent = String(rows[0]?.["table"]);
    const name = numbered(names, `foreign key (${columns.join(", ")}) to ${parent}`);
    return object("constraint", [table.name, name], table.name, {
      columns,
      onDelete: String(rows[0]?.["on_delete"]),
      onUpdate: String(rows[0]?.["on_update"]),
      references: parent,
      // Null where the definition leaves them out: then the parent's primary key is meant.
      referencesColumns: rows.some((row) => row["to"] === null) ? null : rows.map((row) => String(row["to"])),
      type: "foreign key",
    });
  });
}

async function readTriggers(session: SqliteSession, relations: readonly Relation[]): Promise<readonly SchemaObject[]> {
  const found = await session.query<Row>(
    "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
  );
  const views = new Map(relations.map((relation) => [relation.name, relation.type === "view"]));
  return found.rows
    .filter((row) => views.has(String(row["tbl_name"])))
    .map((row) => {
      const table = String(row["tbl_name"]);
      const trigger = object("trigger", [table, String(row["name"])], table, { definition: String(row["sql"]) });
      return views.get(table) === true ? { ...trigger, parent: objectId("view", [table]) } : trigger;
    });
}

function object(
  kind: SchemaObject["kind"],
  names: readonly string[],
  table: string | null,
  attributes: Readonly<Record<string, AttributeValue>>,
): SchemaObject {
  const parent = table === null ? null : objectId("table", [table]);
  return { kind, id: objectId(kind, names), name: names.join("."), parent, attributes, dependsOn: [], position: 0 };
}

function objectId(kind: SchemaObject["kind"], names: readonly string[]): string {
  return `${kind}:${["main", ...names].map(namePart).join(".")}`;
}

/** Constraints without names of their own may be equal; the second one gets a number. */
function numbered(names: Map<string, number>, name: string): string {
  const count = (names.get(name) ?? 0) + 1;
  names.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}

function isOwn(name: string, prefix: string): boolean {
  return prefix !== "" && name.startsWith(prefix);
}
