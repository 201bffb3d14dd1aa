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
import { aggregates } from "./sql/aggregates.ts";
import type { CatalogQuery, Reading } from "./sql/catalog-query.ts";
import { collations } from "./sql/collations.ts";
import { constraints, indexes } from "./sql/constraints-and-indexes.ts";
import { defaultPrivileges } from "./sql/default-privileges.ts";
import { aliasQuery, dependencyQuery } from "./sql/dependencies.ts";
import { eventTriggers } from "./sql/event-triggers.ts";
import { foreignDataWrappers, servers, userMappings } from "./sql/foreign-data.ts";
import { privilegesQuery } from "./sql/privileges.ts";
import { publications } from "./sql/publications.ts";
import { rangeTypes } from "./sql/range-types.ts";
import { memberships, roles } from "./sql/roles.ts";
import { rules } from "./sql/rules.ts";
import { compositeTypes, domains, enums, extensions, schemas } from "./sql/schemas-and-types.ts";
import { statisticsObjects } from "./sql/statistics-objects.ts";
import { columns, sequences, tables } from "./sql/tables.ts";
import { unmanagedQuery } from "./sql/unmanaged.ts";
import { functions, materializedViews, policies, triggers, views } from "./sql/views-and-routines.ts";
import type { LedgerHome } from "./sql-text.ts";
import { type PrivilegeRow, withPrivileges } from "./with-privileges.ts";

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
  role: roles,
  membership: memberships,
  collation: collations,
  range: rangeTypes,
  aggregate: aggregates,
  statistics: statisticsObjects,
  rule: rules,
  "event-trigger": eventTriggers,
  "foreign-data-wrapper": foreignDataWrappers,
  server: servers,
  "user-mapping": userMappings,
  publication: publications,
  "default-privileges": defaultPrivileges,
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
  "SET LOCAL standard_conforming_strings = on",
  // Compiling these queries takes longer than running them.
  "SET LOCAL jit = off",
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
  /** `all`: also owners that a schema need not state, so that readings under different roles are alike. */
  readonly owners?: "stated" | "all";
  /** Patterns of the roles that belong to the schema; none unless told. */
  readonly roles?: readonly string[];
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
  const reading: Reading = { user: postgres.user, owners: options.owners ?? "stated", roles: options.roles ?? [] };
  const readings = [
    ...objectKinds.map((kind) => queries[kind](home, postgres.serverVersion, reading)),
    privilegesQuery(home, postgres.serverVersion, reading),
    unmanagedQuery(home, reading),
  ];
  const links = options.withoutDependencies === true ? [] : [dependencyQuery, aliasQuery];
  try {
    const results = await session.script([...before, ...readings, ...links, ...closing]);
    const [privileges, unmanaged, dependencies, aliases] = results.slice(before.length + objectKinds.length);
    const addressed = withPrivileges(
      await settled(objectKinds.flatMap((kind, index) => readObjects(kind, results[before.length + index]))),
      (privileges?.rows ?? []) as unknown as readonly PrivilegeRow[],
    );
    const objects =
      links.length === 0
        ? addressed.map(({ object }): SchemaObject => ({ ...object, dependsOn: [] }))
        : resolveDependencies(addressed, {
            dependencies: (dependencies?.rows ?? []) as unknown as readonly DependencyRow[],
            aliases: (aliases?.rows ?? []) as unknown as readonly AliasRow[],
          });
    return {
      format: 3,
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
