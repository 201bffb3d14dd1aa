import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import {
  catalogOf,
  changeTo,
  contents,
  databaseWith,
  fillTables,
  independentPicture,
  sharedColumns,
} from "./planned-databases.ts";
import { flips } from "./schema-flips.ts";
import { grammar, ownTables, pragmas, type Standing, schemaColumns } from "./schema-ledger.ts";

const isStanding = (entry: Standing | Readonly<Record<string, Standing>>): entry is Standing =>
  typeof entry["as"] === "string";

const standings: readonly Standing[] = [pragmas, schemaColumns, ownTables, grammar].flatMap((list) =>
  Object.values(list).flatMap((entry) => (isStanding(entry) ? [entry] : Object.values(entry))),
);

/** Attributes that are part of what a constraint is called, so that another value is another constraint. */
const inItsName = ["constraint.type", "constraint.references"];

describe("the ledger has everything that the bundled SQLite knows", () => {
  const database = new Database(":memory:");
  const columnsOf = (sql: string): readonly string[] =>
    database
      .prepare(sql)
      .columns()
      .map(({ name }) => name);

  test("every pragma, and every column of those that list a schema", () => {
    const names = database.prepare("SELECT name FROM pragma_pragma_list").pluck().all() as readonly string[];
    expect(Object.keys(pragmas).sort()).toEqual([...names].sort());
    for (const [name, columns] of Object.entries(pragmas)) {
      if (!isStanding(columns)) expect(Object.keys(columns), name).toEqual(columnsOf(`SELECT * FROM pragma_${name}`));
    }
  });

  test("every column of sqlite_schema, and every table that SQLite makes for itself", () => {
    expect(Object.keys(schemaColumns)).toEqual(columnsOf("SELECT * FROM sqlite_schema"));
    database.exec(
      "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b UNIQUE); INSERT INTO t (b) VALUES (1); ANALYZE",
    );
    const own = database.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name LIKE 'sqlite~_%' ESCAPE '~'",
    );
    for (const name of own.pluck().all() as readonly string[]) expect(Object.keys(ownTables)).toContain(name);
  });

  test("every rule of the grammar about tables, indexes, views and triggers", () => {
    expect(Object.keys(grammar).sort()).toEqual([...schemaRules()].sort());
  });
});

describe("what the ledger says to be modelled", () => {
  const seen = new Set(flips.flatMap(([, , , differences]) => differences.map(attributeOf)));

  test("has a change that shows it", () => {
    const attributes = new Set(standings.flatMap((standing) => (standing.as === "modelled" ? standing.in : [])));
    for (const attribute of attributes) if (!inItsName.includes(attribute)) expect(seen).toContain(attribute);
  });

  test.each(flips)(
    "%s is seen as that and nothing else, and changed both ways with the rows",
    async (_, one, other, differences) => {
      const [first, second] = [await catalogOf(one), await catalogOf(other)];
      expect(differencesBetween(first, second)).toEqual(differences);
      const database = await databaseWith(one);
      await fillTables(database);
      const shared = sharedColumns(first, second);
      const before = await contents(database, shared);
      for (const script of [other, one]) {
        expect((await changeTo(database, script)).left).toEqual([]);
        expect(await contents(database, shared)).toEqual(before);
        const wanted = await databaseWith(script);
        expect(await independentPicture(database)).toBe(await independentPicture(wanted));
        await wanted.close();
      }
      await database.close();
    },
  );
});

type Comparable = Parameters<typeof compareCatalogs>[0];

function differencesBetween(from: Comparable, to: Comparable): readonly string[] {
  return compareCatalogs(from, to).flatMap(({ id, what, attributes }) =>
    what === "changed" ? attributes.map(({ name }) => `${id} ${name}`) : [`${what} ${id}`],
  );
}

/** `column.type` of `column:main.t.a type`, and `column` of `added column:main.t.a`. */
function attributeOf(difference: string): string {
  const added = /^(?:added|removed) (\w+):/.exec(difference);
  if (added !== null) return added[1] ?? "";
  return `${difference.split(":")[0]}.${difference.split(" ").at(-1)}`;
}

/** What the parser's source lists as its rules, as far as they are about schema objects. */
function schemaRules(): readonly string[] {
  const package_ = dirname(createRequire(import.meta.url).resolve("better-sqlite3/package.json"));
  const source = readFileSync(join(package_, "deps", "sqlite3", "sqlite3.c"), "utf8");
  const start = source.indexOf("static const char *const yyRuleName[]");
  const rules = source.slice(start, source.indexOf("};", start)).matchAll(/"([^"]+)"/g);
  return [...rules].map((rule) => (rule[1] ?? "").trim()).filter((rule) => isAboutSchema(rule));
}

const parts = new Set(
  `create_table createkw ifnotexists temp create_table_args table_option_set table_option columnlist columnname
typetoken typename signed carglist ccons generated autoinc refargs refarg refact defer_subclause defer_subclause_opt
init_deferred_pred_opt conslist_opt conslist tconscomma tcons onconf resolvetype raisetype sortlist sortorder nulls
eidlist_opt eidlist collate uniqueflag trigger_decl trigger_time trigger_event foreach_clause when_clause trigger_cmd_list
trigger_cmd create_vtab vtabarglist vtabarg vtabargtoken alter_add`.split(/\s+/),
);

function isAboutSchema(rule: string): boolean {
  const [head = "", body = ""] = rule.split(" ::=");
  return parts.has(head) || (head === "cmd" && /^ (createkw|create_\w+|ALTER|alter_\w+)\b/.test(body));
}
