import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";
import { sqliteEngine } from "../../src/engines/sqlite/sqlite-engine.ts";
import { isKeelsonError, type KeelsonError } from "../../src/errors.ts";
import type { DeclaredSchema } from "../../src/sources/declared-schema.ts";
import { readModels } from "../../src/sources/models/read-models.ts";
import { readSources, type SourcesRequest } from "../../src/sources/read-sources.ts";
import type { SchemaSource } from "../../src/sources/schema-source.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";

const packages = join(import.meta.dirname, "../../node_modules");
const ledger = { schema: "keelson", prefix: "keelson_" };
const postgres = postgresEngine({ url: "postgres://nobody@localhost:1/nowhere", ledger });
const sqlite = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger });

afterAll(async () => {
  await postgres.close();
  await sqlite.close();
});

async function projectWith(files: Readonly<Record<string, string>>): Promise<TestProject> {
  const project = await makeProject({ files });
  symlinkSync(packages, project.path("node_modules"));
  return project;
}

async function read(
  project: TestProject,
  sources: readonly (SchemaSource | string)[] | null = null,
  options: Partial<SourcesRequest> = {},
): Promise<DeclaredSchema> {
  return await readSources({
    root: project.root,
    dialect: "postgres",
    sources: sources?.map((source) => (typeof source === "string" ? files(source) : source)) ?? null,
    cut: (script) => (options.dialect === "sqlite" ? sqlite : postgres).parse(script),
    cacheFolder: project.path(".keelson/cache"),
    ...options,
  });
}

function files(path: string): SchemaSource {
  return { kind: "files", path, casing: null };
}

async function failure(reading: Promise<unknown>): Promise<KeelsonError> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (isKeelsonError(error)) return error;
  throw new Error(`no KeelsonError was thrown, but ${String(error)}`);
}

const users = `import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { orgs } from "./billing/orgs";
export const users = pgTable("users", {
  id: integer().primaryKey(),
  orgId: integer().references(() => orgs.id),
  email: text(),
});
`;
const orgs = `import { integer, pgTable } from "drizzle-orm/pg-core";
import { users } from "../users.ts";
console.log("models may print");
export const orgs = pgTable("orgs", { id: integer().primaryKey(), owner: integer().references(() => users.id) });
`;
const triggers = `create function lower_email() returns trigger language plpgsql as $$
begin new.email := lower(new.email); return new; end $$;

create trigger lower_email before insert on users for each row execute function lower_email();
`;

