import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import type { Engine, Session } from "../../../src/engines/engine.ts";
import { readTokens } from "../../../src/engines/sqlite/script/tokens.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import type { Plan, PlanOptions } from "../../../src/plan/plan.ts";

/** A database in memory of one engine. */
export interface PlannedDatabase {
  readonly engine: Engine;
  readonly session: Session;
  catalog(): Promise<Catalog>;
  rows(sql: string): Promise<readonly unknown[][]>;
  close(): Promise<void>;
}

/** Opens a database in memory and runs a script in it, foreign keys on as applications have them. */
export async function databaseWith(script: string): Promise<PlannedDatabase> {
  const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });
  const session = await engine.open("write");
  await session.query("PRAGMA foreign_keys=ON");
  await session.script((await engine.parse(script)).map((statement) => statement.sql));
  return {
    engine,
    session,
    catalog: () => engine.introspect(session),
    rows: async (sql) => (await session.query(sql)).rows.map((row) => Object.values(row)),
    close: async () => {
      await session.close();
      await engine.close();
    },
  };
}

/** The catalog that a script makes in an empty database. */
export async function catalogOf(script: string): Promise<Catalog> {
  const database = await databaseWith(script);
  try {
    return await database.catalog();
  } finally {
    await database.close();
  }
}

/**
 * The plan as text of a revision, parsed and run as a run does: settings, transaction, statements, check, commit. Other
 * than in a run foreign keys are on until the plan itself turns them off, as they are where a program runs the text.
 */
export async function runPlan(database: PlannedDatabase, plan: Plan): Promise<void> {
  const { engine, session } = database;
  const text = plan.statements.map((statement) => `${statement.sql};`).join("\n");
  const statements = await engine.parse(text);
  await session.script(statements.filter(({ mode }) => mode === "setting").map(({ sql }) => sql));
  await session.query(engine.sql.begin);
  try {
    await session.script(statements.filter(({ mode }) => mode !== "setting").map(({ sql }) => sql));
    const problems = await engine.checkStep(session);
    if (problems.length > 0) throw new Error(problems.join("; "));
    await session.query("COMMIT");
  } catch (error) {
    await session.rollback();
    throw error;
  } finally {
    await session.query("PRAGMA foreign_keys=ON");
  }
}

/** Plans from a database to what a script makes, runs the plan, and returns it with what is still different. */
export async function changeTo(
  database: PlannedDatabase,
  script: string,
  options: PlanOptions = {},
): Promise<{ readonly plan: Plan; readonly left: readonly string[] }> {
  const wanted = await catalogOf(script);
  const plan = await database.engine.planChanges(await database.catalog(), wanted, options);
  await runPlan(database, plan);
  const left = compareCatalogs(await database.catalog(), wanted).map((one) => `${one.id} ${one.what}`);
  return { plan, left };
}

/**
 * What a database says of its schema without Keelson's reading of it: every pragma about every table, and the tokens of
 * views, triggers and indexes. The order of columns is left out.
 */
