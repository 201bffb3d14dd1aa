import Database from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { catalogText } from "../../../src/catalog/compare.ts";
import type { Session } from "../../../src/engines/engine.ts";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";

const sessions: Session[] = [];
afterAll(async () => {
  for (const session of sessions) await session.close();
});

async function read(statements: readonly string[]) {
  const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });
  const session = await engine.open("write");
  sessions.push(session);
  await session.script(statements);
  const catalog = await engine.introspect(session);
  const one = (id: string) => catalog.objects.find((object) => object.id === id);
  return { engine, session, catalog, one };
}

const schema = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL COLLATE NOCASE UNIQUE, age INT DEFAULT (1 + 1) CHECK (age > 0))",
  "CREATE TABLE strict_one (a INTEGER NOT NULL, b TEXT, c TEXT GENERATED ALWAYS AS (b || a) STORED, d INT AS (a + 1), PRIMARY KEY (b, a)) STRICT, WITHOUT ROWID",
  `CREATE TABLE "Odd ""Name""" ("x y" NUMERIC(10, 2), a INT, b TEXT, UNIQUE ("x y", a), FOREIGN KEY (b, a) REFERENCES strict_one (b, a) ON UPDATE CASCADE ON DELETE SET NULL, FOREIGN KEY (a) REFERENCES users, FOREIGN KEY (a) REFERENCES users)`,
  'CREATE INDEX partial_one ON users (lower(email), age DESC) WHERE age > 18 AND email <> ";"'.replaceAll('";"', "';'"),
  "CREATE VIEW adults AS SELECT id FROM users WHERE age >= 18",
  "CREATE TRIGGER on_view INSTEAD OF INSERT ON adults BEGIN INSERT INTO users (email) VALUES ('x'); END",
  "CREATE TRIGGER on_table AFTER UPDATE OF age ON users BEGIN SELECT CASE WHEN new.age < 0 THEN RAISE(ABORT, 'no') END; END",
  "CREATE VIRTUAL TABLE notes USING fts5(title, body)",
  "ANALYZE",
];

test("objects have what SQLite says of them", async () => {
  const { catalog, one } = await read(schema);
  expect(catalog.unmanaged).toEqual([]);
  expect(catalog.objects.filter((object) => object.kind === "table").map((object) => object.name)).toEqual([
    'Odd "Name"',
    "notes",
    "strict_one",
    "users",
  ]);
  expect(one("table:main.strict_one")?.attributes).toMatchObject({ strict: true, withoutRowid: true, virtual: false });
  expect(one("table:main.notes")?.attributes).toMatchObject({
    virtual: true,
    definition: "CREATE VIRTUAL TABLE notes USING fts5 ( title , body )",
  });
  expect(one("column:main.users.age")).toEqual({
    kind: "column",
    id: "column:main.users.age",
    name: "users.age",
    parent: "table:main.users",
    attributes: {
      collation: null,
      default: "1 + 1",
      expression: null,
      generated: null,
      hidden: false,
      named: null,
      notNull: false,
      notNullConflict: null,
      type: "INT",
    },
    dependsOn: [],
    position: 3,
    source: "age INT DEFAULT (1 + 1) CHECK (age > 0)",
  });
  expect(one("column:main.users.email")?.attributes).toMatchObject({ collation: "NOCASE", notNull: true });
  expect(one("column:main.strict_one.c")?.attributes).toMatchObject({
    expression: "b || a",
    generated: "stored",
  });
  expect(one("column:main.strict_one.d")?.attributes).toMatchObject({ generated: "virtual" });
  expect(one('constraint:main.strict_one."primary key"')?.attributes).toMatchObject({ columns: ["b", "a"] });
  expect(one('constraint:main.users."unique (email COLLATE NOCASE)"')).toBeDefined();
  const odd = 'main."Odd ""Name"""';
  expect(one(`constraint:${odd}."foreign key (b, a) to strict_one"`)?.attributes).toMatchObject({
    onUpdate: "CASCADE",
    onDelete: "SET NULL",
    referencesColumns: ["b", "a"],
  });
  expect(one(`constraint:${odd}."foreign key (a) to users"`)?.attributes).toMatchObject({ referencesColumns: null });
  expect(one(`constraint:${odd}."foreign key (a) to users 2"`)).toBeDefined();
  expect(one("index:main.users.partial_one")?.attributes).toMatchObject({
    columns: ["lower ( email )", "age DESC"],
    unique: false,
    where: "age > 18 AND email <> ';'",
  });
  expect(one("trigger:main.adults.on_view")?.parent).toBe("view:main.adults");
  expect(one("trigger:main.users.on_table")?.parent).toBe("table:main.users");
  expect(one('constraint:main.users."check (age > 0)"')?.attributes).toMatchObject({
    expression: "age > 0",
    name: null,
  });
  expect(one('constraint:main.users."primary key"')?.attributes).toMatchObject({ autoincrement: true, rowid: true });
  expect(one("view:main.adults")?.dependsOn).toEqual(["table:main.users"]);
  expect(one("trigger:main.adults.on_view")?.dependsOn).toEqual(["table:main.users"]);
  expect(one(`constraint:${odd}."foreign key (a) to users"`)?.dependsOn).toEqual(["table:main.users"]);
});