describe("the sources of a project", () => {
  it("are the folders models and schema where nothing is configured, of any number of files that import each other", async () => {
    const project = await projectWith({
      "models/users.ts": users,
      "models/billing/orgs.ts": orgs,
      "models/index.ts": 'export * from "./users";\nexport * from "./billing/orgs";\n',
      "models/users.test.ts": 'throw new Error("a test is no model");\n',
      "models/global.d.ts": "declare const x: number;\n",
      "models/.draft.ts": 'throw new Error("hidden");\n',
      "schema/triggers.sql": triggers,
    });
    const schema = await read(project);
    expect(schema.files).toEqual([
      "models/billing/orgs.ts",
      "models/index.ts",
      "models/users.ts",
      "schema/triggers.sql",
    ]);
    expect(schema.tables).toEqual(["orgs", "users"]);
    expect(schema.statements.map(({ origin, line, subject }) => ({ origin, line, subject }))).toEqual([
      { origin: "models/billing/orgs.ts", line: 4, subject: "table orgs" },
      { origin: "models/users.ts", line: 3, subject: "table users" },
      { origin: "models/billing/orgs.ts", line: 4, subject: "foreign key orgs_owner_users_id_fk of table orgs" },
      { origin: "models/users.ts", line: 3, subject: "foreign key users_orgId_orgs_id_fk of table users" },
      { origin: "schema/triggers.sql", line: 1, subject: null },
      { origin: "schema/triggers.sql", line: 4, subject: null },
    ]);

    const engine = postgresEngine({ url: await freshDatabase(), ledger });
    const session = await engine.open("write");
    for (const { sql } of schema.statements) await session.query(sql);
    const { objects } = await engine.introspect(session);
    await session.close();
    await engine.close();
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["table", "constraint", "function", "trigger"]),
    );
  });

  it("are named where they stand, also where a prefix is put before their names", async () => {
    const text = `import { pgTableCreator } from "drizzle-orm/pg-core";
const table = pgTableCreator((name) => \`app_\${name}\`);
export const users = table("users", {});
export const posts = table(
  "posts", {});
`;
    const { root } = await projectWith({ "a.ts": text });
    const { statements } = await readModels({
      root,
      files: ["a.ts"],
      dialect: "postgres",
      casing: null,
      cacheFolder: null,
    });
    expect(statements.map(({ subject, line }) => [subject, line])).toEqual([
      ["table app_users", 3],
      ["table app_posts", 5],
    ]);
  });

  it("are read afresh each time", async () => {
    const project = await projectWith({
      "models/a.ts": users.replace(/^import .*orgs.*\n/m, "").replace(/ *orgId.*\n/, ""),
    });
    const first = await read(project);
    const again = await read(project);
    expect(again.text).toBe(first.text);
    await project.write({
      "models/a.ts": 'import { pgTable } from "drizzle-orm/pg-core";\nexport const b = pgTable("b", {});\n',
    });
    const changed = await read(project);
    expect(changed.tables).toEqual(["b"]);
    expect(changed.text).not.toBe(first.text);
  });

  it("can be modules of every kind, with the aliases of tsconfig.json", async () => {
    const model = (name: string, more = "") =>
      `import { pgTable, text } from "drizzle-orm/pg-core";\n${more}export const t = pgTable("${name}", { a: text() });\n`;
    const project = await projectWith({
      "package.json": '{ "type": "commonjs" }',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@models/*": ["./models/*"] } } }',
      "models/a.mjs": model("a"),
      "models/b.mts": model("b", 'export { t as again } from "./a.mjs";\n'),
      "models/c.js": 'const { pgTable } = require("drizzle-orm/pg-core");\nexports.t = pgTable("c", {});\n',
      "models/d.ts": model("d", 'export * as others from "@models/b.mts";\n'),
      "models/esm/package.json": '{ "type": "module" }',
      "models/esm/e.js": model("e", "await Promise.resolve();\n"),
    });
    const { tables, statements } = await read(project);
    expect(tables).toEqual(["a", "b", "c", "d", "e"]);
    expect(statements.map(({ origin }) => origin)).toEqual([
      "models/a.mjs",
      "models/b.mts",
      "models/c.js",
      "models/d.ts",
      "models/esm/e.js",
    ]);
  });

  it("can be patterns, files and folders, models first where their source comes first", async () => {
    const project = await projectWith({
      "db/a.models.ts": 'import { pgTable } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", {});\n',
      "db/other.ts": 'throw new Error("not asked for");\n',
      "sql/1.sql": "create extension citext;",
      "sql/deep/2.sql": "-- first\n\ncreate view v as select 1;\nBEGIN; create table s (); COMMIT;",
    });
    const { statements } = await read(project, ["./sql/1.sql", "db/*.models.{ts,js}", "sql/**"]);
    expect(statements.map(({ sql, line }) => `${line} ${sql}`)).toEqual([
      "1 create extension citext",
      '2 CREATE TABLE "public"."a" ()',
      "3 create view v as select 1",
      "4 create table s ()",
    ]);
  });

  it("name unnamed columns by the casing that they are given", async () => {
    const model = (name: string) =>
      `import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("${name}", { firstOne: integer().unique() });\n`;
    const project = await projectWith({ "a/a.ts": model("a"), "b/b.ts": model("b") });
    const cased: SchemaSource = { kind: "files", path: "a", casing: "snake_case" };
    const { statements } = await read(project, [cased]);
    expect(statements[0]?.sql).toContain('CONSTRAINT "a_firstOne_unique" UNIQUE ("first_one")');
    const error = await failure(read(project, [cased, "b"]));
    expect([error.code, error.message]).toEqual(["source.invalid", expect.stringContaining("not the same casing")]);
  });

  it("may hold one model in two copies, but not two models of one name", async () => {
    const model = (type: string) =>
      `import { ${type}, pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { a: ${type}() });\n`;
    const project = await projectWith({ "models/a.ts": model("text"), "models/b.ts": model("text") });
    expect((await read(project)).statements).toHaveLength(1);
    await project.write({ "models/b.ts": model("integer") });
    const error = await failure(read(project));
    expect(error.code).toBe("source.invalid");
    expect(error.message).toBe("The table t is declared twice, and not the same way: models/a.ts:2 and models/b.ts:2.");
  });

  it("can be another database", async () => {
    const project = await makeProject();
    const source: SchemaSource = {
      kind: "database",
      label: "postgres://reader:***@db/app",
      read: async () => ["create table a ()"],
    };
    expect(await read(project, [source])).toEqual({
      statements: [{ sql: "create table a ()", origin: "postgres://reader:***@db/app", line: null, subject: null }],
      files: [],
      tables: [],
      text: JSON.stringify(["create table a ()"]),
    });
  });
});

describe("models whose packages are not installed", () => {
  const table = 'import { pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", {});\n';

  it.each([
    ["models/a.ts", table, {}, "npm install drizzle-orm"],
    ["models/a.ts", table, { "pnpm-lock.yaml": "" }, "pnpm add drizzle-orm"],
    [
      "models/a.ts",
      'import { z } from "@scope/zod/mini";\nexport const t = z;\n',
      { "yarn.lock": "" },
      "yarn add @scope/zod",
    ],
    ["models/plain.ts", "export const t = 1;\n", {}, "npm install drizzle-orm"],
  ])("%s is named, with the command that installs them", async (name, text, files, command) => {
    const error = await failure(read(await makeProject({ files: { [name]: text, ...files } })));
    expect(error.code).toBe("source.invalid");
    expect(error.message).toMatch(new RegExp(`^${name}`));
    expect(error.hint).toMatch(new RegExp(`^Install it[ :(]+${command}\\b`));
  });

  it("a file of the project that is missing is not to be installed", async () => {
    const files = { "models/a.ts": 'import "./nowhere.ts";\n' };
    expect((await failure(read(await makeProject({ files })))).hint).toMatch(/^Correct the file/);
  });
});

describe("SQL files", () => {
  it("that can't be read are told with file and line, commands of psql as what they are", async () => {
    const project = await makeProject({
      files: {
        "a.sql": "create table a ();\n\ncreate tabel b ();\n",
        "dump.sql": "--\n-- A dump\n--\n\n\\restrict x\n\nselect 1;\n",
      },
    });
    const broken = await failure(read(project, ["a.sql"]));
    expect([broken.code, broken.message]).toEqual(["source.invalid", expect.stringContaining("a.sql:3 can't be read")]);
    expect(broken.details).toMatchObject({ file: "a.sql", line: 3 });
    const dump = await failure(read(project, ["dump.sql"]));
    expect([dump.details.line, dump.hint]).toEqual([5, expect.stringContaining("command of psql")]);
  });

  it("may declare nothing, which is worth a notice", async () => {
    const notices: string[] = [];
    const project = await makeProject({ files: { "a.sql": "-- nothing yet\n" } });
    const { statements } = await read(project, ["a.sql"], { onNotice: ({ code }) => notices.push(code) });
    expect([statements, notices]).toEqual([[], ["nothing-declared"]]);
  });

  it("are cut by the grammar of their dialect", async () => {
    const project = await makeProject({
      files: { "a.sql": "create table a (b);\ncreate trigger t after insert on a begin select 1; select 2; end;\n" },
    });
    const { statements } = await read(project, ["a.sql"], { dialect: "sqlite" });
    expect(statements.map(({ line }) => line)).toEqual([1, 2]);
  });
});

describe("docs/guides/schema-sources.md", () => {
  it("shows models and SQL that can be read, and the names that they make", async () => {
    const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/schema-sources.md"), "utf8");
    const blocks = (language: string) =>
      [...guide.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, name, text = ""]) =>
        name === language ? [text] : [],
      );
    const [models = ""] = blocks("ts").filter((text) => text.includes("drizzle-orm"));
    const project = await projectWith({ "models/a.ts": models, "schema/a.sql": blocks("sql").join("\n") });
    const text = (await read(project)).statements.map(({ sql }) => sql).join("\n");
    const [names = ""] = /^- Names are .*?finds no/ms.exec(guide) ?? [];
    const told = [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    expect(told).toHaveLength(3);
    expect(told.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
    expect(text).toContain("CREATE FUNCTION touch()");
  });
});

describe("a program that prints DDL", () => {
  it("runs in the project's folder and is named with its passwords blotted out", async () => {
    const project = await makeProject({
      files: { "schema.txt": "create table a (b int);\n\ncreate index on a (b);\n" },
    });
    const command = "cat schema.txt; echo '-- from postgres://me:secret@db/x' 1>&2";
    const { statements, files: read_ } = await read(project, [{ kind: "program", command }]);
    expect(read_).toEqual([]);
    expect(statements.map(({ sql, line }) => [sql, line])).toEqual([
      ["create table a (b int)", 1],
      ["create index on a (b)", 3],
    ]);
    expect(new Set(statements.map(({ origin }) => origin))).toEqual(
      new Set(["cat schema.txt; echo '-- from postgres://me:***@db/x' 1>&2"]),
    );
  });

  it("may colour what it prints", async () => {
    const command = ["printf", "create table a (b int);\\n\\033[32m\\033[39m\\n"];
    const { statements } = await read(await makeProject(), [{ kind: "program", command }]);
    expect(statements.map(({ sql }) => sql)).toEqual(["create table a (b int)"]);
  });

  it("can be given as a list, without a shell", async () => {
    const project = await makeProject();
    const command = [process.execPath, "-e", 'console.log(`create table "$HOME" (a int)`)'];
    const { statements } = await read(project, [{ kind: "program", command }]);
    expect(statements.map(({ sql }) => sql)).toEqual(['create table "$HOME" (a int)']);
  });

  it.each([
    [
      "echo 'no such server postgres://me:secret@db/x' >&2; exit 3",
      "exit code 3",
      "no such server postgres://me:***@db/x",
    ],
    ["no-such-program-of-ours", "exit code 127", "no-such-program-of-ours"],
    ["echo 'told on stdout'; exit 1", "exit code 1", "told on stdout"],
    ["echo 'a warning' >&2", "printed nothing", "a warning"],
    ["echo 'select 1;'; echo 'create tabel x ()'", ":2 can't be read", "tabel"],
  ])("%s: told as it is", async (command, what, message) => {
    const error = await failure(read(await makeProject(), [{ kind: "program", command }]));
    expect(error.code).toBe("source.invalid");
    expect(error.message).toContain(what);
    expect(error.message).toContain(message);
    expect(`${error.message}${error.hint}${JSON.stringify(error.details)}`).not.toContain("secret");
  });

  it("is stopped when the work is", async () => {
    const signal = AbortSignal.timeout(200);
    const error = await failure(read(await makeProject(), [{ kind: "program", command: ["sleep", "60"] }], { signal }));
    expect(error.code).toBe("run.interrupted");
  });
});

describe("sources that are not there", () => {
  it("are told with what to do", async () => {
    const project = await makeProject({ files: { "models/readme.md": "", "empty/x.txt": "" } });
    const code = async (sources: readonly string[] | null) => {
      const error = await failure(read(project, sources));
      return [error.code, error.message];
    };
    expect(await code(null)).toEqual(["source.missing", expect.stringContaining("Nothing declares the schema")]);
    expect(await code([])).toEqual(["source.missing", expect.stringContaining("no schema source for postgres")]);
    expect(await code(["modles"])).toEqual(["source.missing", "The schema source modles does not exist."]);
    expect(await code(["src/**/*.ts"])).toEqual(["source.missing", "The schema source src/**/*.ts matches no file."]);
    expect(await code(["empty"])).toEqual(["source.missing", expect.stringContaining("has no model or SQL files")]);
  });
});

