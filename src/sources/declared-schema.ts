/** One statement of a declared schema with where it was declared. */
export interface DeclaredStatement {
  readonly sql: string;
  /** The file, relative to the project's folder, or the program or database it came from. */
  readonly origin: string;
  /** The line in that file, from 1, where there is one. */
  readonly line: number | null;
  /** What of the model it is for messages, for example `table users`; null for plain SQL. */
  readonly subject: string | null;
}

/** A schema as its sources declare it, before a real database was asked what it means. */
export interface DeclaredSchema {
  readonly statements: readonly DeclaredStatement[];
  /** Every file that was read, relative to the project's folder, sorted. */
  readonly files: readonly string[];
  /** The tables that the models declare, by the names they have in the database, sorted; SQL files are not asked. */
  readonly tables: readonly string[];
  /** Equal exactly when two readings declare the same: the text of all statements in order. Hash it to key a cache. */
  readonly text: string;
}

/** A schema with nothing in it. */
export const nothingDeclared: DeclaredSchema = { statements: [], files: [], tables: [], text: "" };
