import type {
  PgEnum,
  PgMaterializedView,
  PgPolicy,
  PgRole,
  PgSchema,
  PgSequence,
  PgTable,
  PgView,
} from "drizzle-orm/pg-core";
import type { Casing, DrizzleModules } from "./drizzle.ts";
import type { FoundModel, ModelKind, ModelNotice, ModelReading, ModelStatement, NamedSql } from "./found-model.ts";
import { orderViews } from "./order-views.ts";
import { enumOf, type SequenceOptions, sequenceClauses } from "./postgres-column.ts";
import { type PostgresContext, plainName, qualifiedName } from "./postgres-context.ts";
import { isDeclaredRole, linkedTable, policyStatement, rowSecurityStatement } from "./postgres-policy.ts";
import { tableStatements } from "./postgres-table.ts";
import { materializedViewStatement, viewStatement } from "./postgres-view.ts";
import { sqlWriter } from "./sql-of.ts";
import { quoteName, textLiteral } from "./sql-words.ts";
import { toldAt } from "./told-at.ts";

type AnyEnum = PgEnum<[string, ...string[]]>;
type Place = Pick<FoundModel, "file" | "line">;

/** Writes PostgreSQL models as statements, each after what it needs. */
export function postgresStatements(
  models: readonly FoundModel[],
  drizzle: DrizzleModules,
  casing: Casing | null,
): ModelReading {
  const tables = placed<PgTable>(models, "table");
  const enums = allEnums(placed<AnyEnum>(models, "enum"), tables, drizzle);
  const context: PostgresContext = {
    drizzle,
    sql: sqlWriter(drizzle, "postgres", casing),
    columnName: (column) => drizzle.columnName(column, casing),
    enumNames: new Map(enums.flatMap(({ value }) => enumSpellings(value))),
  };
  const written = tables.map(({ value, place }) => ({
    place,
    ...toldAt(place, () => tableStatements(value, context)),
  }));
  const policies = allPolicies(models, tables, context);
  const views = allViews(models, context);
  const statements = [
    ...schemaStatements(models, enums, drizzle),
    ...enums.map(({ value, place }) => at(place, enumStatement(value))),
    ...placed<PgSequence>(models, "sequence").map(({ value, place }) => at(place, sequenceStatement(value))),
    ...written.map(({ table, place }) => at(place, table)),
    ...written.flatMap(({ indexes, place }) => indexes.map((index) => at(place, index))),
    ...written.flatMap(({ foreignKeys, place }) => foreignKeys.map((key) => at(place, key))),
    ...orderViews(views).map((view) => at(view.place, view)),
    ...rowSecurity(tables, policies, context),
    ...policies.map(({ value, table, place }) => at(place, policyStatement(value, table, context))),
  ];
  return {
    statements,
    tables: tables.map(({ value }) => tableName(value, drizzle)).sort(),
    notices: [...views.flatMap((view) => view.notices), ...roleNotices(models)],
  };
}

interface Placed<Value> {
  readonly value: Value;
  readonly place: Place;
}

function placed<Value extends object>(models: readonly FoundModel[], kind: ModelKind): readonly Placed<Value>[] {
  // The kind of a found model says which of Drizzle's classes made it.
  return models
    .filter((model) => model.kind === kind)
    .map(({ value, file, line }) => ({ value: value as Value, place: { file, line } }));
}

function at({ file, line }: Place, { sql, subject }: NamedSql): ModelStatement {
  return { sql, subject, file, line };
}

function tableName(table: PgTable, drizzle: DrizzleModules): string {
  const { schema, name } = drizzle.postgres.getTableConfig(table);
  return plainName(schema, name);
}

/** The schemas that are exported, and those that only tables, types and views know. */
function schemaStatements(
  models: readonly FoundModel[],
  enums: readonly Placed<AnyEnum>[],
  drizzle: DrizzleModules,
): readonly ModelStatement[] {
  const exported = placed<PgSchema>(models, "schema").map(({ value, place }) => [value.schemaName, place] as const);
  const ofEnums = enums.map(({ value, place }) => [value.schema, place] as const);
  const ofOthers = models.map(
    ({ kind, value, file, line }) => [schemaOf(kind, value, drizzle), { file, line }] as const,
  );
  const places = new Map<string, Place>();
  for (const [name, place] of [...exported, ...ofEnums, ...ofOthers]) {
    if (name !== undefined && name !== "public" && !places.has(name)) places.set(name, place);
  }
  return [...places].map(([name, place]) =>
    at(place, { sql: `CREATE SCHEMA IF NOT EXISTS ${quoteName(name)}`, subject: `schema ${name}` }),
  );
}

