import fc from "fast-check";
import { expect } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { databaseWith, independentPicture, type PlannedDatabase, runPlan } from "./planned-databases.ts";
import { catalogPair, catalogStatements } from "./random-catalogs.ts";

/** Why rows may refuse a change. Whatever else fails is a defect. */
const refusedByRows =
  /constraint failed|does not exist|cannot store|datatype mismatch|foreign key mismatch|non-deterministic|string or blob too big/;

/** What came of some pairs. */
export interface PairCounts {
  readonly pairs: number;
  /** Changes that rows refused, after which nothing was different, and which were done without the rows. */
  readonly refused: number;
}

/** Plans and runs the way from one random catalog to another and back, with rows, and expects nothing to be lost. */
export async function expectRandomPairs(runs: number, seed?: number): Promise<PairCounts> {
  let pairs = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(catalogPair, async ([one, other]) => {
      const [first, second] = [`${catalogStatements(one).join(";\n")};`, `${catalogStatements(other).join(";\n")};`];
      const database = await databaseWith(first);
      const wanted = await databaseWith(second);
      try {
        const start = { catalog: await database.catalog(), picture: await independentPicture(database) };
        const end = { catalog: await wanted.catalog(), picture: await independentPicture(wanted) };
        await fill(database, start.catalog);
        pairs++;
        for (const goal of [end, start]) if (!(await changeWithRows(database, goal))) refused++;
        expect(await database.rows("PRAGMA integrity_check")).toEqual([["ok"]]);
      } finally {
        await database.close();
        await wanted.close();
      }
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return { pairs, refused };
}

/** A schema as it is to become, by Keelson's reading and without it. */
interface Goal {
  readonly catalog: Catalog;
  readonly picture: string;
}

/** Changes a database; says false when its rows refused that, and then changes it without them. */
async function changeWithRows(database: PlannedDatabase, goal: Goal): Promise<boolean> {
  const [before, after] = [await database.catalog(), goal.catalog];
  const plan = await database.engine.planChanges(before, after);
  const losses = plan.statements.flatMap((statement) => statement.losses);
  const kept = await keptRows(database, { before, after, losses });
  const foreseen = await requiredRows(database, plan);
  const stopped = await change(database, plan);
  expect(await keptRows(database, { before, after, losses })).toEqual(kept);
  if (stopped !== null) {
    // Rows that stop a change must have been found before it began, and nothing may have happened.
    // Only where a column gets another type are values compared otherwise afterwards than can be asked before.
    if (!retypes(before, after)) expect(foreseen, stopped).not.toEqual([]);
    expect(stopped).toMatch(refusedByRows);
    expect(compareCatalogs(await database.catalog(), before)).toEqual([]);
    for (const table of tablesOf(before)) await database.session.query(`DELETE FROM ${quoted(table)}`);
    expect(await change(database, plan)).toBe(null);
  }
  expect(compareCatalogs(await database.catalog(), after)).toEqual([]);
  expect(await independentPicture(database)).toBe(goal.picture);
  return stopped === null;
}

function retypes(before: Catalog, after: Catalog): boolean {
  const types = new Map(before.objects.map(({ id, attributes }) => [id, attributes["type"]]));
  return after.objects.some(
    ({ id, kind, attributes }) => kind === "column" && types.has(id) && types.get(id) !== attributes["type"],
  );
}

/** The rows that stand in the way of a plan by its own queries. */
async function requiredRows(database: PlannedDatabase, { requirements }: Plan): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { title, sql } of requirements) if ((await database.rows(sql)).length > 0) found.push(title);
  return found;
}

async function change(database: PlannedDatabase, plan: Plan): Promise<string | null> {
  try {
    await runPlan(database, plan);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await database.session.query("PRAGMA foreign_keys=OFF");
  }
}

interface Change {
  readonly before: Catalog;
  readonly after: Catalog;
  /** What the plan says that it destroys. */
  readonly losses: readonly string[];
}

/**
 * The values that must stay: of all columns that both have and that the plan does not say to lose anything of, each row
 * with its rowid where both tables have them; and the highest ids ever given.
 */
async function keptRows(
  database: PlannedDatabase,
  { before, after, losses }: Change,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const [table, names] of commonColumns(before, after)) {
    const safe = names.filter((name) => !losses.some((loss) => loss.includes(`${table}.${name}`)));
    const list = [...(keepsRowids(table, before, after) ? ['rowid AS " rowid"'] : []), ...safe.map(quoted)].join(", ");
    const isSearch = table.endsWith("_fts");
    if (list === "" || isSearch) continue;
    found[table] = (await database.rows(`SELECT ${list} FROM ${quoted(table)}`)).map(plainValues).sort();
  }
  const [old, current] = [before, after].map(autoincremented);
  for (const table of old ?? []) {
    if (current?.includes(table) !== true) continue;
    found[`highest id of ${table}`] = (
      await database.rows(`SELECT seq FROM sqlite_sequence WHERE name = '${table.replaceAll("'", "''")}'`)
    ).map(String);
  }
  return found;
}

