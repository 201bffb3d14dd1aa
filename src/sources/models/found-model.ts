/** What the exports of model files can be. */
export type ModelKind = "schema" | "role" | "enum" | "sequence" | "table" | "view" | "materialized-view" | "policy";

/** One thing of the wanted dialect that a model file exports. */
export interface FoundModel {
  readonly kind: ModelKind;
  readonly value: object;
  /** The file that it is declared in as far as can be told, else one that exports it. */
  readonly file: string;
  readonly line: number | null;
}

/** A piece of SQL and what it is for messages. */
export interface NamedSql {
  readonly sql: string;
  readonly subject: string;
}

/** A statement made of a model; the same as a declared one before it is known how files are named. */
export interface ModelStatement {
  readonly sql: string;
  readonly subject: string;
  readonly file: string;
  readonly line: number | null;
}

/** What model files declare. */
export interface ModelReading {
  readonly statements: readonly ModelStatement[];
  /** The tables, by the names they have in the database. */
  readonly tables: readonly string[];
  readonly notices: readonly ModelNotice[];
}

/** Something that a person should know of a reading that succeeded. */
export interface ModelNotice {
  readonly code: string;
  readonly message: string;
  /** `once`: nothing to act on, and the same each time, so that telling it once is enough. */
  readonly tell?: "once";
}
