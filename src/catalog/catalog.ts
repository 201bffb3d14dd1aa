/**
 * A catalog is a schema as data, read from a real database. This file fixes its shape; engines fill it.
 * Everything is JSON: a catalog is stored in the ledger and compared later, perhaps by another Keelson.
 */

/** The kinds of schema objects that a catalog can hold. */
export const objectKinds = [
  "schema",
  "extension",
  "enum",
  "domain",
  "type",
  "sequence",
  "table",
  "column",
  "constraint",
  "index",
  "view",
  "materialized-view",
  "function",
  "trigger",
  "policy",
  "role",
  "membership",
  "collation",
  "range",
  "aggregate",
  "statistics",
  "rule",
  "event-trigger",
  "foreign-data-wrapper",
  "server",
  "user-mapping",
  "publication",
  "default-privileges",
] as const;

/** One of the kinds of schema objects. */
export type ObjectKind = (typeof objectKinds)[number];

/** Kinds whose names are in no schema: they belong to the database, or to the whole server. */
export const kindsOutsideSchemas: ReadonlySet<string> = new Set<ObjectKind>([
  "extension",
  "role",
  "membership",
  "event-trigger",
  "foreign-data-wrapper",
  "server",
  "user-mapping",
  "publication",
  "default-privileges",
]);

/** A value of an attribute: canonical text as the engine prints it, or a plain JSON scalar or list. */
export type AttributeValue = string | number | boolean | null | readonly string[];

/**
 * One thing in a catalog. `id` is unique within the catalog and stable over renames of nothing but itself:
 * `<kind>:<schema>.<name>` or `<kind>:<schema>.<table>.<name>`, every part quoted as the engine quotes identifiers.
 */
export interface SchemaObject {
  readonly kind: ObjectKind;
  readonly id: string;
  /** The name to show to a person, for example `public.users.email`. */
  readonly name: string;
  /** The id of the object this one is a part of (a column's table), or null. */
  readonly parent: string | null;
  /** What the engine says of the object; keys are sorted, so equal objects serialise equally. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Ids of the objects that must be there for this one to exist, its parent left out; sorted. Not compared. */
  readonly dependsOn: readonly string[];
  /** Dependencies that one attribute alone brings, by its name: what a column's default needs. Not in `dependsOn`. */
  readonly attributeDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Its place among its siblings where there is one (a column in its table), else 0. Not compared. */
  readonly position: number;
  /** The statement or clause that made it, as the database keeps it, where it keeps one. Not compared. */
  readonly source?: string;
}

/** A schema as read from one database at one moment, objects sorted by id. */
export interface Catalog {
  readonly format: 3;
  readonly dialect: "postgres" | "sqlite";
  /** The server's version as it prints it itself, for example `15.18`. */
  readonly serverVersion: string;
  readonly objects: readonly SchemaObject[];
  /** Kinds of objects that exist in the database and that the reading does not cover, by name, for example `publication app`. */
  readonly unmanaged: readonly string[];
}
