import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDeclaredSchema } from "../../src/app/declared-schema.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { pgliteEngine } from "../../src/engines/postgres/pglite-engine.ts";
import { sqliteEngine } from "../../src/engines/sqlite/sqlite-engine.ts";
import { isKeelsonError } from "../../src/errors.ts";
import type { ProgressEvent } from "../../src/progress/events.ts";
import type { DeclaredSchema } from "../../src/sources/declared-schema.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject } from "../support/project.ts";

const ledger = { schema: "keelson", prefix: "keelson_" };

async function withSqlite<Result>(
  url: string,
  root: string,
  script: readonly string[],
  work: (engine: Engine) => Promise<Result>,
) {
  const engine = sqliteEngine({ url, root, ledger });
  try {
    const session = await engine.open("write");
    for (const statement of script) await session.query(statement);
    await session.close();
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** What a project with this configuration declares for SQLite. */
async function declaredBy(root: string): Promise<DeclaredSchema> {
  const settings = await loadSettings({ cwd: root }, {});
  return await withSqlite("sqlite::memory:", root, [], async (engine) => {
    const empty = async () => {
      const session = await engine.open("read");
      const catalog = await engine.introspect(session);
      await session.close();
      return catalog;
    };
    return await readDeclaredSchema({ settings, engine, empty, on: () => undefined });
  });
}

describe("what is worth telling once", () => {
  it("is told as information, by the first reading of a checkout alone", async () => {
    const role = 'import { pgRole } from "drizzle-orm/pg-core";\nexport const reader = pgRole("reader");\n';
    const { root, path } = await makeProject({ config: "export default {};\n", files: { "models/a.ts": role } });
    await symlink(join(import.meta.dirname, "../../node_modules"), path("node_modules"));
    const settings = await loadSettings({ cwd: root }, {});
    const engine = pgliteEngine({ url: "pglite::memory:", ledger });
    const told: ProgressEvent[] = [];
    const read = () =>
      readDeclaredSchema({
        settings,
        engine,
        empty: () => Promise.reject(new Error("no catalog is needed")),
        on: (event) => void told.push(event),
      });
    for (let time = 0; time < 3; time++) await read();
    expect(told.filter((event) => event.event === "notice" && event.code === "roles-not-compared")).toMatchObject([
      { level: "info", message: expect.stringContaining("Not managed: the role reader.") },
    ]);
  });
});

describe("another database as the source", () => {
  it("declares what it has", async () => {
    const project = await makeProject({ config: 'export default { schema: { database: "sqlite:other.db" } };\n' });
    const script = ["create table a (id integer primary key, b text)", "create index by_b on a (b)"];
    await withSqlite(`sqlite:${project.path("other.db")}`, project.root, script, async () => undefined);
    const { statements, files } = await declaredBy(project.root);
    expect(files).toEqual([]);
    expect(statements.map(({ sql }) => sql).join(";\n")).toMatch(/create table a .*;\ncreate index by_b/is);
    expect(new Set(statements.map(({ origin }) => origin))).toEqual(
      new Set([`sqlite:${join(project.root, "other.db")}`]),
    );
  });

  it("must be of the dialect that it is the source for; its password is not told", async () => {
    const url = new URL(await freshDatabase());
    url.password = "hunter2";
    const config = `export default { schema: { database: ${JSON.stringify(url.href)} } };\n`;
    const { root } = await makeProject({ config });
    const error: unknown = await declaredBy(root).catch((reason: unknown) => reason);
    if (!isKeelsonError(error)) throw new Error("no KeelsonError");
    expect([error.code, error.message]).toEqual(["source.invalid", expect.stringContaining("is no sqlite database")]);
    expect(error.message).not.toContain("hunter2");
  });

  it("is missed where only the other dialect has sources", async () => {
    const { root } = await makeProject({ config: 'export default { schema: { postgres: "models" } };\n' });
    const error: unknown = await declaredBy(root).catch((reason: unknown) => reason);
    expect(isKeelsonError(error, "source.missing")).toBe(true);
  });
});
