import type { PgEnum, PgMaterializedView, PgSchema, PgSequence, PgTable, PgView } from "drizzle-orm/pg-core";
import { externalNames } from "../../catalog/external.ts";
import type { DrizzleModules } from "./drizzle.ts";
import type { FoundModel } from "./found-model.ts";
import { linkedTable } from "./postgres-policy.ts";

interface ModelPlace {
  /** Null where the dialect has no schemas. */
  readonly schema: string | null;
  readonly name: string;
}

/**
 * The models without those that only describe what belongs to others: their tables, views, types and sequences, and
 * policies for their tables.
 */
export function ownModels(
  models: readonly FoundModel[],
  external: readonly string[],
  drizzle: DrizzleModules,
): readonly FoundModel[] {
  if (external.length === 0) return models;
  const isExternal = externalNames(external);
  return models.filter((model) => {
    const place = placeOf(model, drizzle);
    return place === null || !isExternal(place.schema, place.name);
  });
}

function placeOf({ kind, value }: FoundModel, drizzle: DrizzleModules): ModelPlace | null {
  const { postgres, core } = drizzle;
  const at = (schema: string | undefined, name: string): ModelPlace => ({ schema: schema ?? "public", name });
  if (core.is(value, drizzle.sqlite.SQLiteTable)) return { schema: null, name: core.getTableName(value) };
  if (core.is(value, drizzle.sqlite.SQLiteView)) return { schema: null, name: core.getViewName(value) };
  switch (kind) {
    case "table":
      return tablePlace(value as PgTable, drizzle);
    case "view":
      return at(postgres.getViewConfig(value as PgView).schema, core.getViewName(value as PgView));
    case "materialized-view": {
      const { schema, name } = postgres.getMaterializedViewConfig(value as PgMaterializedView);
      return at(schema, name);
    }
    case "enum": {
      const { schema, enumName } = value as PgEnum<[string, ...string[]]>;
      return at(schema, enumName);
    }
    case "sequence":
      return at((value as PgSequence).schema, (value as PgSequence).seqName ?? "");
    case "schema":
      return { schema: (value as PgSchema).schemaName, name: "" };
    case "policy": {
      const table = linkedTable(value as Parameters<typeof linkedTable>[0]);
      return table === null ? null : tablePlace(table, drizzle);
    }
    default:
      return null;
  }
}

function tablePlace(table: PgTable, { postgres }: DrizzleModules): ModelPlace {
  const { schema, name } = postgres.getTableConfig(table);
  return { schema: schema ?? "public", name };
}