test("the definitions make an equal database", async () => {
  const { catalog } = await read(schema);
  const order = ["table", "index", "view", "trigger"];
  const definitions = [...catalog.objects]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .filter((object) => order.includes(object.kind))
    .flatMap((object) => object.source ?? []);
  const again = await read(definitions);
  expect(catalogText(again.catalog)).toBe(catalogText(catalog));
});

test("a virtual table without its module, and the tables it may keep its rows in, are left alone and said", async () => {
  const root = await temporaryFolder("sqlite");
  const database = new Database(`${root}/app.db`);
  database.unsafeMode(true);
  database.pragma("writable_schema = ON");
  database.exec(
    "CREATE TABLE t (x); CREATE TABLE gone_rows (x UNIQUE); CREATE INDEX i ON gone_rows (x); INSERT INTO sqlite_schema VALUES ('table', 'gone', 'gone', 0, 'CREATE VIRTUAL TABLE gone USING no_such_module(a)')",
  );
  database.close();
  const engine = sqliteEngine({ url: "sqlite:app.db", root, ledger: { prefix: "keelson_" } });
  const session = await engine.open("read");
  const catalog = await engine.introspect(session);
  expect(catalog.objects.map((object) => object.id)).toEqual(["column:main.t.x", "table:main.t"]);
  expect(catalog.unmanaged).toEqual([
    "virtual table gone, whose module is not available",
    "table gone_rows, which may hold the rows of the virtual table gone",
  ]);
  expect((await engine.listTables(session)).map((table) => table.name)).toEqual(["gone", "gone_rows", "t"]);
  await session.close();
});

test("a view that no longer works does not stop the reading", async () => {
  const { engine, session } = await read([]);
  await session.script([
    "CREATE TABLE t (x)",
    "CREATE VIEW v AS SELECT x FROM t",
    "PRAGMA legacy_alter_table = ON",
    "DROP TABLE t",
  ]);
  const catalog = await engine.introspect(session);
  expect(catalog.objects.map((object) => object.id)).toEqual(["view:main.v"]);
  expect(await engine.listTables(session)).toEqual([{ schema: null, name: "v", kind: "view", columns: [] }]);
});

test("another way of writing a schema is no difference", async () => {
  const one = await read([
    `CREATE TABLE t (id INTEGER PRIMARY KEY, "a" text not null default 'x' collate nocase unique, b int references t (id) on delete cascade, check (a <> 'y' and "b" >= 0)) STRICT`,
    "CREATE INDEX i ON t (a, lower(b) desc) WHERE b>0",
    "CREATE VIEW v AS SELECT a, b FROM t",
  ]);
  const other = await read([
    `create table [t] ( -- the table
  id integer,
  \`a\` TEXT COLLATE NOCASE /* a name */ DEFAULT ('x') NOT NULL,
  b INT,
  PRIMARY KEY ("id"),
  UNIQUE (a),
  CHECK (a <> 'y' AND b >= 0),
  FOREIGN KEY (b) REFERENCES "t" (id) ON DELETE CASCADE
) STRICT`,
    'create index "i" on t("a", lower(b) DESC) where b > 0',
    "create view v as\n  select a, b -- both\n  from [t]",
  ]);
  expect(catalogText(other.catalog)).toBe(catalogText(one.catalog));
});

test("a table keeps its comments and its spelling for whoever makes it again", async () => {
  const sql = "CREATE TABLE t (\n  a  INT, -- first\n  b TEXT\n)";
  const { one } = await read([sql]);
  expect(one("table:main.t")?.source).toBe(sql);
});
