/** How a revision's statements are grouped into transactions. */
export type TransactionMode =
  /** One transaction; statements that the database refuses inside one are split off and journalled. */
  | "auto"
  /** Every statement on its own, journalled. */
  | "none";

/** What a revision file says of itself before any code of it runs. */
export interface RevisionHeader {
  /** The identity: 12 hex digits, or the version of a headerless file. */
  readonly id: string;
  readonly parents: readonly string[];
  readonly dependsOn: readonly string[];
  readonly labels: readonly string[];
  readonly message: string;
  /** ISO 8601 in UTC, or null where the file does not say. */
  readonly created: string | null;
  /** Of the way up, and of the way down as well unless `transactionDown` is there. */
  readonly transaction: TransactionMode;
  /** Of the way down, where the file says it of that way alone. */
  readonly transactionDown?: TransactionMode;
  /** Ids of the revisions that this one stands for, in the order in which they were applied; absent where there are none. */
  readonly replaces?: readonly string[];
}

/** How one way of a revision is grouped into transactions. */
export function transactionFor(
  { transaction, transactionDown }: Pick<RevisionHeader, "transaction" | "transactionDown">,
  direction: "up" | "down",
): TransactionMode {
  return direction === "down" ? (transactionDown ?? transaction) : transaction;
}

/** One revision as a node of the history. `sequence` is its place in the folder, which breaks ties in every order. */
export interface Revision extends RevisionHeader {
  readonly sequence: number;
  /** The file's name without its folder, for messages. */
  readonly file: string;
  /** Hash over the canonical text, 64 hex digits. */
  readonly checksum: string;
  /** Whether the file can be reverted. */
  readonly hasDown: boolean;
  /** `sql` and `ts` have a header; `ts` is code, in TypeScript or JavaScript. */
  readonly format: "sql" | "ts" | "sqlx-simple" | "sqlx-reversible";
}

/** Whether a revision's identity and place come from its file's name, as those of SQLx's layouts do. */
export function isHeaderless(revision: Pick<Revision, "format">): boolean {
  return revision.format === "sqlx-simple" || revision.format === "sqlx-reversible";
}

/** The parts of a revision's text. Lines count from 1 in the file the part came from. */
export interface RevisionBody {
  readonly up: SqlSection;
  readonly down: SqlSection | null;
  readonly verify: SqlSection | null;
  /** Queries that must return no rows before `up` begins; absent where there are none. */
  readonly require?: SqlSection;
  /** The same before `down` begins. */
  readonly requireDown?: SqlSection;
}

/** One section of a revision: its SQL and where it starts. */
export interface SqlSection {
  readonly sql: string;
  readonly file: string;
  readonly firstLine: number;
}
