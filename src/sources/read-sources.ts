import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { type CutScript, cutStatements } from "./cut-statements.ts";
import type { DeclaredSchema, DeclaredStatement } from "./declared-schema.ts";
import { defaultSources, findSourceFiles } from "./find-source-files.ts";
import { loadModels } from "./load-models.ts";
import type { Casing } from "./models/drizzle.ts";
import type { ModelNotice, ModelReading } from "./models/found-model.ts";
import { programLabel, readProgram } from "./read-program.ts";
import type { SchemaSource } from "./schema-source.ts";
import { withoutRepetitions } from "./without-repetitions.ts";

/** What to read a declared schema from. */
export interface SourcesRequest {
  /** The project's folder, where paths begin and programs run. */
  readonly root: string;
  readonly dialect: Dialect;
  /** In order; null where none is configured, for `models/` and `schema/`, and empty where only another dialect has some. */
  readonly sources: readonly SchemaSource[] | null;
  /** Tables of others, by name: models may describe them without declaring them. */
  readonly external?: readonly string[];
  /** `parse` of an engine of the dialect. */
  readonly cut: CutScript;
  /** A folder for what can be made again, such as translated model files; null to keep nothing. */
  readonly cacheFolder: string | null;
  /** Hears of what is worth knowing of a reading that succeeds. */
  readonly onNotice?: (notice: ModelNotice) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads everything that declares the schema, afresh each time. All models are read together, as one schema, at the
 * place of the first source that has some; SQL follows in the order of the sources. Throws `source.missing` where
 * nothing declares a schema and `source.invalid` where a source can't be read. Contacts no database of its own accord.
 */
export async function readSources(request: SourcesRequest): Promise<DeclaredSchema> {
  const found = readOnce((request.sources ?? byDefault(request.root)).map((source) => locate(source, request.root)));
  if (found.length === 0)
    throw request.sources === null ? nothingDeclared(request.root) : dialectLeftOut(request.dialect);
  const models = await readModelFiles(found, request);
  const statements: DeclaredStatement[] = [];
  let modelsDue = true;
  for (const source of found) {
    if (source.models.length > 0 && modelsDue) {
      modelsDue = false;
      statements.push(...(models?.statements ?? []).map(declared));
    }
    statements.push(...(await readSource(source, request)));
  }
  const kept = withoutRepetitions(statements);
  for (const notice of [...(models?.notices ?? []), ...emptiness(kept)]) request.onNotice?.(notice);
  return {
    statements: kept,
    files: [...new Set(found.flatMap((source) => [...source.models, ...source.sql]))].sort(),
    tables: [...new Set(models?.tables ?? [])].sort(),
    text: JSON.stringify(kept.map(({ sql }) => sql)),
  };
}

/** Whoever meant to declare something must not learn it from a revision that drops everything. */
function emptiness(statements: readonly DeclaredStatement[]): readonly ModelNotice[] {
  if (statements.length > 0) return [];
  return [
    {
      code: "nothing-declared",
      message: "The schema sources declare nothing at all: an empty database is what they ask for.",
    },
  ];
}

interface LocatedSource {
  readonly source: SchemaSource;
  readonly models: readonly string[];
  readonly sql: readonly string[];
}

function byDefault(root: string): readonly SchemaSource[] {
  return defaultSources(root).map((path) => ({ kind: "files", path, casing: null }));
}

function locate(source: SchemaSource, root: string): LocatedSource {
  if (source.kind !== "files") return { source, models: [], sql: [] };
  return { source, ...findSourceFiles(source.path, root) };
}

/** Sources may overlap, as a folder and a file in it that must come first: a file belongs to the first that has it. */
function readOnce(found: readonly LocatedSource[]): readonly LocatedSource[] {
  const seen = new Set<string>();
  const first = (file: string): boolean => !seen.has(file) && seen.add(file).has(file);
  return found.map(({ source, models, sql }) => ({ source, models: models.filter(first), sql: sql.filter(first) }));
}

function nothingDeclared(root: string): KeelsonError {
  return new KeelsonError(
    "source.missing",
    `Nothing declares the schema: ${root} has no models/ and no schema/ folder.`,
    {
      hint: 'Put Drizzle models into models/ or SQL files into schema/, or say in the configuration where it is declared: schema: "src/db/**/*.ts", or schema: { program: "..." }. `keelson init` writes a first model.',
      details: { root },
    },
  );
}

function dialectLeftOut(dialect: Dialect): KeelsonError {
  return new KeelsonError(
    "source.missing",
    `The configuration names no schema source for ${dialect}, only for another dialect.`,
    {
      hint: `Add one to \`schema\` in the configuration: schema: { ${dialect}: "...", ... }.`,
      details: { dialect },
    },
  );
}

async function readModelFiles(found: readonly LocatedSource[], request: SourcesRequest): Promise<ModelReading | null> {
  const files = [...new Set(found.flatMap(({ models }) => models))].sort();
  if (files.length === 0) return null;
  const { root, dialect, signal, external = [] } = request;
  const cacheFolder = request.cacheFolder === null ? null : join(request.cacheFolder, "models");
  return await loadModels({ root, files, dialect, cacheFolder, external, casing: casingOf(found) }, signal);
}

/** Models refer to each other by the names of their columns, so all are named in one way. */
function casingOf(found: readonly LocatedSource[]): Casing | null {
  const wanted = found.flatMap(({ source, models }) => (source.kind === "files" && models.length > 0 ? [source] : []));
  const [first] = wanted;
  const other = wanted.find(({ casing }) => casing !== first?.casing);
  if (first === undefined || other === undefined) return first?.casing ?? null;
  throw new KeelsonError(
    "source.invalid",
    `The schema sources ${first.path} and ${other.path} both have models, but not the same casing (${first.casing ?? "none"} and ${other.casing ?? "none"}).`,
    { hint: "Give all sources with models the same casing in the configuration.", details: {} },
  );
}

async function readSource(
  { source, sql }: LocatedSource,
  request: SourcesRequest,
): Promise<readonly DeclaredStatement[]> {
  switch (source.kind) {
    case "files":
      return await readSqlFiles(sql, request);
    case "program": {
      const text = await readProgram({ command: source.command, root: request.root, signal: request.signal });
      return await cutStatements(text, programLabel(source.command), request.cut);
    }
    case "database": {
      const statements = await source.read();
      return statements.map((statement) => ({ sql: statement, origin: source.label, line: null, subject: null }));
    }
  }
}

async function readSqlFiles(files: readonly string[], request: SourcesRequest): Promise<readonly DeclaredStatement[]> {
  const statements: DeclaredStatement[] = [];
  for (const file of files) {
    statements.push(...(await cutStatements(readText(join(request.root, file), file), file, request.cut)));
  }
  return statements;
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new KeelsonError("source.invalid", `The schema source ${file} can't be read (${code}).`, {
      hint: "Check that the file is there and that you may read it.",
      details: { file },
      cause: error,
    });
  }
}

function declared({ sql, subject, file, line }: ModelReading["statements"][number]): DeclaredStatement {
  return { sql, subject, origin: file, line };
}
