import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../src/catalog/compare.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";
import { sqliteEngine } from "../../src/engines/sqlite/sqlite-engine.ts";
import type { Casing } from "../../src/sources/models/drizzle.ts";
import type { ModelReading } from "../../src/sources/models/found-model.ts";
import { readModels } from "../../src/sources/models/read-models.ts";
import { freshDatabase } from "../support/postgres.ts";

type Dialect = "postgres" | "sqlite";

const root = join(import.meta.dirname, "models");
const ledger = { schema: "keelson", prefix: "keelson_" };
const engines: Engine[] = [];

afterAll(async () => {
  for (const engine of engines) await engine.close();
});

async function emptyDatabase(dialect: Dialect): Promise<Engine> {
  const engine =
    dialect === "sqlite"
      ? sqliteEngine({ url: "sqlite::memory:", root, ledger })
      : postgresEngine({ url: await freshDatabase(), ledger });
  engines.push(engine);
  return engine;
}

/** The catalog of a new database after these statements. */
async function elaborated(engine: Engine, statements: readonly string[]): Promise<Catalog> {
  const session = await engine.open("write");
  try {
    for (const statement of statements) await session.query(statement);
    return await engine.introspect(session);
  } finally {
    await session.close();
  }
}

async function ofScript(dialect: Dialect, file: string): Promise<Catalog> {
  const engine = await emptyDatabase(dialect);
  const statements = await engine.parse(readFileSync(join(root, file), "utf8"));
  return await elaborated(
    engine,
    statements.map(({ sql }) => sql),
  );
}

async function ofModels(dialect: Dialect, reading: ModelReading): Promise<Catalog> {
  return await elaborated(
    await emptyDatabase(dialect),
    reading.statements.map(({ sql }) => sql),
  );
}

async function read(dialect: Dialect, file: string, casing: Casing | null = null): Promise<ModelReading> {
  return await readModels({ root, files: [file], dialect, casing, cacheFolder: null });
}

describe.each(["postgres", "sqlite"] as const)("Drizzle models for %s", (dialect) => {
  it("make what drizzle-kit makes of them, every column type and every name", async () => {
    const made = await ofScript(dialect, `drizzle-kit-${dialect}.sql`);
    const declared = await ofModels(dialect, await read(dialect, `${dialect}-forms.ts`, "snake_case"));
    expect(compareCatalogs(made, declared)).toEqual([]);
    expect(declared.objects.length).toBeGreaterThan(dialect === "postgres" ? 100 : 50);
  });

  it("make what they mean where drizzle-kit fails, as defaults of every kind and values in expressions", async () => {
    const written = await ofScript(dialect, `${dialect}-hard-forms.sql`);
    const declared = await ofModels(dialect, await read(dialect, `${dialect}-hard-forms.ts`));
    expect(compareCatalogs(written, declared)).toEqual([]);
    expect(declared.unmanaged).toEqual(written.unmanaged);
  });
});

describe("a reading of models", () => {
  it("names the tables and says where each thing is declared", async () => {
    const { tables, statements } = await read("postgres", "postgres-forms.ts", "snake_case");
    expect(tables).toEqual(["app.audit", "app.orgs", "every_type", "members", "users"]);
    const text = readFileSync(join(root, "postgres-forms.ts"), "utf8").split("\n");
    for (const name of ["users", "every_type", "audit"]) {
      const statement = statements.find(
        ({ subject }) => subject.endsWith(`table ${name}`) || subject.endsWith(`.${name}`),
      );
      expect(statement?.file).toBe("postgres-forms.ts");
      expect(text[(statement?.line ?? 0) - 1]).toContain(`"${name}"`);
    }
  });

  it("tells what of the models is in no catalog", async () => {
    const { notices, statements } = await read("postgres", "postgres-hard-forms.ts");
    expect(notices).toEqual([
      {
        code: "roles-not-compared",
        message: expect.stringMatching(/^Not managed: the roles? .*keelson_test_reader/) as string,
        tell: "once",
      },
    ]);
    expect(statements.filter(({ sql }) => sql.includes("CREATE ROLE"))).toEqual([]);
  });

  it("takes a model once, however often it is exported, and no alias of a table", async () => {
    const { tables, statements } = await read("postgres", "postgres-hard-forms.ts");
    expect(tables).toEqual(["posts", "users", "values"]);
    expect(statements.filter(({ subject }) => subject === "table values")).toHaveLength(1);
  });

  it("writes the types of extensions, which a scratch database may lack", async () => {
    const { statements } = await read("postgres", "postgres-extension-types.ts");
    expect(statements.map(({ sql }) => sql)).toEqual([
      [
        'CREATE TABLE "public"."places" (',
        "  \"embedding\" vector(3) DEFAULT '[1,2.5,3]',",
        '  "half" halfvec(3),',
        '  "sparse" sparsevec(5),',
        "  \"bits\" bit(4) DEFAULT '1010',",
        '  "at" geometry(point),',
        '  "path" geometry(point)[]',
        ")",
      ].join("\n"),
      'CREATE INDEX "near" ON "public"."places" USING "hnsw" ("embedding" vector_cosine_ops) WITH (m = 16, ef_construction = 64)',
    ]);
  });

  it("tells of files that hold models of another dialect only", async () => {
    const { notices, statements } = await read("sqlite", "postgres-forms.ts");
    expect(statements).toEqual([]);
    expect(notices.map(({ code }) => code)).toEqual(["models-of-another-dialect"]);
  });
});