function schemaOf(kind: ModelKind, value: object, drizzle: DrizzleModules): string | undefined {
  switch (kind) {
    case "table":
      return drizzle.postgres.getTableConfig(value as PgTable).schema;
    case "view":
      return drizzle.postgres.getViewConfig(value as PgView).schema;
    case "materialized-view":
      return drizzle.postgres.getMaterializedViewConfig(value as PgMaterializedView).schema;
    case "sequence":
      return (value as PgSequence).schema;
    default:
      return undefined;
  }
}

/** The enums that are exported, and those that only columns know. */
function allEnums(
  exported: readonly Placed<AnyEnum>[],
  tables: readonly Placed<PgTable>[],
  drizzle: DrizzleModules,
): readonly Placed<AnyEnum>[] {
  const found = new Map(exported.map((item) => [item.value, item]));
  for (const { value, place } of tables) {
    for (const column of drizzle.postgres.getTableConfig(value).columns) {
      const type = enumOf(column, drizzle);
      if (type !== null && !found.has(type)) found.set(type, { value: type, place });
    }
  }
  return [...found.values()];
}

function enumSpellings({ schema, enumName }: AnyEnum): readonly (readonly [string, string])[] {
  const name = qualifiedName(schema, enumName);
  return schema === undefined ? [[enumName, name]] : [[`${schema}.${enumName}`, name]];
}

function enumStatement({ schema, enumName, enumValues }: AnyEnum): NamedSql {
  const values = enumValues.map(textLiteral).join(", ");
  return {
    sql: `CREATE TYPE ${qualifiedName(schema, enumName)} AS ENUM (${values})`,
    subject: `enum ${plainName(schema, enumName)}`,
  };
}

function sequenceStatement({ schema, seqName, seqOptions }: PgSequence): NamedSql {
  const name = seqName ?? "";
  const clauses = sequenceClauses((seqOptions ?? {}) satisfies SequenceOptions);
  return {
    sql: [`CREATE SEQUENCE ${qualifiedName(schema, name)}`, ...clauses].join(" "),
    subject: `sequence ${plainName(schema, name)}`,
  };
}

interface PlacedPolicy extends Placed<PgPolicy> {
  readonly table: PgTable;
}

function allPolicies(
  models: readonly FoundModel[],
  tables: readonly Placed<PgTable>[],
  context: PostgresContext,
): readonly PlacedPolicy[] {
  const own = tables.flatMap(({ value: table, place }) =>
    context.drizzle.postgres.getTableConfig(table).policies.map((value) => ({ value, table, place })),
  );
  const linked = placed<PgPolicy>(models, "policy").flatMap(({ value, place }) => {
    const table = linkedTable(value);
    return table === null ? [] : [{ value, table, place }];
  });
  const found = new Map<PgPolicy, PlacedPolicy>();
  for (const policy of [...own, ...linked]) if (!found.has(policy.value)) found.set(policy.value, policy);
  return [...found.values()];
}

/** Row security is on where a model asks for it and, as with drizzle-kit, where one of the models' tables has a policy. */
function rowSecurity(
  tables: readonly Placed<PgTable>[],
  policies: readonly PlacedPolicy[],
  context: PostgresContext,
): readonly ModelStatement[] {
  const guarded = new Set(policies.map(({ table }) => table));
  return tables
    .filter(({ value }) => guarded.has(value) || context.drizzle.postgres.getTableConfig(value).enableRLS)
    .map(({ value, place }) => at(place, rowSecurityStatement(value, context)));
}

function roleNotices(models: readonly FoundModel[]): readonly ModelNotice[] {
  const names = placed<PgRole>(models, "role")
    .filter(({ value }) => isDeclaredRole(value))
    .map(({ value }) => value.name);
  if (names.length === 0) return [];
  return [
    {
      code: "roles-not-compared",
      message: `Not managed: the ${names.length === 1 ? "role" : "roles"} ${names.join(", ")}. Roles belong to the whole server, so no revision makes, changes or drops them; policies may name them.`,
      tell: "once",
    },
  ];
}

interface PlacedView extends NamedSql {
  readonly name: string;
  readonly place: Place;
  readonly notices: readonly ModelNotice[];
}

function allViews(models: readonly FoundModel[], context: PostgresContext): readonly PlacedView[] {
  return models.flatMap(({ kind, value, file, line }) => {
    const view =
      kind === "view"
        ? viewStatement(value as PgView, context)
        : kind === "materialized-view"
          ? materializedViewStatement(value as PgMaterializedView, context)
          : null;
    return view === null ? [] : [{ ...view, place: { file, line } }];
  });
}
