import {
  type AttributeValue,
  type Catalog,
  type ObjectKind,
  objectKinds,
  type SchemaObject,
} from "../../catalog/catalog.ts";
import type { QueryResult, Session } from "../engine.ts";
import { isUnsettled, settledText } from "./printed-text.ts";
import {
  type AddressedObject,
  type AliasRow,
  type DependencyRow,
  resolveDependencies,
} from "./resolve-dependencies.ts";
import { asPostgresSession } from "./session/postgres-session.ts";
import type { CatalogQuery } from "./sql/catalog-query.ts";
import { aliasQuery, dependencyQuery } from "./sql/dependencies.ts";
import { compositeTypes, domains, enums, extensions, schemas } from "./sql/schemas-and-types.ts";
import { columns, constraints, indexes, sequences, tables } from "./sql/tables.ts";
import { unmanagedQuery } from "./sql/unmanaged.ts";
import { functions, materializedViews, policies, triggers, views } from "./sql/views-and-routines.ts";
import type { LedgerHome } from "./sql-text.ts";

const queries: Readonly<Record<ObjectKind, CatalogQuery>> = {
  schema: schemas,
  extension: extensions,
  enum: enums,
  domain: domains,
  type: compositeTypes,
  sequence: sequences,
  table: tables,
  column: columns,
  constraint: constraints,
  index: indexes,
  view: views,
  "materialized-view": materializedViews,
  function: functions,
  trigger: triggers,
  policy: policies,
};

/** Settings that decide how the server prints names and constants; the same for every catalog. */
const neutralSettings: readonly string[] = [
  "SET LOCAL search_path = ''",
  "SET LOCAL DateStyle = 'ISO, YMD'",
  "SET LOCAL IntervalStyle = 'postgres'",
  "SET LOCAL TimeZone = 'UTC'",
  "SET LOCAL extra_float_digits = 1",
  "SET LOCAL bytea_output = 'hex'",
  "SET LOCAL quote_all_identifiers = off",
];

interface ObjectRow {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly address: string;
  readonly position: number;
  readonly attributes: string;
}

/** What a reading of the catalog may leave out. */
export interface IntrospectOptions {
  /** Reads no dependencies, for comparisons only; `dependsOn` is empty then. */
  readonly withoutDependencies?: boolean;
}

/**
 * Reads the schema in one round trip and one snapshot. Objects of extensions and Keelson's own are left out. Inside a
 * transaction of the caller's it leaves that transaction, and its settings, as they were.
 */
export async function introspect(
  session: Session,
  home: LedgerHome,
  options: IntrospectOptions = {},
): Promise<Catalog> {
  const postgres = asPostgresSession(session);
  const nested = postgres.inTransaction;
  const opening = nested ? ["SAVEPOINT keelson_catalog"] : ["BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"];
  const closing = nested ? ["ROLLBACK TO SAVEPOINT keelson_catalog", "RELEASE SAVEPOINT keelson_catalog"] : ["COMMIT"];
  const before = [...opening, ...neutralSettings];
  const readings = objectKinds.map((kind) => queries[kind](home, postgres.serverVersion));
  const links = options.withoutDependencies === true ? [] : [dependencyQuery, aliasQuery];
  try {
    const results = await session.script([...before, ...readings, unmanagedQuery(home), ...links, ...closing]);
    const [unmanaged, dependencies, aliases] = results.slice(before.length + objectKinds.length);
    const addressed = await settled(
      objectKinds.flatMap((kind, index) => readObjects(kind, results[before.length + index])),
    );
    const objects =
      links.length === 0
        ? addressed.map(({ object }): SchemaObject => ({ ...object, dependsOn: [] }))
        : resolveDependencies(addressed, {
            dependencies: (dependencies?.rows ?? []) as unknown as readonly DependencyRow[],
            aliases: (aliases?.rows ?? []) as unknown as readonly AliasRow[],
          });
    return {
      format: 2,
      dialect: "postgres",
      serverVersion: postgres.serverVersionText,
      objects: objects.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      unmanaged: (unmanaged?.rows ?? []).map((row) => String(row["name"])).sort(),
    };
  } catch (error) {
    if (!nested) await session.rollback();
    throw error;
  }
}

function readObjects(kind: ObjectKind, result: QueryResult | undefined): readonly AddressedObject[] {
  const rows = (result?.rows ?? []) as unknown as readonly ObjectRow[];
  return rows.map(({ id, name, parent, address, position, attributes }) => ({
    address,
    object: {
      kind,
      id,
      name,
      parent,
      attributes: sortedAttributes(JSON.parse(attributes) as Readonly<Record<string, AttributeValue>>),
      position,
    },
  }));
}

/** Printed expressions in the form that they have once they have been read again. What a person wrote is left alone. */
async function settled(objects: readonly AddressedObject[]): Promise<readonly AddressedObject[]> {
  if (!objects.some(maySettle)) return objects;
  const { loadScanner } = await import("./script/load-parser.ts");
  const scan = await loadScanner();
  const settle = (value: AttributeValue): AttributeValue => {
    if (typeof value === "string") return settledText(value, scan);
    return Array.isArray(value) ? value.map((item: string) => settledText(item, scan)) : value;
  };
  return objects.map((addressed) => {
    if (!maySettle(addressed)) return addressed;
    const entries = Object.entries(addressed.object.attributes);
    const attributes = Object.fromEntries(
      entries.map(([name, value]) => [name, name === "comment" ? value : settle(value)]),
    );
    return { ...addressed, object: { ...addressed.object, attributes } };
  });
}

function maySettle({ object: { kind, attributes } }: AddressedObject): boolean {
  return kind !== "function" && Object.values(attributes).some((value) => isUnsettled(String(value)));
}

function sortedAttributes(
  attributes: Readonly<Record<string, AttributeValue>>,
): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
