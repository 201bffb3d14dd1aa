import type { Token } from "../script/tokens.ts";

/** One column of a key. */
export interface KeyColumn {
  readonly name: string;
  readonly collation: string | null;
  readonly descending: boolean;
}

/** What a foreign key points to and what it does. */
export interface References {
  readonly table: string;
  /** Null where the definition leaves them out: then the parent's primary key is meant. */
  readonly columns: readonly string[] | null;
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly match: string | null;
  /** As written, in canonical spelling. */
  readonly deferrable: string | null;
}

/** A constraint with the place where it stands. */
export interface ConstraintDefinition {
  readonly type: "primary key" | "unique" | "check" | "foreign key";
  readonly name: string | null;
  readonly level: "column" | "table";
  readonly columns: readonly KeyColumn[];
  readonly conflict: string | null;
  readonly autoincrement: boolean;
  /** The expression of a check; empty for other types. */
  readonly expression: readonly Token[];
  readonly references: References | null;
  /** All tokens of the constraint, its name included. */
  readonly tokens: readonly Token[];
}

/** A column as CREATE TABLE has it, with its own constraints. */
export interface ColumnDefinition {
  readonly name: string;
  readonly notNull: boolean;
  readonly notNullConflict: string | null;
  readonly collation: string | null;
  /** Without the parentheses around it. */
  readonly default: readonly Token[] | null;
  /** The default is an expression or the current time, so it isn't the same for every row. */
  readonly defaultVaries: boolean;
  readonly generated: { readonly expression: readonly Token[]; readonly stored: boolean } | null;
  /** Names given to parts that SQLite does not take names for, as `not null my_name`. */
  readonly named: readonly string[];
  readonly constraints: readonly ConstraintDefinition[];
  /** All tokens of the column. */
  readonly tokens: readonly Token[];
}

/** A CREATE TABLE statement taken apart. */
export interface TableDefinition {
  readonly sql: string;
  /** The token of the table's name. */
  readonly name: Token;
  readonly columns: readonly ColumnDefinition[];
  /** The constraints of the table and of its columns, in the order in which they stand. */
  readonly constraints: readonly ConstraintDefinition[];
}
