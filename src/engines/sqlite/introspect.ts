import type { Catalog, SchemaObject } from "../../catalog/catalog.ts";
import type { TableSummary } from "../engine.ts";
import { canonicalText, wholeTokens } from "./ddl/canonical-text.ts";
import { describeTable } from "./describe-table.ts";
import { namedRelations } from "./named-relations.ts";
import { objectId, schemaObject } from "./object-ids.ts";
import { type Relation, type Row, readColumns, readDefinitions, readRelations } from "./relations.ts";
import { foldName } from "./script/tokens.ts";
import type { SqliteSession } from "./sqlite-session.ts";

/** The catalog of a database that nothing was made in. */
export const emptyCatalog: Catalog = { format: 3, dialect: "sqlite", serverVersion: "0", objects: [], unmanaged: [] };

/** Reads the schema in one transaction; tables whose names begin with `prefix`, and what belongs to them, are left out. */
export async function introspect(session: SqliteSession, prefix: string): Promise<Catalog> {
  return await inOneTransaction(session, async () => {
    const relations = (await readRelations(session)).filter((relation) => !isOwn(relation.name, prefix));
    const ids = new Map(relations.map((relation) => [foldName(relation.name), relationId(relation)]));
    const definitions = await readDefinitions(session);
    const objects: SchemaObject[] = [];
    const columnsOf = new Map<string, readonly Row[] | null>();
    for (const { name } of relations) columnsOf.set(name, await readColumns(session, name));
    const unknown = withoutModule(relations, columnsOf);
    for (const relation of relations) {
      if (unknown.has(relation.name)) continue;
      const columns = columnsOf.get(relation.name) ?? null;
      if (relation.type === "view") {
        objects.push(viewObject(relation, columns, ids));
        continue;
      }
      const indexes = relation.type === "table" ? await readIndexes(session, relation.name, definitions) : [];
      objects.push(...describeTable({ relation, columns: columns ?? [], indexes, ids }));
    }
    const known = relations.filter(({ name }) => !unknown.has(name));
    objects.push(...(await readTriggers(session, known, ids)));
    const version = await session.query<{ readonly version: string }>("SELECT sqlite_version() AS version");
    return {
      format: 3,
      dialect: "sqlite",
      serverVersion: String(version.rows[0]?.version),
      objects: objects.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      unmanaged: [...unknown.values()],
    };
  });
}

/**
 * Virtual tables whose module is not available here, by name, with what to say of them. Only the module knows which tables
 * it keeps its rows in, so every table whose name begins with theirs is taken for one of those.
 */
function withoutModule(
  relations: readonly Relation[],
  columnsOf: ReadonlyMap<string, readonly Row[] | null>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const virtual = relations.filter(({ name, type }) => type === "virtual" && columnsOf.get(name) === null);
  for (const { name } of virtual) {
    found.set(name, `virtual table ${name}, whose module is not available`);
    const prefix = `${foldName(name)}_`;
    for (const other of relations) {
      if (other.type === "table" && foldName(other.name).startsWith(prefix))
        found.set(other.name, `table ${other.name}, which may hold the rows of the virtual table ${name}`);
    }
  }
  return found;
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

/** The indexes that CREATE INDEX made; those behind a constraint are the constraint's. */
async function readIndexes(
  session: SqliteSession,
  table: string,
  definitions: ReadonlyMap<string, string>,
): Promise<readonly Row[]> {
  const found = await session.query<Row>(
    `SELECT i.name, i."unique", (
  SELECT json_group_array(json_array(x.name, x.coll)) FROM (SELECT * FROM pragma_index_xinfo(i.name, 'main') WHERE key = 1 ORDER BY seqno) AS x
) AS columns
FROM pragma_index_list($1, 'main') AS i WHERE i.origin = 'c' ORDER BY i.name`,
    [table],
  );
  return found.rows.map((row) => ({ ...row, sql: definitions.get(String(row["name"])) ?? null }));
}

/**
 * The names of a view's columns are part of it because SQLite takes them from the text of its expressions. They are
 * sorted: the order of `SELECT *` is the tables', and any other order is in the definition.
 */
function viewObject(
  relation: Relation,
  columns: readonly Row[] | null,
  ids: ReadonlyMap<string, string>,
): SchemaObject {
  const id = relationId(relation);
  return schemaObject({
    kind: "view",
    names: [relation.name],
    parent: null,
    attributes: {
      columns: columns?.map((column) => String(column["name"])).sort() ?? null,
      definition: canonicalText(wholeTokens(relation.definition ?? "")),
    },
    dependsOn: namedRelations(relation.definition ?? "", ids).filter((other) => other !== id),
    source: relation.definition,
  });
}

async function readTriggers(
  session: SqliteSession,
  relations: readonly Relation[],
  ids: ReadonlyMap<string, string>,
): Promise<readonly SchemaObject[]> {
  const found = await session.query<Row>(
    "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
  );
  const tables = new Map(relations.map((relation) => [foldName(relation.name), relation]));
  return found.rows.flatMap((row) => {
    const table = tables.get(foldName(String(row["tbl_name"])));
    if (table === undefined) return [];
    const definition = String(row["sql"]);
    const parent = relationId(table);
    return [
      schemaObject({
        kind: "trigger",
        names: [table.name, String(row["name"])],
        parent,
        attributes: { definition: canonicalText(wholeTokens(definition)) },
        dependsOn: namedRelations(definition, ids).filter((other) => other !== parent),
        source: definition,
      }),
    ];
  });
}

function relationId(relation: Relation): string {
  return objectId(relation.type === "view" ? "view" : "table", [relation.name]);
}

function isOwn(name: string, prefix: string): boolean {
  return prefix !== "" && name.startsWith(prefix);
}
