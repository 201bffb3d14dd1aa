import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";
import { catalogOf, databaseWith } from "./planned-databases.ts";
import { catalogStatements, randomCatalog } from "./random-catalogs.ts";

/** Names and spellings that SQLite takes and that a careless reader does not. */
const odd = `create /* a ; */ table "select" ( -- the first, of two
  [order] integer primary key autoincrement,
	\`group by\` TEXT default "it's" collate nocase, 'a string' int, "ein ""Zitat""" double precision default(-1.5e3),
  größe long varchar(10 , -2) not null default x'ff', "テーブル" datetime default current_timestamp,
  "check" blob check("check" is not '/* no comment' and 'a''b' <> "group by"),
  [a]]" , AS AS ("größe" || '(' ) , unique("group by", 'a string') on conflict rollback
  check([order] > 0) constraint [no name] constraint really foreign key("a string")references"select"([order])on delete set null
);
CREATE TABLE main."SQL ite"(a int,b any,c text,primary key(a desc,b))without rowid,strict;
create table IF NOT EXISTS "as" as select 1 as "x y", 'b' as [from], 2.5 as z;
create unique index if not exists "in" on "select"("group by" collate binary asc, abs( [order] )desc)where "group by"is not null;
CREATE VIEW "where" ( "a b" , [c] ) AS SELECT [order], "group by" FROM "select" -- the end
;
CREATE TRIGGER "begin" AFTER UPDATE OF "group by", [order] ON "select" WHEN new."group by" = 'end;' BEGIN
  UPDATE "select" SET "group by" = CASE WHEN 1 THEN 'begin' ELSE ';' END WHERE [order] = old.[order]; -- end;
END;
CREATE VIRTUAL TABLE "match" USING fts5("group by", tokenize = "unicode61 tokenchars '-_'", content = "select", content_rowid = [order]);
CREATE VIRTUAL TABLE "Boxes" USING rtree(id, x0, x1, +name TEXT);`
  .replace('[a]]" , AS AS', "[a] text AS")
  .replace("double precision", "double precision");

function differences(from: Catalog, to: Catalog): readonly string[] {
  expect(from.unmanaged).toEqual([]);
  return compareCatalogs(from, to).map(({ id, what }) => `${what} ${id}`);
}

/** What a database says that it was made by, which makes an equal one. */
async function expectOwnDescription(script: string): Promise<void> {
  const database = await databaseWith(script);
  const listed = await database.rows(
    `SELECT s.sql FROM sqlite_schema AS s LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name
WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND coalesce(l.type, '') <> 'shadow' ORDER BY s.rowid`,
  );
  const own = await catalogOf(listed.map(([sql]) => `${sql}\n;`).join("\n"));
  const catalog = await database.catalog();
  expect(differences(catalog, own)).toEqual([]);
  expect((await database.engine.planChanges(catalog, own)).statements).toEqual([]);
  await database.close();
}

describe("a database and its own description", () => {
  test("are equal whatever its names are and however it was written", async () => {
    await expectOwnDescription(odd);
  });

  test("are equal for made-up schemas", async () => {
    const property = fc.asyncProperty(randomCatalog, async (catalog) => {
      await expectOwnDescription(`${catalogStatements(catalog).join(";\n")};`);
    });
    await fc.assert(property, { numRuns: 40 });
  });
});

const read = async (file: string): Promise<Catalog> => {
  const engine = sqliteEngine({ url: `sqlite:${file}`, root: "/", ledger: { prefix: "keelson_" } });
  const session = await engine.open("read");
  const catalog = await engine.introspect(session);
  await session.close();
  return catalog;
};

describe("a database file is equal to itself", () => {
  const rows = `INSERT INTO "select" ("group by", größe) VALUES ('a b', 'x'), ('c', 'y'); INSERT INTO "Boxes" VALUES (1, 0, 1, 'n');
INSERT INTO "match" ("match") VALUES ('rebuild');`;

  test.each([
    ["VACUUM", ["VACUUM"]],
    ["ANALYZE and REINDEX", ["ANALYZE", "REINDEX", "PRAGMA optimize"]],
    [
      "another journal mode and other numbers",
      ["PRAGMA journal_mode = wal", "PRAGMA user_version = 7", "PRAGMA application_id = 5"],
    ],
    ["names that come and go", ['ALTER TABLE "as" RENAME TO "is"', 'ALTER TABLE "is" RENAME TO "as"']],
    [
      "a column that comes and goes",
      ['ALTER TABLE "SQL ite" ADD COLUMN "new" INT', 'ALTER TABLE "SQL ite" DROP COLUMN "new"'],
    ],
  ])("after %s", async (_what, statements) => {
    const file = join(await temporaryFolder("sqlite"), "app.db");
    const database = new Database(file);
    database.exec(`${odd.replace('"it\'s"', "'it''s'")}${rows}`);
    const before = await read(file);
    for (const statement of statements) database.exec(statement);
    database.close();
    expect(differences(before, await read(file))).toEqual([]);
  });

  test.skipIf(spawnSync("sqlite3", ["-version"]).error !== undefined)(
    "after it was dumped and restored by the sqlite3 program",
    async () => {
      const folder = await temporaryFolder("sqlite");
      const [file, other] = [join(folder, "app.db"), join(folder, "restored.db")];
      const database = new Database(file);
      database.exec(`${odd}${rows}`);
      database.close();
      const dump = execFileSync("sqlite3", [file, ".dump"], { encoding: "utf8" });
      execFileSync("sqlite3", ["-bail", other], { input: dump });
      const restored = await read(other);
      expect(differences(await read(file), restored)).toEqual([]);
      const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });
      expect((await engine.planChanges(await read(file), restored)).statements).toEqual([]);
    },
  );
});
