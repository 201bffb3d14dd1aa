import type { DrizzleModules } from "./drizzle.ts";
import type { FoundModel, ModelKind, ModelNotice } from "./found-model.ts";
import { type ModelFile, placeOf } from "./place-of.ts";

/** A model file with what it exports. */
export interface LoadedFile extends ModelFile {
  readonly exports: unknown;
}

/** The models of the wanted dialect among the exports of some files. */
export interface CollectedModels {
  readonly models: readonly FoundModel[];
  readonly notices: readonly ModelNotice[];
}

// Exports may be grouped: `export const schema = { users, billing: { invoices } }`. Deeper ones are other people's objects.
const deepest = 4;

/** Finds every model of a dialect in what files export, each once, in the order of the files and of their lines. */
export function collectModels(
  files: readonly LoadedFile[],
  dialect: "postgres" | "sqlite",
  drizzle: DrizzleModules,
): CollectedModels {
  const found = new Map<object, { readonly kind: ModelKind; readonly files: ModelFile[] }>();
  const foreign: string[] = [];
  for (const file of files) {
    const reach = reachable(file.exports, drizzle);
    const own = reach.flatMap((value) => {
      const kind = kindOf(value, dialect, drizzle);
      return kind === null ? [] : [{ value, kind }];
    });
    for (const { value, kind } of own) {
      const known = found.get(value);
      if (known === undefined) found.set(value, { kind, files: [file] });
      else known.files.push(file);
    }
    const hasTable = reach.some((value) => drizzle.core.is(value, drizzle.core.Table));
    if (own.length === 0 && hasTable) foreign.push(file.name);
  }
  const models = [...found].map(([value, { kind, files: exporters }]) => {
    return { kind, value, ...placeOf(namesOf(value, kind, drizzle), exporters) };
  });
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = ({ file, line }: FoundModel) => [order.get(file) ?? 0, line ?? 0] as const;
  return {
    models: models.sort((a, b) => compare(rank(a), rank(b))),
    notices: foreign.length === 0 ? [] : [otherDialect(foreign, dialect)],
  };
}

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}

function otherDialect(files: readonly string[], dialect: "postgres" | "sqlite"): ModelNotice {
  const [database, module] = dialect === "postgres" ? ["PostgreSQL", "pg-core"] : ["SQLite", "sqlite-core"];
  const named = files.length > 5 ? `${files.slice(0, 5).join(", ")} and ${files.length - 5} more` : files.join(", ");
  return {
    code: "models-of-another-dialect",
    message: `Left out, because the tables are not for ${database} (drizzle-orm/${module}): ${named}`,
  };
}

function kindOf(value: object, dialect: "postgres" | "sqlite", drizzle: DrizzleModules): ModelKind | null {
  const { is } = drizzle.core;
  if (dialect === "sqlite") {
    if (is(value, drizzle.sqlite.SQLiteTable)) return isAlias(value) ? null : "table";
    return is(value, drizzle.sqlite.SQLiteView) ? "view" : null;
  }
  const { postgres } = drizzle;
  if (postgres.isPgEnum(value)) return "enum";
  if (is(value, postgres.PgTable)) return isAlias(value) ? null : "table";
  if (is(value, postgres.PgSchema)) return "schema";
  if (is(value, postgres.PgSequence)) return "sequence";
  if (is(value, postgres.PgMaterializedView)) return "materialized-view";
  if (is(value, postgres.PgView)) return "view";
  if (is(value, postgres.PgRole)) return "role";
  return is(value, postgres.PgPolicy) ? "policy" : null;
}

/** An alias of a table is for queries; the table itself is the model. */
function isAlias(table: object): boolean {
  return Reflect.get(table, Symbol.for("drizzle:IsAlias")) === true;
}

/** The name in the database first; a table of `pgTableCreator` stands in its file under a shorter one. */
function namesOf(value: object, kind: ModelKind, drizzle: DrizzleModules): readonly string[] {
  const name = nameOf(value, kind, drizzle);
  const base: unknown = kind === "table" ? Reflect.get(value, Symbol.for("drizzle:BaseName")) : name;
  return typeof base === "string" && base !== name ? [name, base] : [name];
}

function nameOf(value: object, kind: ModelKind, drizzle: DrizzleModules): string {
  const { core, postgres } = drizzle;
  if (core.is(value, core.Table)) return core.getTableName(value);
  if (core.is(value, core.View)) return core.getViewName(value);
  if (kind === "enum" && postgres.isPgEnum(value)) return value.enumName;
  if (core.is(value, postgres.PgSchema)) return value.schemaName;
  if (core.is(value, postgres.PgSequence)) return value.seqName ?? "";
  return core.is(value, postgres.PgRole) || core.is(value, postgres.PgPolicy) ? value.name : "";
}

/** Everything that may be a model in a module's exports, groups of exports opened. */
function reachable(exports: unknown, drizzle: DrizzleModules): readonly object[] {
  const seen = new Set<object>();
  const models: object[] = [];
  const visit = (value: unknown, depth: number): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
    seen.add(value);
    if (typeof value === "function" || isModel(value, drizzle)) models.push(value);
    else if (depth < deepest && isGroup(value)) for (const item of Object.values(value)) visit(item, depth + 1);
  };
  visit(exports, 0);
  return models;
}

function isModel(value: object, { core, postgres }: DrizzleModules): boolean {
  // Drizzle asks each value for its class, which the namespace of a module does not have.
  if (Object.getPrototypeOf(value) === null) return false;
  const classes = [core.Table, core.View, postgres.PgSchema, postgres.PgSequence, postgres.PgRole, postgres.PgPolicy];
  return classes.some((type) => core.is(value, type));
}

function isGroup(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