export async function independentPicture(database: Pick<PlannedDatabase, "rows">): Promise<string> {
  const names = await database.rows(
    "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
  );
  const picture: unknown[] = [names];
  for (const [name] of names) {
    const table = `'${String(name).replaceAll("'", "''")}'`;
    const ask = async (sql: string): Promise<readonly string[]> =>
      (await database.rows(sql)).map((row) => plainTokens(JSON.stringify(row))).sort();
    const isView = names.some(([other, type]) => other === name && type === "view");
    picture.push(
      name,
      await ask(
        isView
          ? `SELECT name FROM pragma_table_xinfo(${table})`
          : `SELECT name, upper(type), "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(${table})`,
      ),
      await ask(
        `SELECT i."unique", i.origin, i.partial, iif(i.origin = 'c', i.name, ''), (SELECT json_group_array(json_array(x.name, x."desc", x.coll)) FROM pragma_index_xinfo(i.name) AS x WHERE key = 1) FROM pragma_index_list(${table}) AS i`,
      ),
      await ask(
        `SELECT seq, "table", "from", "to", on_update, on_delete, match FROM pragma_foreign_key_list(${table})`,
      ),
      ((await database.rows(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ${table}`)) as string[][])
        .flat()
        .map((sql) => sortedTokens(sql)),
    );
  }
  const others = await database.rows(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('index', 'view', 'trigger') AND sql IS NOT NULL ORDER BY type, name",
  );
  picture.push(others.map(([type, name, table, sql]) => [type, name, table, plainTokens(String(sql))]));
  return JSON.stringify(picture, null, 1);
}

/** Tokens without quotes and in small letters: where a statement was written anew, its spelling may be another. */
function plainTokens(sql: string): string {
  return tokensOf(sql).join(" ");
}

/** Words that change nothing, and those of keys, whose columns the pragmas tell. */
const silentWords = new Set([
  "foreign",
  "primary",
  "unique",
  "key",
  "constraint",
  "generated",
  "always",
  "virtual",
  "asc",
]);

/**
 * The same without punctuation and in alphabetical order, because constraints may stand at the column or behind; the
 * columns of keys are left out for the same reason.
 */
function sortedTokens(sql: string): string {
  const tokens = [...tokensOf(sql)];
  for (const key of ["foreign key", "primary key", "unique"]) {
    const words = key.split(" ");
    for (let at = 0; at < tokens.length; at++) {
      if (!words.every((word, index) => tokens[at + index] === word) || tokens[at + words.length] !== "(") continue;
      const end = tokens.indexOf(")", at);
      const kept = tokens.slice(at, end).filter((token) => token === "autoincrement");
      tokens.splice(at, end - at + 1, ...kept);
    }
  }
  return tokens
    .filter((token) => !["(", ")", ","].includes(token) && !silentWords.has(token))
    .sort()
    .join(" ");
}

function tokensOf(sql: string): readonly string[] {
  return [...readTokens(sql)].map((token) => {
    if (token.kind === "quoted") {
      const close = token.text.at(-1) ?? "";
      return token.text
        .slice(1, -1)
        .replaceAll(close + close, close)
        .toLowerCase();
    }
    return token.kind === "string" ? token.text : token.text.toLowerCase();
  });
}

/** Puts rows into every table that takes made-up values; tables whose checks refuse them stay empty. */
export async function fillTables(database: PlannedDatabase, rowsPerTable = 3): Promise<void> {
  await database.session.query("PRAGMA foreign_keys=OFF");
  const tables = await database.rows(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  for (const [table] of tables) {
    const columns = await database.rows(
      `SELECT name, upper(type) FROM pragma_table_xinfo('${table}') WHERE hidden = 0 ORDER BY cid`,
    );
    for (let row = 1; row <= rowsPerTable; row++) {
      const values = columns.map(([, type]) => madeUpValue(String(type), row));
      const names = columns.map(([name]) => `"${name}"`).join(", ");
      const insert = `INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${values.join(", ")})`;
      // What a strict table's computed column can't hold is not ignored.
      await database.session.query(insert).catch(() => undefined);
    }
  }
  await database.session.query("PRAGMA foreign_keys=ON");
}

/** The rows of every table over the columns that both readings can have, by table. */
export async function contents(
  database: PlannedDatabase,
  columns: ReadonlyMap<string, readonly string[]>,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [table, names] of columns) {
    const list = names.map((name) => `quote("${name}")`).join(", ");
    found[table] = JSON.stringify((await database.rows(`SELECT ${list} FROM "${table}"`)).map(String).sort());
  }
  return found;
}

/** By table: the columns with the same type in both catalogs, so that their values must stay. */
export function sharedColumns(from: Catalog, to: Catalog): ReadonlyMap<string, readonly string[]> {
  const later = new Map(to.objects.map((object) => [object.id, object]));
  const shared = new Map<string, string[]>();
  for (const object of from.objects) {
    const other = later.get(object.id);
    if (object.kind !== "column" || object.attributes["hidden"] === true || other === undefined) continue;
    if (other.attributes["type"] !== object.attributes["type"] || other.attributes["generated"] !== null) continue;
    const dot = object.name.indexOf(".");
    const table = object.name.slice(0, dot);
    shared.set(table, [...(shared.get(table) ?? []), object.name.slice(dot + 1)]);
  }
  return shared;
}

function madeUpValue(type: string, row: number): string {
  if (type.includes("INT") || type.includes("BOOL")) return String(row);
  if (type.includes("REAL") || type.includes("NUM") || type.includes("DEC")) return `${row}.5`;
  // A text that is also JSON, because generated columns may take it apart.
  return type.includes("BLOB") ? `x'0${row}'` : `'"v${row}"'`;
}
