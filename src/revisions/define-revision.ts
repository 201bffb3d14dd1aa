import type { Dialect, QueryResult, Value } from "../engines/engine.ts";

/** A value for a parameter: what a result may hold, and what JavaScript has beyond it. */
export type Parameter = Value | bigint | Date;

/** The database as the parts of a revision see it, for as long as the part runs. */
export interface RevisionDatabase {
  readonly dialect: Dialect;
  /** Runs one statement; parameters are written `$1`, `$2` on every engine. */
  query<Row = Readonly<Record<string, Value>>>(
    sql: string,
    parameters?: readonly Parameter[],
  ): Promise<QueryResult<Row>>;
  /** Runs a text of any number of statements, one after the other. */
  exec(sql: string): Promise<void>;
  /** Runs statements one after the other. */
  script(statements: readonly string[]): Promise<void>;
  /** Whether a statement would find a table or view of this name, which is written as in SQL: `projects`, `app."Users"`. */
  hasTable(table: string): Promise<boolean>;
  /** Whether such a table or view has a column of exactly this name; where names have no case, case does not count. */
  hasColumn(table: string, column: string): Promise<boolean>;
  /** Says how far the work is; shown where it happens, and soon replaced by what is said next. */
  progress(message: string, done?: number, total?: number): void;
  /** Says something that stays in the output. */
  log(message: string): void;
}

/** A check passes with `true`; `false`, a text that says what is wrong, or an error stops the revision. */
export type Check = (db: RevisionDatabase) => boolean | string | Promise<boolean | string>;

/** Checks by what they make sure of, such as `"an admin exists"`. */
export type Checks = Readonly<Record<string, Check>>;

/** The parts of a revision that is written as code, in the order in which they run. */
export interface RevisionDefinition {
  /** Supplies rows on the scratch database that proves the revision; runs nowhere else. */
  readonly fixture?: (db: RevisionDatabase) => void | Promise<void>;
  /** Whether there is anything to do; where not, the revision is recorded as applied without running `up`. */
  readonly needed?: (db: RevisionDatabase) => boolean | Promise<boolean>;
  /** What must hold before anything is changed. What these checks write is rolled back. */
  readonly preflight?: Checks;
  /** A question that must be answered with yes; a function may ask the database for it, or return null for no question. */
  readonly confirm?: string | ((db: RevisionDatabase) => string | null | Promise<string | null>);
  /** Makes the change. */
  readonly up: (db: RevisionDatabase) => void | Promise<void>;
  /** Undoes what `up` did. Without it, the header says `reversible: no`. */
  readonly down?: (db: RevisionDatabase) => void | Promise<void>;
  /** What must hold before the change is committed: checks, or queries that must return no rows. */
  readonly verify?: Checks | readonly string[];
  /** Tables whose structure is shown when the revision has been applied. */
  readonly shows?: readonly string[];
}

/** The names that a definition may have. */
export const definitionParts = [
  "fixture",
  "needed",
  "preflight",
  "confirm",
  "up",
  "down",
  "verify",
  "shows",
] as const satisfies readonly (keyof RevisionDefinition)[];

/** Gives an editor the types of a revision; the file's default export is what this returns. */
export function defineRevision(definition: RevisionDefinition): RevisionDefinition {
  return definition;
}