/** By table: the columns of both catalogs that hold values of their own in the second. */
function commonColumns(from: Catalog, to: Catalog): ReadonlyMap<string, readonly string[]> {
  const later = new Map(to.objects.map((object) => [object.id, object]));
  const shared = new Map<string, string[]>();
  for (const table of tablesOf(from)) {
    for (const object of from.objects) {
      const generated = later.get(object.id)?.attributes["generated"];
      if (object.kind !== "column" || object.parent !== tableId(from, table) || generated !== null) continue;
      shared.set(table, [...(shared.get(table) ?? []), object.name.slice(table.length + 1)]);
    }
  }
  return shared;
}

function tableId(catalog: Catalog, table: string): string | undefined {
  return catalog.objects.find(({ kind, name }) => kind === "table" && name === table)?.id;
}

/** Values as texts; a number that became a text, or a whole number a real one, is the same. */
function plainValues(row: readonly unknown[]): string {
  const plain = (value: unknown): unknown => {
    const text = String(value).replace(/^\\x([0-9a-f]*)$/, (_, hex: string) =>
      Buffer.from(hex, "hex").toString("utf8"),
    );
    return typeof value === "number" || /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : value === null ? null : text;
  };
  return JSON.stringify(row.map(plain));
}

/** Rowids can't stay where a table has none, and where another column becomes their name. */
function keepsRowids(table: string, from: Catalog, to: Catalog): boolean {
  const has = [from, to].every((catalog) => {
    const object = catalog.objects.find(({ kind, name }) => kind === "table" && name === table);
    return object?.attributes["withoutRowid"] === false && object.attributes["virtual"] === false;
  });
  const alias = (catalog: Catalog): string =>
    String(
      catalog.objects.find(({ name, attributes }) => attributes["rowid"] === true && name === `${table}.primary key`)
        ?.attributes["columns"] ?? "",
    );
  return has && (alias(to) === "" || alias(to) === alias(from));
}

function autoincremented(catalog: Catalog): readonly string[] {
  return catalog.objects
    .filter(({ attributes }) => attributes["autoincrement"] === true)
    .map(({ name }) => name.slice(0, name.lastIndexOf(".")));
}

function tablesOf(catalog: Catalog): readonly string[] {
  return catalog.objects
    .filter(({ kind, attributes }) => kind === "table" && attributes["virtual"] === false)
    .map(({ name }) => name);
}

/** Rows of all kinds; those that a table does not take are left out. The highest id was given and taken back. */
async function fill(database: PlannedDatabase, catalog: Catalog): Promise<void> {
  await database.session.query("PRAGMA foreign_keys=OFF");
  for (const table of tablesOf(catalog)) {
    const columns = await database.rows(
      `SELECT name, upper(type) FROM pragma_table_xinfo('${table.replaceAll("'", "''")}') WHERE hidden = 0 ORDER BY cid`,
    );
    const names = columns.map(([name]) => quoted(String(name))).join(", ");
    for (const row of [3, 1, 2, 9]) {
      const values = columns.map(([name, type]) => valueFor(String(name), String(type), row));
      const insert = `INSERT OR IGNORE INTO ${quoted(table)} (${names}) VALUES (${values.join(", ")})`;
      // What a strict table or its computed column can't hold is not ignored.
      await database.session.query(insert).catch(() => undefined);
    }
    await database.session.query(`DELETE FROM ${quoted(table)} WHERE id = 9`);
  }
  await dropOrphans(database, tablesOf(catalog));
}

/** Rows that point at nothing would stop every change, whatever it is. */
async function dropOrphans(database: PlannedDatabase, tables: readonly string[]): Promise<void> {
  for (let found = true; found; ) {
    found = false;
    for (const table of tables) {
      const orphans = await database
        .rows(`SELECT count(*), count(rowid) FROM pragma_foreign_key_check('${table.replaceAll("'", "''")}')`)
        // A key that points to what is no key is no row's fault, and no row can keep it.
        .catch(() => [[1, 0]]);
      const [count, named] = orphans[0] ?? [0, 0];
      if (count === 0) continue;
      found = true;
      const which =
        named === count
          ? ` WHERE _rowid_ IN (SELECT rowid FROM pragma_foreign_key_check('${table.replaceAll("'", "''")}'))`
          : "";
      const before = await database.rows(`SELECT count(*) FROM ${quoted(table)}`);
      await database.session.query(`DELETE FROM ${quoted(table)}${which}`);
      if (before[0]?.[0] === 0) return;
    }
  }
}

function valueFor(name: string, type: string, row: number): string {
  if (name === "id") return type === "TEXT" ? `'${row}'` : String(row);
  if (row === 2 && name !== "id_two") return "NULL";
  if (type.includes("INT") || type.includes("BOOL")) return String(row);
  if (type.includes("REAL") || type.includes("NUM")) return `${row}.25`;
  if (type === "" || type === "ANY") return ["1", "'007'", "1.5", "x'41'"][row % 4] ?? "1";
  return type.includes("BLOB") ? `x'0${row}'` : `'v ${row}'`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