describe("models that can't be read", () => {
  const table = 'import { pgTable, text, index } from "drizzle-orm/pg-core";\nimport { sql } from "drizzle-orm";\n';
  const cases = {
    "syntax.ts": {
      text: `${table}export const t = pgTable("t", {\n  a: text(,\n});\n`,
      says: "models/syntax.ts:4 could",
    },
    "throws.ts": {
      text: `${table}\nexport const t = pgTable("t", { a: text().nope() });\n`,
      says: "models/throws.ts:4 could",
    },
    "imports.ts": { text: `import { x } from "no-such-package";\nexport const y = x;\n`, says: "no-such-package" },
    "late.ts": {
      text: `${table}export const t = pgTable("t", {\n  a: text().references(() => undefined.x) });\n`,
      says: "models/late.ts:4: A foreign key of table t leads to no column",
    },
    "index.ts": {
      text: `${table}export const t = pgTable("t", { a: text() }, (c) => [index().on(sql\`lower(\${c.a})\`)]);\n`,
      says: "models/index.ts:3: An index of table t has an expression and no name",
    },
    "placeholder.ts": {
      text: `${table}export const t = pgTable("t", { a: text().default(sql\`\${sql.placeholder("a")}\`) });\n`,
      says: "models/placeholder.ts:3: An expression of the models has a placeholder",
    },
  };

  it.each(Object.entries(cases))("%s: told with file, line and reason", async (name, { text, says }) => {
    const { root } = await projectWith({ [`models/${name}`]: text });
    // In this thread, which is faster; the next test shows that errors come across.
    const reading = readModels({
      root,
      files: [`models/${name}`],
      dialect: "postgres",
      casing: null,
      cacheFolder: null,
    });
    const error = await failure(reading);
    expect(error.code).toBe("source.invalid");
    expect(error.message).toContain(says);
    expect(error.hint).toBeDefined();
  });

  it("are told when they import what is broken, or end the process", async () => {
    const project = await projectWith({
      "models/a.ts": 'export * from "../lib/b";\n',
      "lib/b.ts": `\n\nthrow new Error("nothing to see here");\n`,
    });
    const error = await failure(read(project));
    expect(error.message).toBe("lib/b.ts:3 could not be read as models (imported by models/a.ts): nothing to see here");
    expect(error.details).toMatchObject({ file: "lib/b.ts", line: 3 });
    await project.write({ "models/a.ts": 'console.error("goodbye");\nprocess.exit(3);\n' });
    expect((await failure(read(project))).message).toBe("Reading the models ended the process with code 3.\ngoodbye");
  });

  it("are told to need drizzle-orm where it is not installed", async () => {
    const project = await makeProject({ files: { "models/a.ts": "export const a: number = 1;\n" } });
    const error = await failure(read(project));
    expect([error.code, error.hint]).toEqual(["source.invalid", expect.stringContaining("npm install drizzle-orm")]);
  });
});
