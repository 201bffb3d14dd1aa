import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../src/config/load-settings.ts";
import { projectFolder, thrownBy } from "./project-folder.ts";

async function schemaOf(schema: string) {
  const cwd = projectFolder({ "keelson.config.ts": `export default { schema: ${schema} };\n` });
  return (await loadSettings({ cwd }, {})).schema;
}

const models = { kind: "files", path: "models", casing: null };

describe("the key schema", () => {
  it("is null where the configuration says nothing", async () => {
    expect(await schemaOf("undefined")).toEqual({ postgres: null, sqlite: null });
  });

  it("takes one source, or several, for both dialects", async () => {
    expect(await schemaOf('"models"')).toEqual({ postgres: [models], sqlite: [models] });
    const { postgres } = await schemaOf(
      '[{ files: "src/*.ts", casing: "snake_case" }, { program: "npx x" }, { program: ["x", "y"] }]',
    );
    expect(postgres).toEqual([
      { kind: "files", path: "src/*.ts", casing: "snake_case" },
      { kind: "program", command: "npx x" },
      { kind: "program", command: ["x", "y"] },
    ]);
  });

  it("takes sources for each dialect, and knows one that is left out", async () => {
    expect(await schemaOf('{ sqlite: "models" }')).toEqual({ postgres: [], sqlite: [models] });
  });

  it("keeps the URL of a database secret, its path beginning at the project", async () => {
    const cwd = projectFolder({
      "keelson.config.json":
        '{ "schema": [{ "database": "postgres://me:hunter2@h/db" }, { "database": "sqlite:a.db" }] }',
    });
    const { postgres } = (await loadSettings({ cwd }, {})).schema;
    const urls = (postgres ?? []).map((source) => (source.kind === "database" ? source.url.reveal() : null));
    expect(urls).toEqual(["postgres://me:hunter2@h/db", `sqlite:${cwd}/a.db`]);
    expect(JSON.stringify(postgres)).not.toContain("hunter2");
  });

  it.each([
    ["5", "schema: expected a path, { program: ... } or { database: ... }"],
    ["[]", "schema: is empty"],
    ['["models", ""]', "schema[1]: expected a string that is not empty"],
    ['"postgres://me:hunter2@h/db"', "schema: looks like a database: write { database: ... }"],
    ["{}", "schema: expected one of the keys files, program, database."],
    ['{ programm: "x" }', "Did you mean program?"],
    ['{ files: "a", casing: "snake" }', "schema.casing: expected one of snake_case, camelCase"],
    ["{ program: [] }", "schema.program: expected a program, found an empty array"],
    ["{ database: 5 }", "schema.database: expected a database URL as a string"],
    ['{ postgres: "a", mysql: "b" }', "schema.mysql: is not a dialect"],
  ])("refuses %s", async (schema, message) => {
    const error = await thrownBy(() => schemaOf(schema));
    expect(error.code).toBe("config.invalid");
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("hunter2");
  });
});

describe("docs/guides/schema-sources.md", () => {
  const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/schema-sources.md"), "utf8");
  const configurations = [...guide.matchAll(/^```ts\n(.*?)^```/gms)]
    .map(([, text = ""]) => text)
    .filter((text) => text.includes("defineConfig"));

  it("shows configurations", () => {
    expect(configurations.length).toBeGreaterThan(3);
  });

  it.each(configurations)("shows one that works: %s", async (text) => {
    const settings = await loadSettings({ cwd: projectFolder({ "keelson.config.ts": text }) }, {});
    expect(settings.schema.postgres).not.toBeNull();
  });
});
